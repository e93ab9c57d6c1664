"""`report`: a scripted report, run and written as a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from vinculos.commands.about import answer_facts
from vinculos.commands.output import Output, note, output_options
from vinculos.commands.session import open_store, warn_unfinished
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.formats.table import Fact
    from vinculos.reports.run import Report

FORMATS = ("html", "md", "docx", "xlsx")
WORDS = {
    "en": {
        "report": "report",
        "parameter": "parameter {}",
        "questions": "questions asked",
        "failed": "{}, line {}: {}",
        "failed_name": "failed, line {}",
        "written": "{}: {} parts, {} failed.",
    },
    "es": {
        "report": "informe",
        "parameter": "parámetro {}",
        "questions": "preguntas hechas",
        "failed": "{}, línea {}: {}",
        "failed_name": "falló, línea {}",
        "written": "{}: {} partes, {} fallidas.",
    },
}


def complete_name(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the reports that begin with what is typed, for the shell."""
    from vinculos.reports.script import script_files

    return [name for name in script_files() if name.startswith(incomplete)]


@click.command()
@click.argument("name", required=False, metavar="NAME|FILE.md", shell_complete=complete_name)
@click.option(
    "--param", "-p", "given", multiple=True, metavar="NAME=VALUE", help="A parameter; repeatable."
)
@output_options(FORMATS)
@click.pass_obj
def report(settings: Settings, name: str | None, given: Sequence[str], output: Output) -> int:
    """Run a report and write it as one document; without a name, list the reports.

    A report is a Markdown file with questions in it. Where a block fails, the others are still
    written, the failed one says so, and the exit code is 1.

    \b
    Examples:
      vinculos report
      vinculos report hostages -o hostages.html
      vinculos report case-file -p person=rafael-tudares --lang es -o tudares.html
    """  # noqa: D301 - click wants the character itself
    from vinculos.formats.cells import clean
    from vinculos.graph.redact import load_withheld
    from vinculos.queries.library import get_query
    from vinculos.queries.parameters import parse_given
    from vinculos.reports.run import run_report
    from vinculos.reports.script import get_script
    from vinculos.reports.write import FORMATS as WRITERS

    if name is None:
        click.echo(clean(overview(output.lang)))
        return 0
    script, texts = get_script(name), parse_given(given)
    with open_store(settings) as store:
        warn_unfinished(store, output.lang)
        withheld = load_withheld(store, output.audience, output.lang)
        made = run_report(
            store,
            script,
            texts,
            withheld=withheld,
            find=lambda asked: get_query(asked, settings.queries),
        )
        asked = report_facts(made)
        facts = answer_facts(store, asked, withheld, output.lang, hidden=bool(made.hidden))
    output.write(WRITERS[output.format](made, facts))
    note(made.hidden.sentence(output.lang))
    words = WORDS[output.lang]
    for failed in made.failures:
        where = str(script.path or script.name)
        note(words["failed"].format(where, failed.line, f"{failed.message} {failed.hint}".strip()))
    if output.file:
        counts = len(made.parts), len(made.failures)
        note(words["written"].format(output.file, *counts))
    return 1 if made.failures else 0


def report_facts(made: Report) -> list[Fact]:
    """Return what was asked: the report, its parameters, its questions, and what failed."""
    words = WORDS[made.lang]
    names = dict.fromkeys(
        asked.query.name for asked in made.asked.values() if asked.query.path is not None
    )
    return [
        (words["report"], made.script.name),
        *((words["parameter"].format(name), text) for name, text in made.given.items()),
        *([(words["questions"], ", ".join(names))] if names else []),
        *((words["failed_name"].format(failed.line), failed.message) for failed in made.failures),
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
