"""A report in the format asked for, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from vinculos.formats.table import Fact
from vinculos.reports.run import Report


def _html(report: Report, facts: Sequence[Fact]) -> str:
    from vinculos.reports.html import as_html

    return as_html(report, facts)


def _markdown(report: Report, facts: Sequence[Fact]) -> str:
    from vinculos.reports.markdown import as_markdown

    return as_markdown(report, facts)


def _docx(report: Report, facts: Sequence[Fact]) -> bytes:
    from vinculos.reports.docx import as_docx

    return as_docx(report, facts)


def _xlsx(report: Report, facts: Sequence[Fact]) -> bytes:
    from vinculos.reports.xlsx import as_xlsx

    return as_xlsx(report, facts)


FORMATS: Mapping[str, Callable[[Report, Sequence[Fact]], str | bytes]] = {
    "html": _html,
    "md": _markdown,
    "docx": _docx,
    "xlsx": _xlsx,
}
