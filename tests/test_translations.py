"""Pages of the documentation in both languages: one is not changed without the other."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

DOCS = Path(__file__).parent.parent / "docs"
PAIRS = [
    ("safety.md", "seguridad.md"),
    ("questions.md", "preguntas.md"),
    ("reports.md", "informes.md"),
]
SAID = {
    "ARCHIVO": "FILE",
    "CARPETA": "DIR",
    "DÍA": "DAY",
    "NOMBRE": "NAME",
    "Menor": "Minor",
    "NÚMERO": "NUMBER",
    "PALABRA": "WORD",
    "Persona": "Person",
    "VALOR": "VALUE",
}
"""Words within code that Spanish has others for, and what they are in English."""
FENCED = re.compile(r"^(`{3,})\w*\n(.*?)^\1$\n?", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"^(?: {4}| {7}).*(?:\n|\Z)", re.MULTILINE)
SPAN = re.compile(r"(`+) ?(.+?) ?\1(?!`)")


class Section(NamedTuple):
    """A heading and what stands under it, but for the words."""

    level: int
    code: list[str]
    spans: Counter[str]
    figures: Counter[str]
    items: int
    rows: list[int]
    links: Counter[str]


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def sections(text: str) -> list[Section]:
    """Return the shape of a page, section by section."""
    blocks: list[str] = []

    def away(found: re.Match[str]) -> str:
        blocks.append(found[2])
        return f"\x00{len(blocks) - 1}\n"

    first, *parts = re.split(r"^(#+) .+$", FENCED.sub(away, text), flags=re.MULTILINE)
    assert not first.strip(), "before the first heading"
    return [
        section(len(marks), body, blocks)
        for marks, body in zip(parts[::2], parts[1::2], strict=True)
    ]


def section(level: int, body: str, blocks: list[str]) -> Section:
    code = [blocks[int(number)] for number in re.findall(r"\x00(\d+)", body)]
    code += INDENTED.findall(body)
    prose = INDENTED.sub("", re.sub(r"\x00\d+", "", body))
    spans = [in_english(found[2]) for found in SPAN.finditer(" ".join(prose.split()))]
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", prose)]
    return Section(
        level,
        # What is remarked in a block is in the reader's language.
        [re.sub(r"\s+# .*", "", line) for block in code for line in block.splitlines()],
        Counter(spans),
        Counter(re.findall(r"\d+", SPAN.sub("", prose))),
        len(re.findall(r"^(?:- |\d+\. )", prose, re.MULTILINE)),
        [line.count("|") for line in prose.splitlines() if line.startswith("|")],
        Counter(map(either, links)),
    )


def in_english(span: str) -> str:
    """Return code in a sentence with its few words in English."""
    return re.sub(r"\w+", lambda word: SAID.get(word[0], word[0]), span)


def either(link: str) -> str:
    """Return one name for a page and the same page in the other language."""
    return next((english for english, spanish in PAIRS if link == spanish), link)


@pytest.mark.parametrize(("english", "spanish"), PAIRS)
def test_both_languages_have_the_same_sections_commands_and_figures(
    english: str, spanish: str
) -> None:
    one, other = sections(page(english)), sections(page(spanish))
    assert [part.level for part in other] == [part.level for part in one]
    assert len(one) >= 3 and any(part.code for part in one)
    for number, (here, there) in enumerate(zip(one, other, strict=True)):
        for name in Section._fields:
            assert getattr(there, name) == getattr(here, name), (
                f"{spanish}, section {number}: {name}"
            )


@pytest.mark.parametrize(("english", "spanish"), PAIRS)
def test_each_language_leads_to_the_other(english: str, spanish: str) -> None:
    for name, link in ((english, f"[En español]({spanish})"), (spanish, f"[English]({english})")):
        assert link in page(name).split("\n\n")[1]
    for name, first in ((english, "README.md"), (spanish, "README.es.md")):
        assert f"(docs/{name})" in (DOCS.parent / first).read_text("utf-8")


@pytest.mark.parametrize("name", [name for pair in PAIRS for name in pair])
def test_links_into_a_page_lead_to_one_of_its_headings(name: str) -> None:
    for target, heading in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", page(name)):
        titles = re.findall(r"^#+ (.+)$", page(target or name), re.MULTILINE)
        slugs = [re.sub(r"[^\w-]", "", title.lower().replace(" ", "-")) for title in titles]
        assert heading in slugs, f"{name}: {target}#{heading}"
