"""Damage to the case in JSON, XLSX, ODS and ZIP; and the inputs of a seed, one by its number."""

from __future__ import annotations

import csv
import functools
import io
import json
import random
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

from tests.faults import entities
from tests.faults.mutations import BIDI, MUTATIONS, TABLES, Input, mutation


@mutation
def deep_json(given: Input) -> None:
    bracket = given.chance.choice(["[", '{"people":', '{"a":['])
    text = bracket * given.chance.choice([1000, 100_000])
    instead(given, "people.json", text.encode())


@mutation
def damaged_json(given: Input) -> None:
    rows = list(csv.DictReader(io.StringIO(TABLES["people.csv"])))
    text = json.dumps(rows, ensure_ascii=given.chance.random() < 0.5)
    at = given.chance.randrange(len(text))
    odd = given.chance.choice(["", "NaN", "\\ud800", "\0", '"', "1e999", "{", "]"])
    instead(
        given,
        given.chance.choice(["people.json", "people.jsonl"]),
        (text[:at] + odd + text[at + 1 :]).encode(),
    )


@mutation
def zip_bomb(given: Input) -> None:
    kind = given.chance.choice(["ratio", "nested", "lying", "many", "cut"])
    data = bomb()
    if kind == "nested":
        data = zipped({f"{n}.zip": data for n in range(16)})
        data = zipped({f"{n}.zip": data for n in range(16)})
    elif kind == "lying":
        damaged = bytearray(data)
        at = data.rfind(b"PK\x01\x02") + 24
        damaged[at : at + 4] = (100).to_bytes(4, "little")
        data = bytes(damaged)
    elif kind == "many":
        data = zipped({f"people{n}.csv": b"" for n in range(20_000)})
    elif kind == "cut":
        data = data[: given.chance.randrange(len(data))]
    instead(given, "cases.zip", data)


@functools.cache
def bomb() -> bytes:
    """Return an archive of 0.2 MB that unpacks to 200 MB."""
    return zipped({"people.csv": TABLES["people.csv"].encode() + b"\n" * (200 << 20)})


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a ZIP archive with these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            # A member made this way bears a fixed date, so an input is the same on any day.
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def workbook() -> bytes:
    """Return the case as an XLSX file, a sheet a table."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, text in TABLES.items():
        sheet = book.create_sheet(name.removesuffix(".csv"))
        for row in csv.reader(io.StringIO(text)):
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    members[core] = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2025-01-01T00:00:00Z", members[core])
    return zipped(members)


def opendocument() -> bytes:
    """Return the case as an ODS file, a sheet a table."""
    sheets = "".join(
        f'<table:table table:name="{name.removesuffix(".csv")}">'
        + "".join(
            "<table:table-row>"
            + "".join(
                '<table:table-cell office:value-type="string">'
                f"<text:p>{escape(cell)}</text:p></table:table-cell>"
                for cell in row
            )
            + "</table:table-row>"
            for row in csv.reader(io.StringIO(text))
        )
        + "</table:table>"
        for name, text in TABLES.items()
    )
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body>'
        f"<office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
        }
    )


WHOLE = {
    "cases.zip": zipped({name: text.encode() for name, text in TABLES.items()}),
    "cases.xlsx": workbook(),
    "cases.ods": opendocument(),
    "cases.json": json.dumps(
        {
            name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(text)))
            for name, text in TABLES.items()
        }
    ).encode(),
    entities.NAME: entities.lines(entities.ENTITIES),
}
"""The same case in the formats that hold all of it in one file."""


@mutation
def damaged_workbook_or_archive(given: Input) -> None:
    name = given.chance.choice(list(WHOLE))
    data = bytearray(WHOLE[name])
    for _ in range(given.chance.randrange(0, 8)):
        data[given.chance.randrange(len(data))] = given.chance.randrange(256)
    if given.chance.random() < 0.2:
        del data[given.chance.randrange(len(data)) :]
    instead(given, name, bytes(data))


@mutation
def damaged_member(given: Input) -> None:
    """Damage the XML or text inside an archive, whose checksums are right again."""
    name = given.chance.choice(["cases.zip", "cases.xlsx", "cases.ods"])
    with zipfile.ZipFile(io.BytesIO(WHOLE[name])) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    one = given.chance.choice(list(members))
    data = members[one]
    at = given.chance.randrange(len(data) + 1)
    odd = [
        b"",
        b"\0",
        b"\xff",
        b"<a>" * 50_000,
        b'<!DOCTYPE a [<!ENTITY b "c">]>',
        b"&b;",
        b"9" * 99,
    ]
    odd += [b"<f>cmd|' /C calc'!A0</f>", b"#REF!", BIDI.encode(), b'count="99999999"', b">"]
    members[one] = data[:at] + given.chance.choice(odd) + data[at + given.chance.choice([0, 9]) :]
    if given.chance.random() < 0.1:
        members["../../outside.csv"] = TABLES["people.csv"].encode()
    instead(given, name, zipped(members))


@mutation
def wrong_suffix(given: Input) -> None:
    name, other = given.chance.sample(list(WHOLE), 2)
    instead(given, name, WHOLE[other])


def instead(given: Input, name: str, data: bytes) -> None:
    """Have a file of another format stand for the folder's people, or for all of it."""
    given.one = given.folder / name
    if name.startswith("people"):
        (given.folder / "people.csv").unlink()
    else:
        given.path = given.one
    given.one.write_bytes(data)


def make(seed: int, number: int, folder: Path) -> tuple[str, Path]:
    """Write input `number` of a seed into `folder`; return its mutation and what to load."""
    chance = random.Random(f"{seed} {number}")
    name = list(MUTATIONS)[number % len(MUTATIONS)]
    given = Input(folder, chance)
    MUTATIONS[name](given)
    return name, given.path
