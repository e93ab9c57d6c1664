"""`template`, `load` and `status`: bringing data in, and saying what is there."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vinculos.commands.output import Output, note, output_options
from vinculos.commands.session import open_store, warn_unfinished
from vinculos.commands.spoken import language_option
from vinculos.graph.counts import fill
from vinculos.language import gettext as _
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.graph.rederive import Progress
    from vinculos.graph.update import LoadReport
    from vinculos.loaders.files import Problem
    from vinculos.loaders.load import Loading

GARBAGE = (100_000, 50, 100)
"""When to look for cycles: as rarely as a question does it, a load takes a third more memory."""
FORMATS = ("csv", "tsv", "json", "jsonl", "ftm", "xlsx", "ods", "zip")
ENCODING = click.option(
    "--encoding",
    metavar="NAME",
    default="utf-8",
    show_default=True,
    help="Encoding of text files.",
)
SHOWN_PROBLEMS = 200
"""Problems printed at most; the rest are counted."""

TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "more": "… and {:more problem|more problems}.",
        "checked": "{dataset}: {rows:row|rows} in {files:file|files} {rows:=is|are} good; nothing "
        "was written.",
        "partly": "{dataset}: {rejected_rows} of {rows:row|rows} would be set aside; nothing was "
        "written.",
        "rejected": "{rejected_rows} of {rows:row|rows} {rejected_rows:=was|were} set aside. "
        "Correct {rejected_rows:=it|them} in {folder}, then: vinculos load {folder} {again}",
        "same": "{dataset}: nothing changed; the graph already says all of it.",
        "loaded": "{dataset}: {rows:row|rows} in {files:file|files} loaded as {load}.",
        "resumed": "An earlier load of {dataset} had not finished; this one completed it.",
        "left_out": "What has no place in the graph, by schema and property of FollowTheMoney: {}.",
        "empty": "The graph is empty. Load data with: vinculos load FOLDER",
        "loads": "Loads",
        "unfinished": "not finished: run it again",
        "nodes": "Nodes",
        "relationships": "Relationships",
        "wrote": "{:file|files} written to {}. Read {} first.",
    },
    "es": {
        "more": "… y {:problema|problemas} más.",
        "checked": "{dataset}: {rows:fila|filas} en {files:archivo|archivos} {rows:=está|están} "
        "bien; no se escribió nada.",
        "partly": "{dataset}: {rejected_rows} de {rows:fila|filas} "
        "{rejected_rows:=quedaría apartada|quedarían apartadas}; no se escribió nada.",
        "rejected": "{rejected_rows} de {rows:fila|filas} "
        "{rejected_rows:=quedó apartada. Corríjala|quedaron apartadas. Corríjalas} en {folder}; "
        "luego: vinculos load {folder} {again}",
        "same": "{dataset}: nada cambió; el grafo ya lo dice todo.",
        "loaded": "{dataset}: {rows:fila|filas} en {files:archivo|archivos}, "
        "{rows:=cargada|cargadas} como {load}.",
        "resumed": "Una carga anterior de {dataset} no había terminado; esta la completó.",
        "left_out": "Lo que no cabe en el grafo, por esquema y propiedad de FollowTheMoney: {}.",
        "empty": "El grafo está vacío. Cargue datos con: vinculos load CARPETA",
        "loads": "Cargas",
        "unfinished": "sin terminar: repítala",
        "nodes": "Nodos",
        "relationships": "Relaciones",
        "wrote": "{:archivo escrito|archivos escritos} en {}. Lea primero {}.",
    },
}

COLUMNS = {
    "en": ("created", "updated", "deleted", "unchanged"),
    "es": ("nuevos", "cambiados", "borrados", "sin cambio"),
}
KINDS = {
    "en": {"claims": "claims", "nodes": "nodes", "relationships": "relationships"},
    "es": {"claims": "afirmaciones", "nodes": "nodos", "relationships": "relaciones"},
}
"""What is counted, and the stages of a load."""


@click.command()
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@click.option("--dataset", metavar="NAME", help="Name of the dataset; default: the folder's name.")
@click.option(
    "--id-space",
    "space",
    metavar="NAME",
    help="Space of keys without one; default: the dataset.",
)
@click.option(
    "--table", metavar="NAME", help="The table that the one file holds, whatever its name."
)
@click.option(
    "--format",
    "file_format",
    type=click.Choice(FORMATS),
    help="Format of the input where its name does not tell; needed for standard input.",
)
@ENCODING
@click.option("--check", is_flag=True, help="Only check; write nothing.")
@click.option(
    "--replace",
    is_flag=True,
    help="Rows that these tables no longer have go, unless something else supports them.",
)
@click.option(
    "--skip-invalid",
    is_flag=True,
    help="Load the good rows; write the others, with what is wrong, to be corrected and loaded.",
)
@click.option(
    "--rejected",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder for the rows set aside by --skip-invalid; default: PATH-rejected.",
)
@click.option(
    "--stubs",
    is_flag=True,
    help="Let references to nothing known stand for what a later load describes; never sources.",
)
@click.option(
    "--mapping",
    metavar="FILE",
    help="YAML file that says what rows of another shape become, or the name of a shipped one.",
)
@click.option(
    "--preview",
    type=click.IntRange(1, 1000),
    metavar="N",
    help="With --mapping: only show what the first N rows become.",
)
@click.option("--json", "as_json", is_flag=True, help="Say what was done as JSON.")
@language_option
@click.pass_obj
def load(
    settings: Settings,
    path: Path,
    dataset: str | None,
    space: str | None,
    table: str | None,
    file_format: str | None,
    encoding: str,
    check: bool,
    replace: bool,
    skip_invalid: bool,
    rejected: Path | None,
    stubs: bool,
    mapping: str | None,
    preview: int | None,
    as_json: bool,
    lang: str | None,
) -> None:
    """Load a case folder, a workbook or archive of one, or one of its files; - is standard input.

    CSV, TSV, JSON, JSON lines, XLSX, ODS, or a ZIP of them, or FollowTheMoney entities, one a line
    (.ftm.json, or --format ftm). Every row is checked first; unless all
    are good, nothing is written and every problem is named with file, line and column. Loading
    the same again changes nothing.

    \b
    Examples:
      vinculos load cases/ --check
      vinculos load cases.xlsx
      vinculos load more_people.csv --table people --id-space cases
      vinculos load cases/ --skip-invalid
      vinculos load list.xlsx --mapping list.yml
      curl … | vinculos load - --table people --format csv --dataset cases
    """  # noqa: D301 - click wants the character itself
    from vinculos.errors import InvalidRows, UsageError
    from vinculos.loaders.case_folder import TABLES
    from vinculos.loaders.load import load_folder
    from vinculos.queries.checks import suggest

    lang = lang or settings.lang
    if table and table not in TABLES:
        tables = _("The tables: {names}.").format(names=", ".join(TABLES))
        raise UsageError(
            _("There is no table {name!r}.").format(name=table),
            " ".join(filter(None, (suggest(table, TABLES), tables))),
        )
    if preview is not None:
        from vinculos.commands.map import show_preview

        show_preview(path, mapping, preview, encoding, file_format, lang)
        return
    # What the imports made stays: the garbage collector need not look at it again and again.
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    try:
        with open_store(settings) as store, progress_bar(lang) as progress:
            loading = load_folder(
                store,
                path,
                dataset=dataset,
                space=space,
                table=table,
                format=file_format,
                encoding=encoding,
                check=check,
                replace=replace,
                skip_invalid=skip_invalid,
                rejected=rejected,
                stubs=stubs,
                mapping=mapping,
                progress=progress,
                notify=note,
            )
    except InvalidRows as error:
        show_problems(error.problems, error.count, error.notes, lang)
        raise
    show_problems(loading.problems, loading.problem_count, loading.notes, lang)
    click.echo(json_summary(loading) if as_json else summary(loading, lang), nl=False)
    if loading.rejected:
        click.get_current_context().exit(1)


@contextmanager
def progress_bar(lang: str) -> Iterator[Progress]:
    """Give a function that draws a bar a stage on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description:>14}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(KINDS[lang][stage], total=total)
            bar.update(tasks[stage], completed=done)

        yield show


