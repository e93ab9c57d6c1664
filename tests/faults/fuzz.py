"""Loads thousands of damaged inputs: each is loaded right or refused in words, never half.

    python tests/faults/fuzz.py --inputs 5000 --seed 1

Input n of a seed is always the same. A worker process with little memory calls `load_folder` on
the embedded engine; the graph, emptied before each input, must afterwards hold what the reader
says (as many claims and one finished load), or nothing at all where it was refused. Whatever is
neither is a failure, and so is more than 60 s or 500 MB: its input is kept, its number printed.
One in fifty also goes through the command line. Prints a table in Markdown; ends with 1 on any
failure.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import functools
import io
import json
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.conftest import environment_of
from vinculos.errors import VinculosError
from vinculos.graph import embedded
from vinculos.graph.store import Store, connect
from vinculos.loaders.load import load_folder
from vinculos.settings import Settings, read_settings

SECONDS = 60
MEGABYTES = 500
CLI_EVERY = 50
MINOR = "Zulaymar Desconocida"
"""A minor's name that stands in the input; nothing may print it."""
TABLES = {
    "sources.csv": (
        "source_id,publisher,origin,title,url,published_on\n"
        "s1,Gazette,,First report,https://example.org/1,2025-01-10\n"
        "s2,Radio,,Second report,https://example.org/2,2025-02-10\n"
    ),
    "people.csv": (
        "person_id,name,aliases,is_minor,summary,source_ids\n"
        'ana,Ana Ñandú,Anita,,"Held, with ""others""",s1\n'
        "eva,Eva Dos,,,Sister of Ana,s1;s2\n"
        f"nn,{MINOR},,true,Daughter of Eva,s2\n"
    ),
    "detentions.csv": (
        "detention_id,person_id,started_on,ended_on,status,sentence_years,source_ids\n"
        "d1,ana,2025-01-07,,detained,30,s1\n"
        "d2,eva,2025-02,2025-03-01,released,,s2\n"
    ),
    "relationships.csv": (
        "from_person_id,to_person_id,kind,source_ids\nana,eva,sibling_of,s1\nnn,eva,child_of,s2\n"
    ),
}
BIDI = "\u202e\u2066\u200f\u061c\u202c"
FORMULAS = ("=cmd|' /C calc'!A0", "=1+1", "@SUM(A1)", "+1", "-2+3", "#REF!", "#DIV/0!", "\t=1")
DATES = (
    "2025-13-45",
    "0000-00-00",
    "31/12/2025",
    "9999-99",
    "-5000-01-01",
    "2025-02-30",
    "tomorrow",
    "1e400",
    "2025-01-01T00:00:00Z",
    "..",
    "45678",
    "2025/..",
    "١٢-٠١-٢٠٢٥",
)
NUMBERS = ("1e308", "1e999", "9" * 400, "-1", "NaN", "inf", "0x10", "1_000", "٣", "1.5.2", "1e-999")


class Input:
    """A folder with a valid case in it, to be damaged; `one` is a random file of it.

    `path` is what will be loaded: the folder, or one file in it.
    """

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.path = folder
        folder.mkdir(parents=True)
        for name, text in TABLES.items():
            (folder / name).write_text(text, "utf-8")
        self.one = folder / chance.choice(list(TABLES))

    def rows(self) -> list[list[str]]:
        return list(csv.reader(io.StringIO(self.one.read_text("utf-8"))))

    def write(self, rows: list[list[str]]) -> None:
        with self.one.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)

    def set_cell(self, text: str) -> None:
        """Put `text` into a random cell below the header."""
        rows = self.rows()
        row = self.chance.choice(rows[1:])
        row[self.chance.randrange(len(row))] = text
        self.write(rows)


Mutation = Callable[[Input], None]
MUTATIONS: dict[str, Mutation] = {}
"""What is done to an input; those of another format write their file beside or instead."""


