"""A small valid case, and what damages it as text: bytes, rows and cells of its CSV files."""

from __future__ import annotations

import csv
import io
import os
import random
from collections.abc import Callable
from pathlib import Path

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