def show_problems(problems: Sequence[Problem], count: int, notes: Sequence[str], lang: str) -> None:
    """Say on standard error what is wrong with the input, row by row."""
    for text in notes:
        note(text)
    for problem in problems[:SHOWN_PROBLEMS]:
        note(str(problem))
    if (more := count - SHOWN_PROBLEMS) > 0:
        note(fill(TEXTS[lang]["more"], more))


def facts(loading: Loading) -> dict[str, Any]:
    """Return what a load did, as plain data."""
    report = loading.report
    return {
        "dataset": loading.dataset,
        "rows": sum(file.rows for file in loading.files),
        "files": len(loading.files),
        "load": report.load if report else "",
        "rejected_rows": loading.rejected_rows,
        "rejected_files": [str(path) for path in loading.rejected],
        "left_out": dict(loading.left_out),
    }


def json_summary(loading: Loading) -> str:
    """Return what a load did as JSON."""
    import json

    counts = counted(loading.report) if loading.report else {}
    return json.dumps(facts(loading) | {"counts": counts}, ensure_ascii=False) + "\n"


def summary(loading: Loading, lang: str) -> str:
    """Return what a load did as text."""
    said, texts, report = facts(loading), TEXTS[lang], loading.report
    lines = []
    if report is None:
        lines.append(fill(texts["checked" if not loading.rejected_rows else "partly"], **said))
    else:
        if report.resumed:
            lines.append(fill(texts["resumed"], **said))
        lines.append(fill(texts["loaded" if report.load else "same"], **said))
        lines += count_table(report, lang)
    if loading.left_out:
        listed = ", ".join(f"{name} {count}" for name, count in loading.left_out.items())
        lines.append(texts["left_out"].format(listed))
    if loading.rejected:
        again = f"--dataset {loading.dataset} --id-space {loading.space}"
        again += f" --mapping {loading.mapping}" if loading.mapping else ""
        folder = loading.rejected[0].parent
        lines.append(fill(texts["rejected"], folder=folder, again=again, **said))
    return "\n".join(lines) + "\n"


