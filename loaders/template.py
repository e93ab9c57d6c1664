"""Empty files to fill in, with a data dictionary and an example that loads."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from vinculos.errors import UsageError
from vinculos.language import cause
from vinculos.language import gettext as _
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.declare import Column, Table

DICTIONARY = "README.md"
EXAMPLE = "example"

_TEXTS = {
    "en": {
        "title": "Data dictionary",
        "intro": (
            "One file a subject, one row a fact, every row with at least one source. Leave a "
            "file empty or delete it where it is not needed; leave a cell blank where nothing "
            "is known. Save as CSV, UTF-8.\n\n"
            "- Keys are yours to choose: short, without `:` `;` `@`, and never a minor's name.\n"
            "- Dates may be partial: `2025`, `2025-01`, `2025-01-07`; about: `2025-01~`; "
            "uncertain: `2025?`; by: `../2025`. A blank date is unknown, never 'still going on'.\n"
            "- A minor is marked `is_minor` (or has a date of birth); their name is never stored "
            "or printed.\n"
            "- Nothing is loaded unless every row is good: `vinculos load FOLDER --check` says "
            "what is not.\n\n"
            f"`{EXAMPLE}/` holds the same files with invented rows; `vinculos load "
            f"{EXAMPLE}` loads them."
        ),
        "columns": "| column | what it holds | kind | needed |\n|---|---|---|---|",
        "yes": "yes",
        "refers": "key of",
        "words": "Words",
        "kinds": {
            "id": "key",
            "text": "text",
            "date": "date",
            "number": "number",
            "flag": "true or false",
            "list": "several, `;`",
            "word": "one word",
            "ref": "key",
            "refs": "keys, `;`",
        },
    },
    "es": {
        "title": "Diccionario de datos",
        "intro": (
            "Un archivo por tema, una fila por hecho, cada fila con al menos una fuente. Deje "
            "vacío o borre el archivo que no haga falta; deje en blanco la celda de la que no se "
            "sabe nada. Guarde como CSV, UTF-8.\n\n"
            "- Las claves las elige usted: breves, sin `:` `;` `@`, y nunca el nombre de una "
            "persona menor de edad.\n"
            "- Las fechas pueden ser parciales: `2025`, `2025-01`, `2025-01-07`; aproximada: "
            "`2025-01~`; incierta: `2025?`; a más tardar: `../2025`. Una fecha en blanco es "
            "desconocida, nunca «sigue».\n"
            "- Una persona menor de edad se marca con `is_minor` (o lleva fecha de nacimiento); "
            "su nombre nunca se guarda ni se imprime.\n"
            "- No se carga nada si alguna fila está mal: `vinculos load CARPETA --check` dice "
            "cuál.\n\n"
            f"`{EXAMPLE}/` contiene los mismos archivos con filas inventadas; `vinculos load "
            f"{EXAMPLE}` los carga."
        ),
        "columns": "| columna | qué contiene | tipo | obligatoria |\n|---|---|---|---|",
        "yes": "sí",
        "refers": "clave de",
        "words": "Palabras",
        "kinds": {
            "id": "clave",
            "text": "texto",
            "date": "fecha",
            "number": "número",
            "flag": "true o false",
            "list": "varios, `;`",
            "word": "una palabra",
            "ref": "clave",
            "refs": "claves, `;`",
        },
    },
}


def write_template(folder: Path, lang: str) -> list[Path]:
    """Write an empty file for each table, a data dictionary and an example; return the paths.

    Args:
        folder: made if missing; it must not hold any of the files yet.
        lang: language of the dictionary, `es` or `en`.

    Raises:
        UsageError: a file is there already, or the folder cannot be written.
    """
    contents: dict[Path, str | bytes] = {folder / DICTIONARY: dictionary(lang)}
    for table in TABLES.values():
        contents[folder / f"{table.name}.csv"] = csv_text(table, rows=False)
        contents[folder / EXAMPLE / f"{table.name}.csv"] = csv_text(table, rows=True)
    return write_new(folder, contents)


def write_new(folder: Path, contents: Mapping[Path, str | bytes]) -> list[Path]:
    """Write files that are not there yet, all or none; return their paths.

    Args:
        folder: made if missing, with a folder for the example.
        contents: path to text, or to bytes where it is no text.

    Raises:
        UsageError: a file is there already, or the folder cannot be written.
    """
    for path in contents:
        if path.exists():
            raise UsageError(
                _("{path} is there already; nothing was written.").format(path=path),
                _("Name a new folder."),
            )
    try:
        (folder / EXAMPLE).mkdir(parents=True, exist_ok=True)
        for path, text in contents.items():
            if isinstance(text, bytes):
                path.write_bytes(text)
                continue
            # Spreadsheet programs take a file for UTF-8 only with the byte order mark.
            path.write_text(text, "utf-8-sig" if path.suffix == ".csv" else "utf-8", newline="")
    except OSError as error:
        raise UsageError(
            _("{folder} cannot be written: {reason}.").format(folder=folder, reason=cause(error)),
            _("Name another folder."),
        ) from error
    return list(contents)


def csv_text(table: Table, *, rows: bool) -> str:
    """Return the CSV of a table: its header, and its example rows where `rows` is set."""
    columns = table.all_columns
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    if rows:
        for number in range(max(len(columns[0].example), 1)):
            writer.writerow([_example(column, number) for column in columns])
    return out.getvalue()


def _example(column: Column, number: int) -> str:
    if number < len(column.example):
        return column.example[number]
    return column.example[-1] if column.required and column.example else ""


def dictionary(lang: str) -> str:
    """Return the data dictionary as Markdown, in `lang` (`en` or `es`)."""
    texts = _TEXTS[lang]
    parts = [f"# {texts['title']}", str(texts["intro"])]
    for table in TABLES.values():
        parts.append(f"## {table.name}.csv\n\n{table.es if lang == 'es' else table.en}.")
        lines = [str(texts["columns"])]
        lines += [_line(column, lang) for column in table.all_columns]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _line(column: Column, lang: str) -> str:
    texts = _TEXTS[lang]
    what = column.what(lang)
    if column.words is not None:
        named = ", ".join(f"`{word}` ({column.words.label(word, lang)})" for word in column.words)
        what += f". {texts['words']}: {named}"
    kinds = texts["kinds"]
    kind = kinds[column.kind] if isinstance(kinds, dict) else ""
    return f"| `{column.name}` | {what} | {kind} | {texts['yes'] if column.required else ''} |"