def mutation(work: Mutation) -> Mutation:
    MUTATIONS[work.__name__.replace("_", " ")] = work
    return work


@mutation
def cut_off(given: Input) -> None:
    data = given.one.read_bytes()
    given.one.write_bytes(data[: given.chance.randrange(len(data))])


@mutation
def wrong_encoding(given: Input) -> None:
    text = given.one.read_text("utf-8")
    encoding = given.chance.choice(["utf-16", "utf-16-le", "cp1252", "utf-32", "utf-7", "cp037"])
    given.one.write_bytes(text.encode(encoding))


@mutation
def random_bytes(given: Input) -> None:
    given.one.write_bytes(given.chance.randbytes(given.chance.randrange(1, 100_000)))


@mutation
def flipped_bytes(given: Input) -> None:
    data = bytearray(given.one.read_bytes())
    for _ in range(given.chance.randrange(1, 20)):
        data[given.chance.randrange(len(data))] = given.chance.randrange(256)
    given.one.write_bytes(bytes(data))


@mutation
def nul(given: Input) -> None:
    data = given.one.read_bytes()
    at = given.chance.randrange(len(data))
    given.one.write_bytes(data[:at] + b"\0" * given.chance.choice([1, 5000]) + data[at:])


@mutation
def huge_cell(given: Input) -> None:
    given.set_cell(given.chance.choice("ax,;é ") * given.chance.choice([200_001, 1 << 20, 5 << 20]))


@mutation
def cell_below_the_limit(given: Input) -> None:
    given.set_cell(given.chance.choice("axé") * given.chance.choice([4000, 33_000, 199_999]))


@mutation
def many_columns(given: Input) -> None:
    number = given.chance.choice([200, 5000])
    given.write([row + [f"x{n}" for n in range(number)] for row in given.rows()])


@mutation
def unequal_rows(given: Input) -> None:
    rows = given.rows()
    row = given.chance.choice(rows)
    row[:] = row[: given.chance.randrange(len(row))] if given.chance.random() < 0.5 else row * 2
    given.write(rows)


@mutation
def double_header(given: Input) -> None:
    rows = given.rows()
    rows[0][given.chance.randrange(len(rows[0]))] = given.chance.choice(rows[0])
    given.write(rows)


@mutation
def swapped_columns(given: Input) -> None:
    rows = given.rows()
    given.chance.shuffle(rows[0])
    given.write(rows)


@mutation
def open_quote(given: Input) -> None:
    lines = given.one.read_text("utf-8").splitlines(keepends=True)
    at = given.chance.randrange(len(lines))
    lines[at] = lines[at].replace(",", ',"', 1)
    more = "a,b,c\n" * given.chance.choice([0, 100, 200_000])
    given.one.write_text("".join(lines) + more, "utf-8")


@mutation
def formulas(given: Input) -> None:
    given.set_cell(given.chance.choice(FORMULAS))


@mutation
def bidi_controls(given: Input) -> None:
    given.set_cell(given.chance.choice(BIDI) + "abc" + given.chance.choice(BIDI))


@mutation
def odd_dates(given: Input) -> None:
    given.one = given.folder / "detentions.csv"
    rows = given.rows()
    given.chance.choice(rows[1:])[given.chance.choice([2, 3])] = given.chance.choice(DATES)
    given.write(rows)


@mutation
def huge_numbers(given: Input) -> None:
    given.one = given.folder / "detentions.csv"
    rows = given.rows()
    given.chance.choice(rows[1:])[5] = given.chance.choice(NUMBERS)
    given.write(rows)


@mutation
def newline_kinds(given: Input) -> None:
    end = given.chance.choice(["\r", "\r\n", "\n\r", "\u2028", "\x85", "\x0b", "\x0c", "\n\n"])
    text = given.one.read_text("utf-8").replace("\n", end)
    given.one.write_bytes(text.encode())


