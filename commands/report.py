"""`report`: a scripted report, run and written as a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from vinculos.commands.about import answer_facts
from vinculos.commands.gates import gate_options
from vinculos.commands.output import PUBLIC, Output, note, output_options
from vinculos.commands.session import open_store, query_folders, warn_unfinished
from vinculos.errors import UsageError
from vinculos.graph.counts import fill
from vinculos.language import gettext as _
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.formats.table import Fact
    from vinculos.queries.gates import Gates
    from vinculos.queries.library import Query
    from vinculos.reports.run import Report

FORMATS = ("html", "md", "docx", "xlsx")
WORDS = {
    "en": {
        "report": "report",
        "parameter": "parameter {}",
        "questions": "questions asked",
        "failed": "{}, line {}: {}",
        "failed_name": "failed, line {}",
        "changed": "{}: not as it was written into the bundle",
        "same": "The report says the same now.",
        "written": "{}: {:part|parts}, {} failed.",
    },
    "es": {
        "report": "informe",
        "parameter": "parámetro {}",
        "questions": "preguntas hechas",
        "failed": "{}, línea {}: {}",
        "failed_name": "falló, línea {}",
        "changed": "{}: no está como se escribió en el paquete",
        "same": "El informe dice ahora lo mismo.",
        "written": "{}: {:parte|partes}, {:fallida|fallidas}.",
    },
}


def complete_name(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the reports that begin with what is typed, for the shell."""
    from vinculos.reports.script import script_files

    return [name for name in script_files() if name.startswith(incomplete)]


@click.command()
@click.argument("name", required=False, metavar="[NAME|FILE.md]", shell_complete=complete_name)
@click.option(
    "--param", "-p", "given", multiple=True, metavar="NAME=VALUE", help="A parameter; repeatable."
)
@gate_options
@query_folders
@click.option(
    "--bundle",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write a new folder with the report and all that it takes to check it.",
)
@click.option(
    "--verify",
    "checked",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="Run the report of a bundle again, and say what differs now.",
)
@output_options(FORMATS)
@click.pass_obj
def report(
    settings: Settings,
    name: str | None,
    given: Sequence[str],
    gates: Gates,
    bundle: Path | None,
    checked: Path | None,
    output: Output,
) -> int:
    """Run a report and write it as one document; without a name, list the reports.

    A report is a Markdown file with questions in it. Where a block fails, the others are still
    written, the failed one says so, and the exit code is 1.

    \b
    Examples:
      vinculos report
      vinculos report hostages -o hostages.html
      vinculos report case-file -p person=rafael-tudares --lang es -o tudares.html
      vinculos report hostages --bundle hostages-bundle
      vinculos report --verify hostages-bundle
    """  # noqa: D301 - click wants the character itself
    from vinculos.formats.cells import clean
    from vinculos.graph.redact import load_withheld
    from vinculos.queries.library import get_query
    from vinculos.queries.parameters import parse_given
    from vinculos.reports.bundle import write_bundle
    from vinculos.reports.run import run_report
    from vinculos.reports.script import get_script
    from vinculos.reports.write import FORMATS as WRITERS

    if checked is not None:
        if name or given or bundle:
            raise UsageError(
                _("--verify goes without a report."), _("Give the bundle's folder alone.")
            )
        return check(settings, checked, output)
    if name is None:
        click.echo(clean(overview(output.lang)))
        return 0
    script, texts = get_script(name), parse_given(given)
    if bundle is not None:
        output = for_bundle(bundle, output)

    def find(asked: str) -> Query:
        return get_query(asked, settings.queries)

    with open_store(settings) as store:
        warn_unfinished(store, output.lang)
        withheld = load_withheld(store, output.audience, output.lang)
        made = run_report(store, script, texts, withheld=withheld, find=find, gates=gates)
        asked = report_facts(made)
        facts = answer_facts(store, asked, withheld, output.lang, hidden=bool(made.hidden))
        if bundle is not None:
            write_bundle(bundle, made, output.format, facts, store, withheld, find)
    if bundle is None or output.file:
        output.write(WRITERS[output.format](made, facts), withheld)
    note(made.hidden.sentence(output.lang))
    words = WORDS[output.lang]
    for failed in made.failures:
        where = str(script.path or script.name)
        note(words["failed"].format(where, failed.line, f"{failed.message} {failed.hint}".strip()))
    for written in filter(None, (output.file, bundle)):
        note(fill(words["written"], written, len(made.parts), len(made.failures)))
    return 1 if made.failures else 0


def for_bundle(bundle: Path, output: Output) -> Output:
    """Return where and how a report goes that is written as a bundle too: to the public, as HTML.

    Raises:
        UsageError: the folder is there already.
    """
    from vinculos.redaction.profile import get_audience
    from vinculos.reports.bundle import refuse_existing

    refuse_existing(bundle)
    context = click.get_current_context()
    if context.get_parameter_source("audience") is ParameterSource.COMMANDLINE:
        return output
    return replace(output, audience=get_audience(PUBLIC))


def check(settings: Settings, folder: Path, output: Output) -> int:
    """Say what differs between a bundle and now; return 1 where its report or its files do."""
    from vinculos.formats.cells import clean
    from vinculos.queries.library import get_query
    from vinculos.reports.verify import verify

    words = WORDS[output.lang]
    with open_store(settings) as store:
        verdict = verify(
            store, folder, lambda asked: get_query(asked, settings.queries), output.lang
        )
    lines = [words["changed"].format(name) for name in verdict.files]
    for said, rows in verdict.results:
        lines += [said, *(f"  {row}" for row in rows)]
    lines += verdict.notes
    if not verdict:
        lines.append(words["same"])
    click.echo(clean("\n".join(lines)))
    return 1 if verdict else 0


def report_facts(made: Report) -> list[Fact]:
    """Return what was asked: the report, its parameters, its questions, and what failed."""
    words = WORDS[made.lang]
    names = dict.fromkeys(
        asked.query.name for asked in made.asked.values() if asked.query.path is not None
    )
    return [
        (words["report"], made.script.name),
        *((words["parameter"].format(name), text) for name, text in made.given.items()),
        *gate_facts(made.gates),
        *([(words["questions"], ", ".join(names))] if names else []),
        *((words["failed_name"].format(failed.line), failed.message) for failed in made.failures),
    ]


def gate_facts(gates: Gates) -> list[Fact]:
    """Return the gates that are set, as they are typed."""
    return [
        *([("--as-of", gates.as_of.isoformat())] if gates.as_of else []),
        *([("--min-sources", str(gates.min_sources))] if gates.min_sources > 1 else []),
        *([("--min-confidence", gates.min_confidence)] if gates.min_confidence else []),
    ]


def overview(lang: str) -> str:
    """Return the list of reports: name, title, parameters."""
    from vinculos.reports.script import get_script, script_files

    lines: list[str] = []
    scripts = [get_script(name) for name in script_files()]
    wide = max(len(script.name) for script in scripts)
    for script in scripts:
        lines.append(f"{script.name:<{wide}}  {script.head.description.get(lang).strip()}")
        for parameter in script.head.parameters.values():
            title = f"({parameter.type}) {parameter.title.get(lang)}"
            lines.append(f"{'':<{wide}}    -p {parameter.name}=…  {title}")
    return "\n".join(lines)
