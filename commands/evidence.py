"""`correct`, `retract`, `protect`, `restrict`, `unload`: what people decide about the evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vinculos.commands.load import progress_bar
from vinculos.commands.output import note
from vinculos.commands.session import open_store
from vinculos.commands.spoken import make_sure
from vinculos.errors import UsageError
from vinculos.graph.counts import fill
from vinculos.language import gettext as _
from vinculos.language import spoken
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.graph.records import NodeRef
    from vinculos.graph.writer import Counts

TEXTS = {
    "en": {
        "retract": "{id} is retracted.",
        "unretract": "{id} stands again.",
        "protect": "{id} is protected: left out of all that is for the public.",
        "unprotect": "{id} is no longer protected.",
        "restrict": "{id} is restricted: not named in anything that is for the public.",
        "unrestrict": "{id} is public again.",
        "correct": "{id}: {field} is {value} from now on.",
        "unload": "{id} is taken out of the graph; its claims are kept, superseded.",
        "taken": "Taken over: {decisions:decision|decisions}, "
        "{corrections:correction|corrections}; {known} {known:=was|were} "
        "there already.",
        "sure": "Take out all that {} says?",
        "changed": "Changed: {}.",
        "nodes": "{:node|nodes}",
        "relationships": "{:relationship|relationships}",
        "nothing": "Nothing else changed.",
    },
    "es": {
        "retract": "{id} queda retirada.",
        "unretract": "{id} vuelve a valer.",
        "protect": "{id} queda con protección: no aparece en nada que sea para el público.",
        "unprotect": "{id} deja de tener protección.",
        "restrict": "{id} queda reservada: no se nombra en nada que sea para el público.",
        "unrestrict": "{id} vuelve a ser pública.",
        "correct": "{id}: {field} es {value} de ahora en adelante.",
        "unload": "{id} sale del grafo; sus afirmaciones se conservan, sustituidas.",
        "taken": "Incorporado: {decisions:decisión|decisiones}, "
        "{corrections:corrección|correcciones}; {known} ya "
        "{known:=estaba|estaban}.",
        "sure": "¿Sacar todo lo que dice {}?",
        "changed": "Cambió: {}.",
        "nodes": "{:nodo|nodos}",
        "relationships": "{:relación|relaciones}",
        "nothing": "No cambió nada más.",
    },
}
WHY = click.option(
    "--why", required=True, metavar="TEXT", help="The reason; it is recorded with your name."
)


@click.command()
@click.argument("id", metavar="ID")
@WHY
@click.pass_obj
def retract(settings: Settings, id: str, why: str) -> None:
    """Take back a source or a claim: what rests on it alone goes, the rest is weighed anew.

    \b
    Example:
      vinculos retract s071 --why "the author withdrew the column"
    """  # noqa: D301 - click wants the character itself
    record(settings, "retract", id, why, ("Source", "Claim"))


@click.command()
@click.argument("id", metavar="ID")
@WHY
@click.pass_obj
def unretract(settings: Settings, id: str, why: str) -> None:
    """Let a retracted source or claim stand again.

    \b
    Example:
      vinculos unretract s071 --why "the paper confirmed it"
    """  # noqa: D301 - click wants the character itself
    record(settings, "unretract", id, why, ("Source", "Claim"))


@click.command()
@click.argument("id", metavar="ID")
@click.option("--lift", is_flag=True, help="End the protection.")
@WHY
@click.pass_obj
def protect(settings: Settings, id: str, lift: bool, why: str) -> None:
    """Leave a person out of all that is for the public, whatever the files say.

    \b
    Example:
      vinculos protect joana-granadillo --why "asked to be left out"
    """  # noqa: D301 - click wants the character itself
    record(settings, "unprotect" if lift else "protect", id, why, ("Person",))


@click.command()
@click.argument("id", metavar="ID")
@click.option("--lift", is_flag=True, help="Make the source public again.")
@WHY
@click.pass_obj
def restrict(settings: Settings, id: str, lift: bool, why: str) -> None:
    """Never name a source in anything that is for the public, whatever the files say.

    \b
    Example:
      vinculos restrict s001 --why "given in confidence"
    """  # noqa: D301 - click wants the character itself
    record(settings, "unrestrict" if lift else "restrict", id, why, ("Source",))


@click.command()
@click.argument("id", metavar="ID")
@click.argument("assignment", metavar="FIELD=VALUE")
@click.option("--source", required=True, metavar="ID", help="The source that says so.")
@WHY
@click.pass_obj
def correct(settings: Settings, id: str, assignment: str, source: str, why: str) -> None:
    """Set a field of an entity by hand; it shows from then on, also after a reload.

    The fields are those of vinculos schema. To undo: vinculos retract the claim that vinculos why
    names.

    \b
    Example:
      vinculos correct det-tudares-2025 started=2025-01-07 --source s005 --why "day of the seizure"
    """  # noqa: D301 - click wants the character itself
    from vinculos.formats.cells import DETAIL, human
    from vinculos.formats.names import field_name
    from vinculos.graph import decide
    from vinculos.graph.lookup import resolve_id
    from vinculos.loaders.decision_file import typed_value

    name, equals, text = (part.strip() for part in assignment.partition("="))
    if not equals or not text:
        raise UsageError(
            _("{words!r} sets nothing.").format(words=assignment),
            _("Write it like {example}.").format(example="started=2025-01-07"),
        )
    texts = TEXTS[settings.lang]
    with open_store(settings) as store:
        target = resolve_id(store, id)
        cited = of_kind(resolve_id(store, source), ("Source",))
        value = typed_value(target, name, text)
        report = decide.correct(store, target, value, cited, why, notify=note)
    named = field_name(value.field, target.label, settings.lang)
    shown = human(value.value, DETAIL, settings.lang, {"tie": value.field, "label": target.label})
    click.echo(texts["correct"].format(id=target.id, field=named, value=shown))
    tell(report.counts, settings.lang)


@click.command()
@click.argument(
    "file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.pass_obj
def decide(settings: Settings, file: Path) -> None:
    """Take over the decisions of a FILE that vinculos export csv, or vinculos review, wrote.

    Each decision keeps who took it and when. What the graph has already changes nothing.

    \b
    Example:
      vinculos decide casos/decisions.csv
    """  # noqa: D301 - click wants the character itself
    from vinculos.commands.load import show_problems
    from vinculos.commands.review import take_over
    from vinculos.errors import InvalidRows
    from vinculos.graph.decisions_file import is_pairs_file
    from vinculos.loaders.decision_file import take_decisions

    if is_pairs_file(file):
        with open_store(settings) as store:
            take_over(store, file, settings.lang)
        return
    try:
        with open_store(settings) as store:
            taken = take_decisions(store, file, note)
    except InvalidRows as error:
        show_problems(error.problems, error.count, error.notes, settings.lang)
        raise
    click.echo(fill(TEXTS[settings.lang]["taken"], **vars(taken)))


@click.command()
@click.argument("dataset", metavar="DATASET")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def unload(settings: Settings, dataset: str, yes: bool) -> None:
    """Take all that a dataset says out of the graph, unless something else supports it.

    \b
    Example:
      vinculos unload starter
    """  # noqa: D301 - click wants the character itself
    from vinculos.graph import decide

    texts = TEXTS[settings.lang]
    if not yes:
        make_sure(texts["sure"].format(dataset))
    with open_store(settings) as store, progress_bar(settings.lang) as progress:
        report = decide.unload(store, dataset, progress=progress, notify=note)
    click.echo(texts["unload"].format(id=dataset))
    tell(report.counts, settings.lang)


def record(settings: Settings, kind: str, id: str, why: str, labels: tuple[str, ...]) -> None:
    """Record a decision about the entity that `id` names, and say what it changed."""
    from vinculos.graph.decide import decide
    from vinculos.graph.lookup import resolve_id

    with open_store(settings) as store:
        target = of_kind(resolve_id(store, id), labels)
        _, counts = decide(store, kind, target, why, notify=note)
    click.echo(TEXTS[settings.lang][kind].format(id=id))
    tell(counts, settings.lang)


def of_kind(ref: NodeRef, labels: tuple[str, ...]) -> NodeRef:
    """Return `ref` if its label is one of `labels`.

    Raises:
        UsageError: it is something else.
    """
    if ref.label not in labels:
        from vinculos.graph.model import label_name

        named, *wanted = (label_name(label, spoken()) for label in (ref.label, *labels))
        said = _("{id} is a {label}, not a {wanted}.")
        if len(wanted) > 1:
            said = _("{id} is a {label}, not a {wanted} or a {other}.")
        raise UsageError(
            said.format(id=ref.id, label=named, wanted=wanted[0], other=wanted[-1]),
            _("Name another id."),
        )
    return ref


def tell(counts: Counts, lang: str) -> None:
    """Say on standard error how many nodes and relationships changed."""
    texts = TEXTS[lang]
    parts = [
        fill(texts[kind], number)
        for kind in ("nodes", "relationships")
        if (number := counts.created[kind] + counts.updated[kind] + counts.deleted[kind])
    ]
    note(texts["changed"].format(", ".join(parts)) if parts else texts["nothing"])
