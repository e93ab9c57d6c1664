"""The page on mappings: its example loads as it says, and it names all that a mapping may hold."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from tests.mappings import read
from vinculos.loaders.mapping_read import BLOCK, ROOT, shipped_mappings
from vinculos.loaders.mapping_steps import STEPS

PAGE = (Path(__file__).parent.parent / "docs" / "mappings.md").read_text("utf-8")


def fenced(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_example_becomes_what_the_page_says(tmp_path: Path) -> None:
    (tmp_path / "lista.csv").write_text(fenced("csv")[0], "utf-8")
    (tmp_path / "lista.yml").write_text(fenced("yaml")[0], "utf-8")
    reading = read(tmp_path / "lista.csv", tmp_path / "lista.yml")
    assert reading.problems == []
    claims = list(reading.claims)
    nodes = Counter(ref.label for ref in {ref for claim in claims for ref in claim.nodes})
    assert nodes == {
        "Person": 4,
        "Detention": 2,
        "Place": 1,
        "Charge": 2,
        "Source": 3,
    }
    ties = Counter(tie.type for tie in {str(tie): tie for c in claims for tie in c.ties}.values())
    assert ties == {"DETAINED_IN": 2, "HELD_AT": 1, "CHARGED_WITH": 3, "INVOLVED_IN": 3}
    (where,) = [claim for claim in claims if claim.table == "detention_places"]
    (source,) = where.citations
    (named,) = [c for c in claims if c.table == "sources" and c.nodes[0].id == source.source]
    assert "https://example.org/3" in [value.value for value in named.values]
    assert {claim.row for claim in claims} == {2, 3}


def test_every_key_and_step_is_described() -> None:
    for key in (*BLOCK, *ROOT, *STEPS):
        assert f"`{key}" in PAGE, key
    assert all(f"`{name}`" in PAGE for name in shipped_mappings())
