"""A first mapping for a file of any shape, written as YAML with what is not certain as comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from vinculos.errors import InputError
from vinculos.language import gettext as _
from vinculos.loaders.files import TableFile, open_tables
from vinculos.loaders.guess_columns import look, roles
from vinculos.loaders.guess_writer import Writer, plain, quoted
from vinculos.loaders.mapped import all_columns
from vinculos.loaders.mapping import RowMapping
from vinculos.loaders.mapping_read import read_mapping, shipped_mappings

TEXTS = {
    "en": {
        "head": "How the rows of {file} become rows of our tables. Made by `vinculos map` from its "
        "headers and values: check each line.",
        "use": "vinculos load {file} --mapping THIS-FILE --preview 5",
        "unused": "Columns that were not placed:",
        "left": "Sheets without a column of names, left out:",
        "publisher": "who published this list?",
        "word": "not understood: write the word of the list",
        "strange": "{:value is no date|values are no dates} in these formats",
        "month_first": "the month comes first in some values: check those that read both ways",
        "slug": "one name is taken for one person: add a column that tells namesakes apart",
        "minor": "no key is ever made of a minor's name",
        "split": "several in one cell: check that this is what separates them",
    },
    "es": {
        "head": "Cómo las filas de {file} pasan a ser filas de nuestras tablas. Hecho por "
        "`vinculos map` a partir de encabezados y valores: revise cada línea.",
        "use": "vinculos load {file} --mapping ESTE-ARCHIVO --preview 5",
        "unused": "Columnas que no se ubicaron:",
        "left": "Hojas sin una columna de nombres, que se dejaron fuera:",
        "publisher": "¿quién publicó esta lista?",
        "word": "no se entiende: escriba la palabra de la lista",
        "strange": "{:valor no es fecha|valores no son fechas} en estos formatos",
        "month_first": "el mes va primero en algunos valores: revise los ambiguos",
        "slug": "un nombre se toma por una persona: añada una columna que distinga homónimos",
        "minor": "la clave de una persona menor de edad nunca se hace con su nombre",
        "split": "varios en una celda: revise que esto sea lo que los separa",
    },
}


def guess(
    path: Path, lang: str, *, encoding: str = "utf-8", format: str | None = None
) -> tuple[str, list[str]]:
    """Return a first mapping for a file, as YAML, and notes for the user.

    Args:
        path: the file.
        lang: the language of its comments, `es` or `en`.
        encoding: the file's encoding, where it is text.
        format: the file's format; told by its suffix where None.

    Raises:
        InputError: it cannot be read, or no column holds names.
    """
    texts = TEXTS[lang]
    shipped = {name: read_mapping(name) for name in shipped_mappings()}
    written: dict[str, list[str]] = {}
    left: list[str] = []
    notes: list[str] = []
    for table in open_tables(path, encoding=encoding, format=format):
        if isinstance(table, str):
            notes.append(table)
            continue
        header = table.header if table.header is not None else all_columns(table.rows())
        notes += _alike(table, header, shipped)
        columns = look(table.rows(), header)
        found = roles(columns)
        if "name" in found or "given" in found or "surname" in found:
            written[table.stem] = list(Writer(table.name, columns, found, texts).lines())
        else:
            left.append(table.name)
    if not written:
        raise InputError(
            _("No column of {file} is one of names: its first line may not be the header.").format(
                file=path.name
            ),
            _("Write the mapping by hand: docs/mappings.md has a full example."),
        )
    lines = [f"# {texts['head'].format(file=path.name)}", "#"]
    lines += [f"#     {texts['use'].format(file=path.name)}"]
    if left:
        lines += ["#", f"# {texts['left']} {', '.join(map(plain, left))}"]
    if len(written) == 1 and not left:
        lines += next(iter(written.values()))
    else:
        lines.append("inputs:")
        for stem, body in written.items():
            lines.append(f"  {quoted(stem)}:")
            lines += [f"    {line}" for line in body]
    return "\n".join(lines) + "\n", notes


def _alike(
    table: TableFile, header: Sequence[str], shipped: Mapping[str, RowMapping]
) -> Iterator[str]:
    """Yield a note where a mapping that comes with the program is made for such a file."""
    for name, mapping in shipped.items():
        for one in mapping.inputs:
            wanted = {use.name for use in one.uses}
            if 2 * len(wanted & set(header)) > len(wanted):
                said = _("{file} looks like {name}: vinculos load … --mapping {name}")
                yield said.format(file=table.name, name=name)
