"""Empty sheets of the simple shape, with a page that explains and an example that loads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from vinculos.loaders.simple_columns import SHAPES, Shape, SimpleColumn
from vinculos.loaders.simple_examples import example_rows
from vinculos.loaders.template import DICTIONARY, EXAMPLE, write_new

TEXTS = {
    "en": {
        "title": "Read me",
        "workbook": "cases",
        "words_sheet": "Words",
        "intro": (
            "Four sheets: detainees, relatives, officials and charges. Leave out a sheet or a "
            "column that you do not need; leave a cell blank where nothing is known.",
            "Every row names its source. A second and a third source of the same row go into "
            "columns that you add: Source 2, Source date 2, Link 2, Source title 2 …",
            "Write a name always alike; accents and capitals do not matter. One name is one "
            "person, in all sheets. Two people of the same name each need a word of your choice "
            "in the column Key, the same in all their rows; write it wherever they are meant.",
            "A minor: write yes in Under 18 and `minor 1`, `child 1` and so on as the name, or a "
            "key that is no name. The name of a minor is never stored or printed, and no key is "
            "made of it. Beside each detainee `child 1` is another child; a child of two "
            "detainees needs one key in both rows.",
            "Dates: 2025-01-07, or the day first: 07/01/2025 is 7 January. Also 2025-01 or 2025; "
            "about: 2025-01~; uncertain: 2025?. A blank date is unknown, never 'still going on'.",
            "A new arrest is a new row. When you change a name or the day of a detention later, "
            "load with --replace, so that what stood there before goes.",
            "Nothing is loaded unless every row is good: `vinculos load FOLDER --check` says what "
            "is not.",
        ),
        "head": ("Sheet", "Column", "Needed", "What it holds", "Words"),
        "yes": "yes",
        "flags": "yes, no",
        "date": "2025-01-07, 2025-01, 2025, or the day first: 07/01/2025",
    },
    "es": {
        "title": "Léame",
        "workbook": "casos",
        "words_sheet": "Palabras",
        "intro": (
            "Cuatro hojas: detenidos, familiares, funcionarios y cargos (delitos imputados). Quite "
            "la hoja o la columna que no haga falta; deje en blanco la celda de la que no se sabe "
            "nada.",
            "Cada fila nombra su fuente. Una segunda y una tercera fuente de la misma fila van en "
            "columnas que usted agrega: Fuente 2, Fecha de la fuente 2, Enlace 2, Título de la "
            "fuente 2 …",
            "Escriba un nombre siempre igual; los acentos y las mayúsculas no importan. Un nombre "
            "es una persona, en todas las hojas. Dos personas del mismo nombre llevan cada una en "
            "la columna Clave una palabra que usted elige, la misma en todas sus filas; escríbala "
            "dondequiera que se trate de ellas.",
            "Una persona menor de edad: escriba sí en Menor de edad y como nombre `adolescente 1`, "
            "`hijo 1` etcétera, o una clave que no sea un nombre. El nombre de una persona menor "
            "de edad nunca se guarda ni se imprime, y no se hace de él ninguna clave. Al lado de "
            "cada persona detenida `hijo 1` es otro niño; el hijo de dos personas detenidas "
            "necesita una misma clave en ambas filas.",
            "Fechas: 2025-01-07, o primero el día: 07/01/2025 es el 7 de enero. También 2025-01 o "
            "2025; aproximada: 2025-01~; incierta: 2025?. Una fecha en blanco es desconocida, "
            "nunca «sigue».",
            "Una nueva detención es otra fila. Si más tarde cambia un nombre o la fecha de una "
            "detención, cargue con --replace, para que desaparezca lo que estaba antes.",
            "No se carga nada si alguna fila está mal: `vinculos load CARPETA --check` dice cuál.",
        ),
        "head": ("Hoja", "Columna", "Obligatoria", "Qué contiene", "Palabras"),
        "yes": "sí",
        "flags": "sí, no",
        "date": "2025-01-07, 2025-01, 2025, o primero el día: 07/01/2025",
    },
}


def write_simple(folder: Path, lang: str, *, workbook: bool) -> list[Path]:
    """Write the empty sheets, a page that explains and an example; return the paths.

    Args:
        folder: made if missing; it must not hold any of the files yet.
        lang: language of the sheets, `es` or `en`.
        workbook: one workbook with drop-downs, instead of a CSV file a sheet.

    Raises:
        UsageError: a file is there already, or the folder cannot be written.
    """
    contents: dict[Path, str | bytes] = {folder / DICTIONARY: page(lang)}
    if workbook:
        # openpyxl takes a third of a second to import.
        from vinculos.loaders.simple_workbook import workbook_bytes

        name = f"{TEXTS[lang]['workbook']}.xlsx"
        contents[folder / name] = workbook_bytes(lang, rows=False)
        contents[folder / EXAMPLE / name] = workbook_bytes(lang, rows=True)
    else:
        for shape in SHAPES:
            name = f"{shape.name(lang)}.csv"
            contents[folder / name] = _csv(shape, lang, rows=False)
            contents[folder / EXAMPLE / name] = _csv(shape, lang, rows=True)
    return write_new(folder, contents)


def _csv(shape: Shape, lang: str, *, rows: bool) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.header(lang) for column in shape.columns])
    if rows:
        writer.writerows(example_rows(shape, lang))
    return out.getvalue()


def page(lang: str) -> str:
    """Return what explains the sheets as Markdown, in `lang` (`en` or `es`)."""
    texts = TEXTS[lang]
    parts = [f"# {texts['title']}", "\n".join(f"- {line}" for line in texts["intro"])]
    head = "| " + " | ".join(texts["head"][1:]) + " |\n|---|---|---|---|"
    for shape in SHAPES:
        parts.append(f"## {shape.name(lang)}\n\n{shape.what(lang)}.")
        lines = [head, *("| " + " | ".join(row[1:]) + " |" for row in explain(shape, lang))]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def explain(shape: Shape, lang: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield for each column of a sheet: sheet, header, whether needed, what it holds, words."""
    texts = TEXTS[lang]
    for column in shape.columns:
        needed = str(texts["yes"]) if column.required else ""
        words = ", ".join(choices(column, lang))
        yield shape.name(lang), column.header(lang), needed, column.what(lang), words


def choices(column: SimpleColumn, lang: str) -> list[str]:
    """Return what a drop-down of the column offers, nothing where it has none."""
    if column.kind == "flag":
        return ["sí", "no"] if lang == "es" else ["yes", "no"]
    return [column.words.label(word, lang) for word in column.words] if column.words else []
