"""`template`, `load` and `status`: bringing data in, and saying what is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vinculos.commands.output import LANGUAGES, Output, note, output_options
from vinculos.commands.session import open_store, warn_unfinished
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.errors import InvalidRows
    from vinculos.graph.rederive import Progress
    from vinculos.graph.update import LoadReport
    from vinculos.loaders.load import Loading

SHOWN_PROBLEMS = 200
"""Problems printed at most; the rest are counted."""

TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "more": "… and {} more problems.",
        "checked": "{dataset}: {rows} rows in {files} files are good; nothing was written.",
        "same": "{dataset}: nothing changed; the graph already says all of it.",
        "loaded": "{dataset}: {rows} rows in {files} files loaded as {load}.",
        "resumed": "An earlier load of {dataset} had not finished; this one completed it.",
        "empty": "The graph is empty. Load data with: vinculos load FOLDER",
        "loads": "Loads",
        "unfinished": "not finished: run it again",
        "nodes": "Nodes",
        "relationships": "Relationships",
        "wrote": "{} files written to {}. Read {} first.",
    },
    "es": {
        "more": "… y {} problemas más.",
        "checked": "{dataset}: {rows} filas en {files} archivos están bien; no se escribió nada.",
        "same": "{dataset}: nada cambió; el grafo ya lo dice todo.",
        "loaded": "{dataset}: {rows} filas en {files} archivos, cargadas como {load}.",
        "resumed": "Una carga anterior de {dataset} no había terminado; esta la completó.",
        "empty": "El grafo está vacío. Cargue datos con: vinculos load CARPETA",
        "loads": "Cargas",
        "unfinished": "sin terminar: repítala",
        "nodes": "Nodos",
        "relationships": "Relaciones",
        "wrote": "{} archivos escritos en {}. Lea primero {}.",
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
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--dataset", help="Name of the dataset; default: the folder's name.")
@click.option("--id-space", "space", help="Space of keys without one; default: the dataset.")
@click.option("--table", help="The table that the one file holds, whatever its name.")
@click.option("--encoding", default="utf-8", show_default=True, help="Encoding of the files.")
@click.option("--check", is_flag=True, help="Only check; write nothing.")
@click.option(
    "--replace",
    is_flag=True,
    help="Rows that these tables no longer have go, unless something else supports them.",
)
@output_options(("text", "json"))
@click.pass_obj
def load(
    settings: Settings,
    path: Path,
    dataset: str | None,
    space: str | None,
    table: str | None,
    encoding: str,
    check: bool,
    replace: bool,
    output: Output,
) -> None:
    """Load a case folder, or one of its files.

    Every row is checked first; unless all are good, nothing is written and every problem is
    named with file, line and column. Loading the same again changes nothing.

    \b
    Examples:
      vinculos load cases/ --check
      vinculos load cases/
      vinculos load more_people.csv --table people --id-space cases
    """  # noqa: D301 - click wants the character itself
    from vinculos.errors import InvalidRows, UsageError
    from vinculos.loaders.case_folder import TABLES
    from vinculos.loaders.cells import suggest
    from vinculos.loaders.load import load_folder

    if table and table not in TABLES:
        raise UsageError(
            f"There is no table {table!r}{suggest(table, list(TABLES))}.",
            f"The tables: {', '.join(TABLES)}.",
        )
    try:
        with open_store(settings) as store, progress_bar(output.lang) as progress:
            loading = load_folder(
                store,
                path,
                dataset=dataset,
                space=space,
                table=table,
                encoding=encoding,
                check=check,
                replace=replace,
                progress=progress,
                notify=note,
            )
    except InvalidRows as error:
        show_problems(error, output.lang)
        raise
    for text in loading.notes:
        note(text)
    output.write(summary(loading, output))


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


def show_problems(error: InvalidRows, lang: str) -> None:
    """Say on standard error what is wrong with the input, row by row."""
    for text in error.notes:
        note(text)
    for problem in error.problems[:SHOWN_PROBLEMS]:
        note(str(problem))
    if (more := len(error.problems) - SHOWN_PROBLEMS) > 0:
        note(TEXTS[lang]["more"].format(more))


def summary(loading: Loading, output: Output) -> str:
    """Return what a load did, as text or JSON."""
    report = loading.report
    facts = {
        "dataset": loading.dataset,
        "rows": sum(file.rows for file in loading.files),
        "files": len(loading.files),
        "load": report.load if report else "",
    }
    if output.format == "json":
        import json

        counts = counted(report) if report else {}
        return json.dumps(facts | {"counts": counts}, ensure_ascii=False) + "\n"
    texts = TEXTS[output.lang]
    if report is None:
        return texts["checked"].format(**facts) + "\n"
    lines = [texts["loaded" if report.load else "same"].format(**facts)]
    if report.resumed:
        lines.insert(0, texts["resumed"].format(**facts))
    return "\n".join([*lines, *count_table(report, output.lang)]) + "\n"


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
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the dictionary.")
@click.pass_obj
def template(settings: Settings, folder: Path, lang: str | None) -> None:
    """Write empty input files, a data dictionary and an example that loads.

    \b
    Example:
      vinculos template my-cases
    """  # noqa: D301 - click wants the character itself
    from vinculos.loaders.template import DICTIONARY, write_template

    lang = lang or settings.lang
    paths = write_template(folder, lang)
    note(TEXTS[lang]["wrote"].format(len(paths), folder, folder / DICTIONARY))


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
