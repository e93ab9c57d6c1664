"""`map`: a first mapping for a file of any shape, and what its rows become through one."""

from __future__ import annotations

from pathlib import Path

import click

from vinculos.commands.load import ENCODING
from vinculos.commands.output import note
from vinculos.commands.spoken import language_option
from vinculos.language import gettext as _
from vinculos.settings import Settings

FORMATS = ("csv", "tsv", "json", "jsonl", "xlsx", "ods", "zip")
TEXTS = {
    "en": "{} written. Look at each line of it, then: vinculos load {} --mapping {}",
    "es": "{} escrito. Revise cada línea; luego: vinculos load {} --mapping {}",
}


@click.command(name="map")
@click.argument(
    "path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="File for the mapping, which must not be there yet; default: standard output.",
)
@click.option(
    "--preview",
    "rows",
    type=click.IntRange(1, 1000),
    metavar="N",
    help="Show what N rows become.",
)
@click.option("--format", "file_format", type=click.Choice(FORMATS), help="Format of the file.")
@ENCODING
@language_option
@click.pass_obj
def write_map(
    settings: Settings,
    path: Path,
    target: Path | None,
    rows: int | None,
    file_format: str | None,
    encoding: str,
    lang: str | None,
) -> None:
    """Write a first mapping for a file of any shape, by its headers and values.

    What was not placed stands in it as a comment. With --preview it is not written to standard
    output, but what the first rows become through it.

    \b
    Examples:
      vinculos map list.xlsx -o list.yml
      vinculos map list.csv --preview 5
    """  # noqa: D301 - click wants the character itself
    import os
    import tempfile

    from vinculos.formats.replace import unwritable
    from vinculos.loaders.guess import guess

    lang = lang or settings.lang
    text, notes = guess(path, lang, encoding=encoding, format=file_format)
    for line in notes:
        note(line)
    if target is not None:
        try:
            descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise unwritable(target, error, _("Name another file with -o.")) from error
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        note(TEXTS[lang].format(target, path, target))
    elif rows is None:
        click.echo(text, nl=False)
    if rows is not None:
        with tempfile.TemporaryDirectory() as folder:
            written = target or Path(folder) / f"{path.stem}.yml"
            if target is None:
                written.write_text(text, "utf-8")
            show_preview(path, str(written), rows, encoding, file_format, lang)


def show_preview(
    path: Path,
    mapping: str | None,
    rows: int,
    encoding: str,
    file_format: str | None,
    lang: str,
) -> None:
    """Print what the first rows of a file become, by table; problems go to standard error.

    Args:
        path: the file.
        mapping: the file or name of the mapping.
        rows: how many rows.
        encoding: the file's encoding, where it is text.
        file_format: the file's format; told by its suffix where None.
        lang: the language, `es` or `en`.

    Raises:
        UsageError: there is no mapping, or the path is no file.
    """
    import shutil
    import sys

    from vinculos.errors import InvalidRows, UsageError
    from vinculos.formats.table import Table
    from vinculos.formats.text import as_table
    from vinculos.loaders.mapping_read import read_mapping
    from vinculos.loaders.preview import preview

    if mapping is None or not path.is_file():
        raise UsageError(
            _("--preview shows what the rows of one file become through a mapping."),
            _("vinculos load FILE --mapping M.yml --preview 5"),
        )
    try:
        found = read_mapping(mapping)
    except InvalidRows as error:
        for problem in error.problems:
            note(str(problem))
        raise
    shown = preview(path, found, rows, encoding=encoding, format=file_format)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for name, made in shown.tables.items():
        keys = list(dict.fromkeys(key for cells in made for key in cells))
        click.echo(name)
        click.echo(as_table(Table(keys, {}, made, lang, width)))
    for text in shown.problems:
        note(text)
