from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SettingsOf
from tests.faults.warm import Commands
from tests.folders import write_folder
from vinculos.graph.store import Store
from vinculos.loaders.load import load_folder

SECONDS = 120
TABLES = {
    "people": "person_id,name,source_ids\nana,Ana Uno,s1\neva,Eva Dos,s1\n",
    "detentions": "detention_id,person_id,started_on,source_ids\nd1,ana,2025-01-07,s1;s2\n",
    "relationships": "from_person_id,to_person_id,kind,held_because_of,source_ids\n"
    "ana,eva,sibling_of,alleged,s2\n",
    "contradictions": "subject_id,field,value_a,source_a,value_b,source_b\n"
    "d1,started_on,2025-01-07,s1,2025-01-09,s3\n",
}


class Cli:
    """Runs commands against the engine of a test."""

    def __init__(self, commands: Commands) -> None:
        self.commands = commands

    def __call__(self, *words: str, code: int = 0) -> str:
        ended = self.commands.run(words, SECONDS)
        assert ended.code == code, ended.err
        return ended.out if code == 0 else ended.err


@pytest.fixture(scope="module")
def warm(engine: str, engine_settings: SettingsOf) -> Iterator[Commands]:
    """Give a process that runs command lines without starting Python for each."""
    with Commands(engine_settings(engine), environment={"VINCULOS_WHO": "tester"}) as commands:
        yield commands


@pytest.fixture
def cli(store: Store, warm: Commands, tmp_path: Path) -> Cli:
    load_folder(store, write_folder(tmp_path / "cases", **TABLES))
    return Cli(warm)


def test_each_step_is_told_and_can_be_traced(cli: Cli) -> None:
    """Load, dispute, correct, retract, unretract, protect, unload, each read back."""
    shown = json.loads(cli("why", "d1", "--field", "started", "--format", "json"))
    assert [(c["value"], c["status"], c["file"], c["row"]) for c in shown[0]["claims"]].count(
        ("2025-01-07", "accepted", "detentions.csv", 2)
    ) == 1
    assert (shown[0]["shown"], shown[0]["disputed"]) == ("2025-01-07", True)
    assert {c["status"] for c in shown[0]["claims"]} == {"accepted", "conflict"}

    said = cli("why", "d1", "--field", "started", "--lang", "es")
    assert "(aceptado, informado)" in said and "(en conflicto, informado)" in said
    assert "accepted" not in said and "reported" not in said
    (tie,) = json.loads(cli("why", "d1", "eva", "--format", "json"))
    assert (tie["type"], tie["properties"]["confidence"]) == ("BECAUSE_OF", "alleged")
    assert [(c["confidence"], c["sources"][0]["url"]) for c in tie["claims"]] == [
        ("alleged", "https://example.org/2")
    ]

    cli("correct", "d1", "started=2025-01-08", "--source", "s1", "--why", "the file says so")
    assert "2025-01-08" in cli("show", "d1")
    assert "by hand" in cli("why", "d1", "--field", "started")

    cli("retract", "s2", "--why", "forged")
    assert "Nothing ties" in cli("why", "d1", "eva", code=2)
    assert "[retracted]" in cli("why", "d1")
    assert "held because of" not in cli("show", "d1")
    cli("unretract", "s2", "--why", "it was not")
    assert "held because of" in cli("show", "d1")

    cli("protect", "eva", "--why", "asked")
    assert "Eva Dos" not in cli("show", "d1")
    assert "Eva Dos" in cli("show", "d1", "--audience", "internal")
    cli("protect", "eva", "--lift", "--why", "agreed")
    assert "Eva Dos" in cli("show", "d1")

    cli("unload", "cases", code=130)
    cli("unload", "cases", "--yes")
    entries = json.loads(cli("history", "--format", "json", "--audience", "internal"))
    assert [(e["kind"], e["about"], e["why"]) for e in entries] == [
        ("load", "cases", ""),
        ("correct", "cases:d1 | started", "the file says so"),
        ("retract", entries[2]["about"], "forged"),
        ("unretract", entries[2]["about"], "it was not"),
        ("protect", "cases:eva", "asked"),
        ("unprotect", "cases:eva", "agreed"),
        ("unload", "cases", ""),
    ]
    assert all(entry["complete"] for entry in entries)
    assert {entry["who"] for entry in entries[1:]} == {"tester"}
    public = json.loads(cli("history", "--format", "json"))
    assert {entry["who"] for entry in public} == {"—"}
    assert len(entries[0]["files"]) == 5
    lines = cli("history", "--format", "md", "--lang", "es").splitlines()[2:]
    told = [[cell.strip() for cell in line.split("|")] for line in lines]
    assert [row[3] for row in told] == [
        "carga",
        "corrección",
        "retiro",
        "retiro revocado",
        "protección",
        "protección levantada",
        "descarga",
    ]
    assert told[0][8].startswith("nuevos: afirmaciones ")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("correct", "d1", "started", "--source", "s1", "--why", "x"), "sets nothing"),
        (("correct", "d1", "started=soon", "--source", "s1", "--why", "x"), "no date"),
        (("correct", "d1", "begun=2025", "--source", "s1", "--why", "x"), "no field"),
        (("correct", "ana", "is_minor=no", "--source", "s1", "--why", "x"), "no field"),
        (("correct", "d1", "started=2025", "--source", "ana", "--why", "x"), "not a source"),
        (("retract", "ana", "--why", "x"), "not a source or a claim"),
        (("protect", "s1", "--why", "x"), "not a person"),
        (("retract", "s1", "--why", ""), "needs a reason"),
        (("unload", "nothing", "--yes"), "No dataset"),
        (("why", "s9"), "Nothing here has the id"),
    ],
)
def test_what_cannot_be_done_is_said_plainly(
    cli: Cli, words: tuple[str, ...], message: str
) -> None:
    assert message in cli(*words, code=2)
