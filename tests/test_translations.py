"""Pages of the documentation in both languages: one is not changed without the other."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

DOCS = Path(__file__).parent.parent / "docs"
PAIRS = [("safety.md", "seguridad.md")]
SAID = {"ARCHIVO": "FILE", "NÚMERO": "NUMBER", "Persona": "Person", "Menor": "Minor"}
"""Words within code that Spanish has others for, and what they are in English."""


class Section(NamedTuple):
    """A heading and what stands under it, but for the words."""

    level: int
    code: list[str]
    spans: Counter[str]
    figures: Counter[str]
    items: int
    rows: list[int]
    links: Counter[str]


def sections(name: str) -> list[Section]:
    """Return the shape of a page, section by section."""
    text = (DOCS / name).read_text(encoding="utf-8")
    parts = re.split(r"^(#+) .+$", text, flags=re.MULTILINE)
    assert not parts[0].strip(), "before the first heading"
    return [section(len(marks), body) for marks, body in zip(parts[1::2], parts[2::2], strict=True)]


def section(level: int, body: str) -> Section:
    fenced = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
    indented = re.compile(r"^(?: {4}| {7}).*(?:\n|\Z)", re.MULTILINE)
    code = fenced.findall(body)
    prose = fenced.sub("", body)
    code += indented.findall(prose)
    prose = indented.sub("", prose)
    spans = [in_english(span) for span in re.findall(r"`([^`]+)`", " ".join(prose.split()))]
    pages = dict(PAIRS) | {spanish: english for english, spanish in PAIRS}
    links = re.findall(r"\]\(([^)]+)\)", prose)
    return Section(
        level,
        # What is remarked in a block is in the reader's language.
        [re.sub(r"\s+# .*", "", line) for block in code for line in block.splitlines()],
        Counter(spans),
        Counter(re.findall(r"\d+", re.sub(r"`[^`]+`", "", prose))),
        len(re.findall(r"^(?:- |\d+\. )", prose, re.MULTILINE)),
        [line.count("|") for line in prose.splitlines() if line.startswith("|")],
        Counter(min(link, pages.get(link, link)) for link in links),
    )


def in_english(span: str) -> str:
    """Return code in a sentence with its few words in English."""
    return re.sub(r"\w+", lambda word: SAID.get(word[0], word[0]), span)


@pytest.mark.parametrize(("english", "spanish"), PAIRS)
def test_both_languages_have_the_same_sections_commands_and_figures(
    english: str, spanish: str
) -> None:
    one, other = sections(english), sections(spanish)
    assert [part.level for part in other] == [part.level for part in one]
    assert len(one) > 3 and any(part.code for part in one)
    for number, (here, there) in enumerate(zip(one, other, strict=True)):
        for name in Section._fields:
            assert getattr(there, name) == getattr(here, name), (
                f"{spanish}, section {number}: {name}"
            )


@pytest.mark.parametrize(("english", "spanish"), PAIRS)
def test_each_language_leads_to_the_other(english: str, spanish: str) -> None:
    for name, link in ((english, f"[En español]({spanish})"), (spanish, f"[English]({english})")):
        assert link in (DOCS / name).read_text(encoding="utf-8").split("\n\n")[1]
    first = {
        lang: (DOCS.parent / lang).read_text("utf-8") for lang in ("README.md", "README.es.md")
    }
    assert f"(docs/{english})" in first["README.md"]
    assert all(f"(docs/{spanish})" in text for text in first.values())