@mutation
def byte_order_mark_within(given: Input) -> None:
    data = given.one.read_bytes()
    at = given.chance.randrange(len(data))
    given.one.write_bytes(data[:at] + b"\xef\xbb\xbf" + data[at:])


@mutation
def surrogates(given: Input) -> None:
    data = given.one.read_bytes()
    at = given.chance.randrange(len(data))
    given.one.write_bytes(data[:at] + b"\xed\xa0\x80" + data[at:])


@mutation
def empty_file(given: Input) -> None:
    given.one.write_bytes(given.chance.choice([b"", b"\n", b"\xef\xbb\xbf", b" \n \n", b",,,\n"]))


@mutation
def missing_file(given: Input) -> None:
    given.one.unlink()


@mutation
def folder_for_a_file(given: Input) -> None:
    given.one.unlink()
    given.one.mkdir()


@mutation
def link_to_itself(given: Input) -> None:
    given.one.unlink()
    given.one.symlink_to(given.one if given.chance.random() < 0.5 else given.folder)


@mutation
def fifo(given: Input) -> None:
    given.one.unlink()
    os.mkfifo(given.one)


@mutation
def duplicate_rows(given: Input) -> None:
    rows = given.rows()
    rows += [list(row) for row in rows[1:]] * given.chance.randrange(1, 4)
    if given.chance.random() < 0.5:
        rows[-1][-2] = "otherwise"
    given.write(rows)


@mutation
def foreign_words(given: Input) -> None:
    words = ("s9", "nobody", "s1;;s2", ";", "a:b", "x" * 300, "'; DROP", "{}", "\\", "<b>", "`n`")
    given.set_cell(given.chance.choice(words))


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
            archive.writestr(name, data)
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
    return stream.getvalue()


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


HELD = "MATCH (n) WHERE NOT n:Lock RETURN count(n) AS n"


def judge(store: Store, folder: Path) -> tuple[str, str]:
    """Load `folder`; return `loaded`, `refused`, or `failed` with why."""
    try:
        loading = load_folder(store, folder, dataset="cases")
    except VinculosError as error:
        words = str(error) + "".join(map(str, getattr(error, "problems", ())))
        held = store.read(HELD).rows[0]["n"]
        if held:
            return "failed", f"refused, but {held} nodes were written: {error}"
        if MINOR in words:
            return "failed", "the error names a minor"
        return "refused", ""
    rows = store.read(
        "MATCH (c:Claim) WITH count(c) AS claims MATCH (l:Load) "
        "RETURN claims, collect(l.complete) AS complete"
    ).rows
    wanted = [{"claims": loading.claims, "complete": [True]}] if loading.claims else []
    if loading.claims == 0 and not store.read(HELD).rows[0]["n"]:
        return "loaded", ""
    return ("loaded", "") if rows == wanted else ("failed", f"{rows}, not {wanted}")


def work(settings: Settings, pipe: Connection) -> None:
    """Judge each folder that comes through `pipe`, until None comes."""
    with connect(settings) as store:
        while folder := pipe.recv():
            try:
                store.write("MATCH (n) DETACH DELETE n")
                pipe.send(judge(store, folder))
            except BaseException as error:  # noqa: B036 - any of them is a finding
                pipe.send(("failed", repr(error)[:600]))


