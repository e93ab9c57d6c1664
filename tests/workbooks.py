"""Case folders written in other formats, with the cells that spreadsheet programs would write."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import openpyxl

Rows = Sequence[Sequence[str]]
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
WHOLE = re.compile(r"[1-9]\d{0,5}")


def read_rows(folder: Path) -> dict[str, list[list[str]]]:
    """Return table name to the rows of its CSV file, header first."""
    return {
        path.stem: list(csv.reader(path.read_text("utf-8-sig").splitlines()))
        for path in sorted(folder.glob("*.csv"))
    }


def records(rows: Rows) -> list[dict[str, object]]:
    header = rows[0]
    return [
        {name: _json_value(name, text) for name, text in zip(header, row, strict=True) if text}
        for row in rows[1:]
    ]


def _json_value(name: str, text: str) -> object:
    if text in ("true", "false"):
        return text == "true"
    if name.endswith("_ids") or name == "aliases":
        return [part.strip() for part in text.split(";")]
    return int(text) if WHOLE.fullmatch(text) and name != "started_on" else text


def write_json(path: Path, tables: Mapping[str, Rows]) -> Path:
    said = {name: records(rows) for name, rows in tables.items()}
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1), "utf-8")
    return path


def write_jsonl(folder: Path, tables: Mapping[str, Rows]) -> Path:
    folder.mkdir()
    for name, rows in tables.items():
        lines = [json.dumps(record, ensure_ascii=False) for record in records(rows)]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def write_xlsx(path: Path, tables: Mapping[str, Rows]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows):
            sheet.append([_typed(text) if number else text for text in row])
    book.save(path)
    return path


def _typed(text: str) -> object:
    if DAY.fullmatch(text):
        return datetime.date.fromisoformat(text)
    if text in ("true", "false"):
        return text == "true"
    return int(text) if WHOLE.fullmatch(text) else text or None


def write_zip(path: Path, tables: Mapping[str, Rows]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            out = io.StringIO()
            csv.writer(out).writerows(rows)
            archive.writestr(f"cases/{name}.csv", out.getvalue())
    return path


def write_ods(path: Path, tables: Mapping[str, Rows]) -> Path:
    """Write a workbook as LibreOffice does: typed cells, blanks repeated to the sheet's end."""
    sheets = "".join(_ods_table(name, rows) for name, rows in tables.items())
    return write_ods_content(path, sheets)


def write_ods_content(path: Path, sheets: str) -> Path:
    """Write a workbook whose sheets are given as XML."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f"<office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


def _ods_table(name: str, rows: Rows) -> str:
    body = "".join(
        f"<table:table-row>{''.join(_ods_cell(text, number > 0) for text in row)}"
        '<table:table-cell table:number-columns-repeated="1010"/></table:table-row>'
        for number, row in enumerate(rows)
    )
    tail = (
        '<table:table-row table:number-rows-repeated="1047000">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    )
    return f"<table:table table:name={quoteattr(name)}>{body}{tail}</table:table>"


def _ods_cell(text: str, typed: bool) -> str:
    if not text:
        return "<table:table-cell/>"
    shown = "".join(f"<text:p>{_ods_text(line)}</text:p>" for line in text.split("\n"))
    kind = 'office:value-type="string"'
    if typed and DAY.fullmatch(text):
        kind = f'office:value-type="date" office:date-value="{text}"'
        shown = "<text:p>07/01/25</text:p>"
    elif typed and text in ("true", "false"):
        kind = f'office:value-type="boolean" office:boolean-value="{text}"'
    elif typed and WHOLE.fullmatch(text):
        kind = f'office:value-type="float" office:value="{text}"'
    return f"<table:table-cell {kind}>{shown}</table:table-cell>"


def _ods_text(text: str) -> str:
    return re.sub(r"  +", lambda m: f' <text:s text:c="{len(m[0]) - 1}"/>', escape(text))
