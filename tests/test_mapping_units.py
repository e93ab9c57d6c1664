"""Units and commanders in the way of Security Force Monitor; all that is in them is invented."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.test_cli import run
from vinculos.errors import InvalidRows
from vinculos.graph.store import Store
from vinculos.loaders.load import load_folder

SHIPPED = "security-force-monitor"
SHA = "0E94AE36DA6FF03992A57FDDBDF4728B609D0D7FE6EB019FA9F1B9B5B540D835"


def cited(kind: str, **values: tuple[str, str, str]) -> dict[str, str]:
    """Return cells of values, each with its sources and its confidence beside it."""
    cells = {}
    for name, (text, sources, confidence) in values.items():
        cells[f"{kind}:{name}"] = text
        plain = name.removesuffix("_name") if name == "posting_unit_name" else name
        cells[f"{kind}:{plain}:source"] = sources
        cells[f"{kind}:{plain}:confidence"] = confidence
    return cells


def unit(key: str, name: str, **cells: str) -> dict[str, str]:
    known = cited("unit", name=(name, "s1", "High"))
    return {"unit:id:admin": key, "unit:status:admin": "3", **known, **cells}


def sources(*keys: str) -> list[dict[str, str]]:
    return [
        {
            "source:access_point_id:admin": key,
            "source:title": f"Report {key}",
            "source:url": f"https://example.org/{key}",
            "source:published_timestamp": "2019-11-29T10:25:45Z",
            "source:accessed_timestamp": "2020-01-01",
            "source:archive_url": f"https://archive.example.org/{key}",
            "source:external_archive_sha_content:admin": SHA if key == "s1" else "",
            "source:publication_name": "Gazette" if key != "s9" else "",
            "source:restricted:admin": "1" if key == "s4" else "",
        }
        for key in keys
    ]


PARENT = {
    "unit:related_unit_id:admin": "u1",
    "unit:related_unit_first_cited_date_start": "N",
    "unit:related_unit_open": "E",
    **cited(
        "unit",
        related_unit=("1 División Ejemplo", "s2", "Medium"),
        related_unit_class=("Command", "s2", "High"),
        related_unit_first_cited_date=("2015-03", "s3", "Low"),
        related_unit_last_cited_date=("2019-06-29", "s4", "High"),
    ),
}
POST = {
    "person:id:admin": "p1",
    "person:status:admin": "3",
    "person:posting_unit_id:admin": "u2",
    "person:posting_first_cited_date_start": "Y",
    "person:posting_last_cited_date_end": "N",
    **cited(
        "person",
        name=("Juan Prueba", "s1", "High"),
        other_names=("J. Prueba; Prueba Uno", "s2;s3", "Low"),
        posting_unit_name=("2 Brigada Ejemplo", "s1", "Low"),
        posting_role=("Commander", "s2", "High"),
        posting_rank=("General", "s3", "Medium"),
        posting_first_cited_date=("2016-01-02", "s1", "Medium"),
        posting_last_cited_date=("2018-05", "s2", "High"),
    ),
}


def write(folder: Path, **tables: Sequence[Mapping[str, str]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        header = dict.fromkeys(key for row in rows for key in row)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(header))
            writer.writeheader()
            writer.writerows(rows)
    return folder


@pytest.fixture()
def units(store: Store, tmp_path: Path) -> Store:
    folder = write(
        tmp_path / "sfm",
        sources=sources("s1", "s2", "s3", "s4"),
        units=[
            unit("u1", "1 División Ejemplo", **{"unit:notes:admin": "x"})
            | cited("unit", other_names=("1 DE; Primera", "s2", "Low")),
            unit("u2", "2 Brigada Ejemplo", **PARENT),
            unit("u3", "En trabajo") | {"unit:status:admin": "1"},
        ],
        persons=[POST],
    )
    load_folder(store, folder, mapping=SHIPPED)
    return store


def test_a_parent_has_kind_uncertain_start_and_the_support_of_each_value(units: Store) -> None:
    (found,) = units.read(
        "MATCH (a:Organization)-[r:PART_OF]->(b:Organization) "
        "RETURN a.name AS a, b.name AS b, r.kind AS kind, r.started AS started, "
        "r.started_min AS low, toString(r.started_max) AS high, r.ended AS ended, "
        "r.confidence AS sure, size(r.claims) AS claims, size(r.sources) AS sources"
    ).rows
    assert found == {
        "a": "2 Brigada Ejemplo",
        "b": "1 División Ejemplo",
        "kind": "command",
        "started": "../2015-03",
        "low": None,
        "high": "2015-03-31",
        "ended": "2019-06-29",
        "sure": "documented",
        "claims": 4,
        "sources": 3,
    }


def test_the_claim_of_each_date_has_its_own_source_and_confidence(units: Store) -> None:
    found = units.read(
        "MATCH (c:Claim)-[:CITES]->(s:Source) WHERE c.table = 'positions' "
        "RETURN s.title AS source, c.confidence AS sure, c.file AS file, c.row AS row "
        "ORDER BY source, sure"
    ).rows
    assert [(row["source"], row["sure"]) for row in found] == [
        ("Report s1", "alleged"),
        ("Report s1", "reported"),
        ("Report s2", "documented"),
        ("Report s2", "documented"),
        ("Report s3", "reported"),
    ]
    assert {(row["file"], row["row"]) for row in found} == {("persons.csv", 2)}


def test_a_post_has_bounds_that_are_not_known(units: Store) -> None:
    (found,) = units.read(
        "MATCH (p:Person)-[h:HOLDS_POST]->(o:Organization) RETURN p.name AS who, "
        "p.aliases AS aliases, p:Official AS official, o.name AS where, h.title AS title, "
        "h.rank AS rank, h.commands AS commands, h.started AS started, h.ended AS ended, "
        "toString(h.ended_min) AS low, h.ended_max AS high"
    ).rows
    assert found.pop("official") is False, "the kind of the unit is not known"
    assert found == {
        "who": "Juan Prueba",
        "aliases": ["J. Prueba", "Prueba Uno"],
        "where": "2 Brigada Ejemplo",
        "title": "Commander",
        "rank": "General",
        "commands": "yes",
        "started": "2016-01-02",
        "ended": "2018-05/..",
        "low": "2018-05-01",
        "high": None,
    }


def test_a_source_keeps_its_copy_hash_and_day_of_access(units: Store) -> None:
    (whole,) = units.read(
        "MATCH (c:Claim)-[x:CITES]->(s:Source) WHERE c.table = 'sources' AND s.title = 'Report s1' "
        "RETURN s.url AS url, s.archived_url AS copy, s.sha256 AS hash, s.published AS day, "
        "x.accessed AS accessed"
    ).rows
    assert whole == {
        "url": "https://example.org/s1",
        "copy": "https://archive.example.org/s1",
        "hash": [SHA.lower()],
        "day": "2019-11-29",
        "accessed": "2020-01-01",
    }
    (restricted,) = units.read(
        "MATCH (s:Source) WHERE s.access = 'restricted' RETURN s.title AS t"
    ).rows
    assert restricted == {"t": "Report s4"}


def test_unfinished_rows_and_notes_are_left_out(units: Store) -> None:
    found = units.read("MATCH (o:Organization) RETURN o.name AS name, o.aliases AS others").rows
    assert {row["name"]: row["others"] for row in found} == {
        "1 División Ejemplo": ["1 DE", "Primera"],
        "2 Brigada Ejemplo": [],
    }


def test_the_chain_of_command_is_asked_for(units: Store, engine_env: dict[str, str]) -> None:
    words = ["query", "-c", "MATCH (o:Organization) WHERE o.name STARTS WITH '1' RETURN o.id AS id"]
    done = run([*words, "--format", "csv"], engine_env)
    assert done.returncode == 0 and "sfm:u1" in done.stdout


def test_a_hash_that_is_none_is_refused(store: Store, tmp_path: Path) -> None:
    bad = sources("s1")
    bad[0]["source:external_archive_sha_content:admin"] = "abc"
    with pytest.raises(InvalidRows) as refused:
        load_folder(store, write(tmp_path / "sfm", sources=bad) / "sources.csv", mapping=SHIPPED)
    (problem,) = refused.value.problems
    assert problem.message == "a SHA-256 hash has 64 hexadecimal digits"
    assert "external_archive_sha_content" in problem.column


def test_a_table_of_dozens_of_numbered_columns_needs_no_code(store: Store, tmp_path: Path) -> None:
    header = {}
    for n in range(1, 25):
        header |= {f"unit:name:{n}": "", f"unit:name:{n}:source": "", f"unit:name:{n}:conf": ""}
    row = header | {"id": "1", "unit:name:3": "Unidad A", "unit:name:24": "Unidad B"}
    row |= {"unit:name:3:source": "a; b", "unit:name:24:source": "a", "unit:name:24:conf": "Low"}
    folder = write(tmp_path / "wide", wide=[row])
    mapping = tmp_path / "M.yml"
    mapping.write_text(
        'each: "unit:name:#"\n'
        'let: {unit: {from: "{item}", key: slug}}\n'
        "rows:\n"
        '  - each: {from: "{unit:name:#:source}", split: ";"}\n'
        '    sources: {source_id: "{item}"}\n'
        "  - organizations:\n"
        '      org_id: "{unit}"\n'
        '      name: "{unit:name:#}"\n'
        '      source_ids: "{unit:name:#:source}"\n'
        '      confidence: {from: "{unit:name:#:conf}", words: {Low: alleged}}\n'
    )
    load_folder(store, folder / "wide.csv", mapping=str(mapping))
    found = store.read(
        "MATCH (c:Claim)-[:ABOUT]->(o:Organization) MATCH (c)-[:CITES]->(s:Source) "
        "RETURN o.name AS name, c.confidence AS sure, count(s) AS sources ORDER BY name"
    ).rows
    assert found == [
        {"name": "Unidad A", "sure": "reported", "sources": 2},
        {"name": "Unidad B", "sure": "alleged", "sources": 1},
    ]