class Worker:
    """A process that judges inputs, replaced when it takes too long or too much."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.start()

    def start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(self.settings, theirs), daemon=True)
        self.process.start()
        theirs.close()

    def judge(self, folder: Path) -> tuple[str, str, float, float]:
        """Return the verdict, why, the seconds, and the most megabytes seen."""
        began, most = time.monotonic(), 0.0
        seen = psutil.Process(self.process.pid)
        self.pipe.send(folder)
        while not self.pipe.poll(0.02):
            with contextlib.suppress(psutil.Error):
                most = max(most, seen.memory_info().rss / 1e6)
            took = time.monotonic() - began
            if took > SECONDS or most > MEGABYTES:
                self.end()
                self.start()
                why = f"{took:.0f} s, {most:.0f} MB"
                return "failed", why, took, most
        with contextlib.suppress(psutil.Error):
            most = max(most, seen.memory_info().rss / 1e6)
        try:
            verdict, why = self.pipe.recv()
        except EOFError:
            verdict, why = "failed", f"the process ended with {self.process.exitcode}"
            self.end()
            self.start()
        return verdict, why, time.monotonic() - began, most

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def by_command_line(settings: Settings, folder: Path) -> str:
    """Load `folder` by the command line; return what is wrong with what it did, or nothing."""
    try:
        client = subprocess.run(
            [sys.executable, "-m", "vinculos.cli", "load", str(folder)],
            env=environment_of(settings),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return f"the command line took more than {SECONDS} s"
    said = (client.stdout + client.stderr).decode(errors="replace")
    if client.returncode not in (0, 1, 2) or "Traceback" in said:
        return f"the command line ended with {client.returncode}: {said[-600:]}"
    return "the command line names a minor" if MINOR in said else ""


@dataclass
class Figures:
    """What became of the inputs of one mutation."""

    inputs: int = 0
    loaded: int = 0
    refused: int = 0
    slowest: float = 0.0
    most: float = 0.0
    failures: list[str] = field(default_factory=list)


def run(
    inputs: int,
    seed: int = 1,
    *,
    first: int = 0,
    kept: Path | None = None,
    tell: Callable[[str], None] = lambda words: None,
) -> dict[str, Figures]:
    """Judge `inputs` inputs of a seed; return mutation to figures."""
    found = {name: Figures() for name in MUTATIONS}
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        settings = read_settings(environment={"VINCULOS_HOME": str(home), "VINCULOS_LANG": "en"})
        worker = Worker(settings)
        try:
            for number in range(first, first + inputs):
                folder = Path(scratch) / "inputs" / f"{number}" / "cases"
                name, path = make(seed, number, folder)
                figures = found[name]
                verdict, why, took, most = worker.judge(path)
                if verdict != "failed" and number % CLI_EVERY == 0:
                    why = by_command_line(settings, path)
                    verdict = "failed" if why else verdict
                figures.inputs += 1
                figures.loaded += verdict == "loaded"
                figures.refused += verdict == "refused"
                figures.slowest = max(figures.slowest, took)
                figures.most = max(figures.most, most)
                if verdict == "failed":
                    figures.failures.append(f"input {number} of seed {seed}: {why}")
                    tell(figures.failures[-1])
                    if kept:
                        kept.mkdir(parents=True, exist_ok=True)
                        with contextlib.suppress(OSError):
                            folder.parent.rename(kept / f"{seed}-{number}")
                shutil.rmtree(folder.parent, ignore_errors=True)
        finally:
            worker.end()
            embedded.stop(settings)
    return found


def main() -> int:
    """Run what the command line asks for; return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--inputs", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir()) / "vinculos-fuzz")
    asked = parser.parse_args()

    def tell(words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    found = run(asked.inputs, asked.seed, first=asked.first, kept=asked.kept, tell=tell)
    print("| mutation | inputs | loaded | refused | failures | slowest (s) | most (MB) |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for name, f in found.items():
        print(
            f"| {name} | {f.inputs} | {f.loaded} | {f.refused} | {len(f.failures)} "
            f"| {f.slowest:.1f} | {f.most:.0f} |"
        )
    failures = sum(len(figures.failures) for figures in found.values())
    total = sum(figures.inputs for figures in found.values())
    print(
        f"| **all** | {total} | {sum(f.loaded for f in found.values())} "
        f"| {sum(f.refused for f in found.values())} | {failures} "
        f"| {max(f.slowest for f in found.values()):.1f} "
        f"| {max(f.most for f in found.values()):.0f} |"
    )
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