def counted(report: LoadReport) -> dict[str, dict[str, int]]:
    """Return kind to created, updated, deleted and unchanged."""
    return {
        kind: {name: getattr(report.counts, name)[kind] for name in COLUMNS["en"]}
        for kind in ("claims", "nodes", "relationships")
    }


def count_table(report: LoadReport, lang: str) -> Iterator[str]:
    """Yield the lines of a small table of what a load counted."""
    yield " " * 14 + "".join(f"{name:>12}" for name in COLUMNS[lang])
    for kind, counts in counted(report).items():
        yield f"{KINDS[lang][kind]:>14}" + "".join(f"{number:>12}" for number in counts.values())


@click.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--simple", is_flag=True, help="Four sheets for case workers, a person a row.")
@click.option("--xlsx", is_flag=True, help="With --simple: one workbook with drop-downs.")
@language_option
@click.pass_obj
def template(settings: Settings, folder: Path, simple: bool, xlsx: bool, lang: str | None) -> None:
    """Write empty input files, a page that explains them and an example that loads.

    --simple writes sheets of detainees, relatives, officials and charges instead of one a table,
    with their columns in the language of --lang.

    \b
    Examples:
      vinculos template my-cases
      vinculos template my-cases --simple --xlsx --lang es
    """  # noqa: D301 - click wants the character itself
    from vinculos.errors import UsageError
    from vinculos.loaders.template import DICTIONARY, write_template

    lang = lang or settings.lang
    if simple:
        from vinculos.loaders.simple_template import write_simple

        paths = write_simple(folder, lang, workbook=xlsx)
    elif xlsx:
        raise UsageError(
            _("--xlsx goes with --simple."),
            _("Write: {command}").format(command=f"vinculos template {folder} --simple --xlsx"),
        )
    else:
        paths = write_template(folder, lang)
    note(fill(TEXTS[lang]["wrote"], len(paths), folder, folder / DICTIONARY))


@click.command()
@output_options(("text", "json"))
@click.pass_obj
def status(settings: Settings, output: Output) -> None:
    """Say what is in the graph, and from which loads.

    \b
    Example:
      vinculos status
    """  # noqa: D301 - click wants the character itself
    from vinculos.graph.contents import contents

    with open_store(settings) as store:
        found = contents(store)
        warn_unfinished(store, output.lang)
    if output.format == "json":
        import json

        output.write(json.dumps(found, ensure_ascii=False, default=str) + "\n")
        return
    output.write("\n".join(contents_text(found, output.lang)) + "\n")


def contents_text(found: dict[str, Any], lang: str) -> Iterator[str]:
    """Yield the lines that say what is in the graph."""
    from vinculos.graph.model import label_name

    texts = TEXTS[lang]
    if not found["loads"]:
        yield texts["empty"]
        return
    yield texts["loads"]
    for one in found["loads"]:
        rows = sum(one["rows"] or [])
        end = one["finished"] if one["complete"] else texts["unfinished"]
        yield f"  {one['id']:<24}{rows:>8}  {one['who'] or ''}  {end}"
    for part in ("nodes", "relationships"):
        yield texts[part]
        for name, number in found[part].items():
            yield f"  {name:<24}{number:>8}  {label_name(name, lang)}"
