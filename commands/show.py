"""`show`: one entity on a page, every fact with its sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from vinculos.commands.output import Output, note, output_options
from vinculos.commands.session import open_store, warn_unfinished
from vinculos.errors import UsageError
from vinculos.language import gettext as _
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.graph.profile import Profile
    from vinculos.graph.redact import Hidden
    from vinculos.graph.store import Store
    from vinculos.graph.withheld import Withheld


@click.command()
@click.argument("id", metavar="ID...", nargs=-1, required=True)
@output_options(("text", "json"))
@click.pass_obj
def show(settings: Settings, id: tuple[str, ...], output: Output) -> None:
    """Show one entity: facts, disputes, ties, sources; of a person, custody in order.

    ID is space:key, or the key alone where only one entity has it; a claim or a source has an id
    too. Search by name with vinculos find.

    \b
    Examples:
      vinculos show rafael-tudares
      vinculos show starter:el-helicoide --lang es
    """  # noqa: D301 - click wants the character itself
    from vinculos.commands.page import page
    from vinculos.formats.cells import to_json
    from vinculos.graph.lookup import resolve_id
    from vinculos.graph.profile import read_profile
    from vinculos.graph.redact import Hidden

    with open_store(settings) as store:
        warn_unfinished(store, output.lang)
        profile = read_profile(store, resolve_id(store, " ".join(id)), output.lang)
        if len(profile.custody) > 1:
            profile.may_be_one = pairs_of_custodies(store, profile.ref.id)
        withheld = output.withheld(store)
    hidden = Hidden()
    seen = redacted(profile, withheld, hidden)
    if seen is None:
        raise UsageError(
            _("This entry is withheld from the audience {audience}.").format(
                audience=output.audience.name
            ),
            _("See it with --audience internal."),
        )
    if output.format == "json":
        output.write(to_json(as_data(seen), indent=2) + "\n", withheld)
    else:
        output.write(page(seen, output.lang), withheld)
    note(hidden.sentence(output.lang))


def pairs_of_custodies(store: Store, person: str) -> list[dict[str, Any]]:
    """Return each two custodies of a person that may be one, by their ids."""
    from vinculos.queries.ask import ask
    from vinculos.queries.library import get_query

    found = ask(store, get_query("pair_custodies"), {"id": f"Person {person}"}).rows
    return [{"about": person, "one": row["detention_id"], "two": row["other_id"]} for row in found]


def redacted(profile: Profile, withheld: Withheld, hidden: Hidden) -> Profile | None:
    """Return a profile as the audience may see it, None where it may not at all."""
    from dataclasses import replace

    from vinculos.graph import redact

    def kept(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return redact.rows(entries, withheld, hidden)[0]

    header = kept([{**profile.header, "id": profile.ref.id, "label": profile.ref.label}])
    if not header:
        return None
    custody = [redacted(detention, withheld, hidden) for detention in profile.custody]
    return replace(
        profile,
        header=header[0],
        name=header[0]["name"],
        facts=kept(profile.facts),
        ties=kept(profile.ties),
        disputes=kept(profile.disputes),
        custody=[detention for detention in custody if detention is not None],
        may_be_one=kept(profile.may_be_one),
    )


def as_data(profile: Profile) -> dict[str, Any]:
    """Return a profile as one map for JSON."""
    data = {
        **profile.header,
        "facts": profile.facts,
        "disputes": profile.disputes,
        "ties": profile.ties,
    }
    data.pop("about")
    if profile.custody:
        data["custody"] = [as_data(detention) for detention in profile.custody]
    if profile.may_be_one:
        data["may_be_one"] = profile.may_be_one
    return data
