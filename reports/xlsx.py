"""A report as an XLSX workbook: a sheet a table, then the sources, then what was asked."""

from __future__ import annotations

import io
from collections.abc import Sequence

from vinculos.formats.cells import Footnotes
from vinculos.formats.table import Fact
from vinculos.formats.xlsx import (
    add_facts,
    add_sources,
    add_table,
    new_workbook,
    workbook_bytes,
)
from vinculos.reports.drawing import png
from vinculos.reports.run import Report
from vinculos.reports.words import say


def as_xlsx(report: Report, facts: Sequence[Fact]) -> bytes:
    """Return the workbook; a drawing stands beside its table. Prose has no place in it.

    Raises:
        UsageError: a table has more rows than a sheet can hold.
    """
    from openpyxl.drawing.image import Image
    from openpyxl.utils import get_column_letter

    book, notes = new_workbook(), Footnotes(report.lang)
    told: list[Fact] = [(say("title", report.lang), report.title)]
    for number, shown in enumerate(report.shown, 1):
        sheet = add_table(book, f"{number} {shown.title}", shown.table, notes)
        told.append((sheet.title, " ".join((shown.caption, *shown.notes))))
        if shown.drawing:
            image = Image(io.BytesIO(png(shown.drawing)))
            image.width, image.height = shown.drawing.width, shown.drawing.height
            sheet.add_image(image, f"{get_column_letter(len(shown.table.keys) + 2)}2")
    add_sources(book, notes, report.lang)
    add_facts(book, [*told, *facts], report.lang, say("about", report.lang))
    return workbook_bytes(book)
