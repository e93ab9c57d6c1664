"""A list that a mapping reads, and what damages the list or the mapping."""

from __future__ import annotations

import csv
import io
import json

from tests.faults.mutations import BIDI, DATES, MINOR, MUTATIONS, Input, mutation

MAPPING = "M.yml"
LIST = (
    "Código,Nombre,Menor,Detención,Situación,Lugar,Delitos,Jefe 1,Jefe 2,Enlace\n"
    "1,Ana Ñandú,no,07/01/2025,Presa,Cárcel Ejemplo,Traición; Terrorismo,Juan,Eva,"
    "https://example.org/1\n"
    "2,Eva Dos,no,marzo de 2025,Libre,,Terrorismo,Juan,,https://example.org/2\n"
    f"3,{MINOR},sí,45689,Presa,Cárcel Ejemplo,,,Eva,https://example.org/2\n"
)
YAML = """\
words:
  status: {Presa: detained, Libre: released}
let:
  person: "p-{Código}"
  place: {from: "{Lugar}", key: slug}
  source: {from: "{Enlace}", key: hash, as: "src-{}"}
columns: {source_ids: "{source}"}
rows:
  - sources: {source_id: "{source}", url: "{Enlace}"}
  - people:
      person_id: "{person}"
      name: "{Nombre}"
      is_minor: {from: "{Menor}", words: {sí: "true", no: "false"}}
  - when: "{Lugar}"
    places_of_detention: {place_id: "{place}", name: "{Lugar}"}
  - detentions:
      detention_id: "d-{Código}"
      person_id: "{person}"
      place_id: "{place}"
      started_on: {from: "{Detención}", date: [dd/mm/yyyy, month yyyy, excel]}
      status: {from: "{Situación}", words: status, else: unknown}
  - each: {from: "{Delitos}", split: ";"}
    let: {charge: {from: "{item}", key: slug}}
    rows:
      - charges: {charge_id: "{charge}", name_es: "{item}"}
      - accusations: {subject_id: "d-{Código}", charge_id: "{charge}"}
  - each: "Jefe #"
    let: {chief: {from: "{item}", key: slug, as: "o-{}"}}
    rows:
      - people: {person_id: "{chief}", name: "{item}", summary: "{#}"}
"""
HOSTILE = (
    "*a",
    "&a [*a]",
    "!!python/object/apply:os.system [id]",
    "!!binary aGk=",
    "{" * 5000,
    "[" * 5000,
    '"{' + "x" * 100_000 + '}"',
    '"{Nombre.__class__.__mro__}"',
    '"{0!r:>99999999}"',
    '"{{{{{}}}"',
    "<<: {a: b}",
    "? [a]",
    "|",
    ">-",
    "'",
    "%YAML 9.9",
    "---",
    "...",
    "~",
    "\t",
    "0x1F",
    "1e999",
    "#",
)


def mapped(given: Input) -> None:
    """Put a list and its mapping in the place of the tables."""
    given.one = given.path = given.folder / "list.csv"
    given.one.write_text(LIST, "utf-8")
    (given.folder / MAPPING).write_text(YAML, "utf-8")


PLAIN = [
    work
    for name, work in MUTATIONS.items()
    if work.__module__ == "tests.faults.mutations" and name not in ("odd dates", "huge numbers")
]
"""What damages a CSV file, whatever stands in it."""


@mutation
def mapped_list(given: Input) -> None:
    mapped(given)
    given.chance.choice(PLAIN)(given)


@mutation
def mapped_cells(given: Input) -> None:
    mapped(given)
    odd = (*DATES, BIDI, ";;;", "{Nombre}", "{item}", "#", "9" * 5000, "x" * 100_000)
    for _ in range(given.chance.randrange(1, 4)):
        given.set_cell(given.chance.choice(odd))


@mutation
def mapped_header(given: Input) -> None:
    mapped(given)
    rows = given.rows()
    odd = ["", "Código", "#", "{item}", "Jefe 01", "Jefe 999999999999", "JEFE 1", "x" * 500, MINOR]
    for _ in range(given.chance.randrange(1, 4)):
        rows[0][given.chance.randrange(len(rows[0]))] = given.chance.choice(odd)
    given.write(rows)


@mutation
def mapped_records(given: Input) -> None:
    mapped(given)
    text = json.dumps(list(csv.DictReader(io.StringIO(LIST))), ensure_ascii=False)
    at = given.chance.randrange(len(text))
    odd = given.chance.choice(["", "NaN", "\\ud800", "\0", '"', "{", "]", '{"a":[{}]},', "[" * 999])
    given.path = given.folder / given.chance.choice(["list.json", "list.jsonl"])
    given.path.write_text(text[:at] + odd + text[at + 1 :], "utf-8")


@mutation
def mapping_bytes(given: Input) -> None:
    mapped(given)
    path = given.folder / MAPPING
    data = bytearray(path.read_bytes())
    kind = given.chance.randrange(5)
    if kind == 0:
        del data[given.chance.randrange(len(data)) :]
    elif kind == 1:
        data[:0] = given.chance.randbytes(given.chance.randrange(1, 2000))
    elif kind == 2:
        encoding = given.chance.choice(["utf-16", "cp1252", "utf-32", "utf-8-sig"])
        data = bytearray(data.decode().encode(encoding))
    for _ in range(given.chance.randrange(8) if kind > 2 else 0):
        data[given.chance.randrange(len(data))] = given.chance.randrange(256)
    path.write_bytes(bytes(data))


@mutation
def mapping_lines(given: Input) -> None:
    mapped(given)
    lines = YAML.splitlines(keepends=True)
    for _ in range(given.chance.randrange(1, 4)):
        at, other = given.chance.randrange(len(lines)), given.chance.randrange(len(lines))
        lines[at] = given.chance.choice(
            ["", lines[at] * 2, lines[other], " " * 2 + lines[at], lines[at].lstrip()]
        )
    (given.folder / MAPPING).write_text("".join(lines), "utf-8")


@mutation
def mapping_words(given: Input) -> None:
    """Put something hostile, or a word of another place, where a word of the mapping stands."""
    mapped(given)
    text = YAML
    for _ in range(given.chance.randrange(1, 4)):
        words = _words(text)
        start, end = given.chance.choice(words)
        other = given.chance.choice(words)
        new = given.chance.choice([*HOSTILE, *[text[slice(*other)]] * 8])
        text = text[:start] + new + text[end:]
    (given.folder / MAPPING).write_text(text, "utf-8")


@mutation
def mapping_of_a_bomb(given: Input) -> None:
    """Nest aliases and lists until what they stand for would fill any memory."""
    mapped(given)
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    deep = "rows:\n" + "".join(f"{'  ' * n}- rows:\n" for n in range(1, 200))
    wide = "rows:\n" + "  - sources: {source_id: a}\n" * 30_000
    each = "rows:\n" + "".join(
        f'{"    " * n}  - each: {{from: "{{Delitos}}", split: "a"}}\n{"    " * n}    rows:\n'
        for n in range(8)
    )
    each += "    " * 8 + '  - sources: {source_id: "{item}"}\n'
    text = given.chance.choice(["\n".join(lines), deep, wide, each])
    given.set_cell("ab" * given.chance.choice([1, 50_000]))
    (given.folder / MAPPING).write_text(text, "utf-8")


def _words(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for word in text.split(" "):
        if word.strip():
            found.append((start, start + len(word.rstrip("\n"))))
        start += len(word) + 1
    return found
