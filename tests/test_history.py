from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SettingsOf
from tests.faults.warm import Commands
from tests.folders import write_folder
from vinculos.formats.answer_words import ACTION
from vinculos.graph.decisions import OPPOSITES
from vinculos.graph.same_people import PAIRED
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

    assert "2025-01-07" in cli("why", "d1", "--field", "detención desde")

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


def test_a_file_of_no_known_format_is_not_written(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "answer.pdf"
    assert "called pdf" in cli("history", "-o", str(path), code=2) and not path.exists()
    cli("history", "-o", str(path.with_suffix(".txt")))
    assert "Changed: 1 node." in told_of_correction(cli)


def told_of_correction(cli: Cli) -> str:
    words = ("correct", "d1", "started=2025-01-08", "--source", "s1", "--why", "x")
    return cli.commands.run(words, SECONDS).err


def test_every_kind_of_load_and_decision_has_words_in_both_languages() -> None:
    loads = {"load", "replace", "unload", "correct"}
    kinds = {*loads, *OPPOSITES.keys(), *OPPOSITES.values(), *PAIRED}
    assert kinds == set(ACTION)


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


TIES = {
    "people": "person_id,name,gender,nationality,is_minor,source_ids\n"
    "ana,Ana Uno,f,Venezuelan;Spain,,s1\neva,Eva Dos,,,,s1\nmin,Mina Tres,,,yes,s1\n",
    "organizations": "org_id,name,kind,source_ids\ncuerpo,Cuerpo Ficticio,intelligence,s1\n",
    "positions": "person_id,org_id,title,commands,started_on,ended_on,source_ids\n"
    "eva,cuerpo,Director,yes,2019,2020-03-04,s1\neva,cuerpo,Inspector,no,2010,2015,s2\n",
    "places_of_detention": "place_id,name,kind,source_ids\nuno,Lugar Uno,prison,s1\n",
    "detentions": "detention_id,person_id,started_on,place_id,source_ids\n"
    "d1,ana,2025-01-07,uno,s3\nd2,min,2025-01-07,uno,s1\n",
    "charges": "charge_id,name_en,name_es,source_ids\nodio,Incitement,Incitación,s1\n",
    "accusations": "subject_id,charge_id,status,source_ids,as_of\n"
    "d1,odio,convicted,s2,2025-05\nd2,odio,accused,s3,2025-02\n",
    "relationships": "from_person_id,to_person_id,kind,detail,source_ids\n"
    "ana,eva,relative_of,cousin,s1\neva,min,parent_of,,s1\n",
    "contradictions": "subject_id,field,value_a,source_a,value_b,source_b\n"
    "ana,relation_to_eva,sister,s1,cousin,s2\n"
    "ana,age,26,s1,29,s2\nana,sex,woman,s1,boy,s2\nana,age_by_the_file,old,s1,young,s2\n"
    "d1,place,Lugar Uno,s1,somewhere else,s2\n"
    "d1,days_without_news,3,s1,5,s2\n"
    "d2,days_without_news,4,s1,4,s2\n",
}


def shown(cli: Cli, *words: str) -> list[str]:
    """Return the lines that say what shows, without the claims behind it."""
    said = cli("why", *words, "--lang", "es").splitlines()
    return [line for line in said if not line.startswith(" ")]


@pytest.fixture
def tied(store: Store, warm: Commands, tmp_path: Path) -> Cli:
    load_folder(store, write_folder(tmp_path / "cases", **TIES))
    earlier = (
        "subject_id,charge_id,status,source_ids,as_of\ncases:d1,cases:odio,accused,s1,2025-02\n"
    )
    load_folder(store, write_folder(tmp_path / "earlier", accusations=earlier))
    return Cli(warm)


def test_what_shows_on_a_tie_is_told_as_it_shows(tied: Cli) -> None:
    """A charge's status stands on the tie: it was told as `nothing shown`."""
    said = shown(tied, "d1")
    assert "imputación de: situación → Incitación: condena" in said
    assert "recluida en: Lugar Uno [en disputa]" in said
    assert "days without news: no se muestra nada [en disputa]" in said
    # Free words show once those who say them agree; a field of the custody shows as ever.
    assert "days without news: 4" in shown(tied, "d2")
    assert "detención desde: 2025-01-07" in said
    assert sorted(shown(tied, "eva", "--field", "HOLDS_POST.ended")) == [
        "ocupa un cargo en: hasta → Cuerpo Ficticio: 2015",
        "ocupa un cargo en: hasta → Cuerpo Ficticio: 2020-03-04",
    ]
    (entry,) = json.loads(tied("why", "d1", "--field", "CHARGED_WITH.status", "--format", "json"))
    assert (entry["other"], entry["name"], entry["shown"], entry["disputed"]) == (
        "cases:odio",
        "Incitement",
        "convicted",
        False,
    )
    assert [claim["value"] for claim in entry["claims"]].count("accused") == 1


def test_a_claim_is_what_others_are_traced_to(tied: Cli) -> None:
    (entry,) = json.loads(tied("why", "d1", "--field", "started", "--format", "json"))
    claim = entry["claims"][0]["claim"]
    said = tied("why", claim, "--lang", "es", code=2)
    assert f"{claim} es una afirmación" in said and f"vinculos show {claim}" in said
    assert "is a claim" in tied("why", "d1", claim, code=2)


def test_a_kind_of_tie_in_dispute_is_told_with_who_is_what_to_whom(tied: Cli) -> None:
    (said,) = shown(tied, "ana", "--field", "RELATED_TO")
    assert said == "vinculada con → Eva Dos: cases:ana — familiar de → cases:eva [en disputa]"
    claims = tied("why", "ana", "--field", "RELATED_TO")
    assert "sister (in conflict" in claims and "cousin (in conflict" in claims


def test_usual_words_are_told_in_the_language_of_the_reader(tied: Cli) -> None:
    told = tied("show", "ana", "--lang", "es")
    for said in (
        "nacionalidad: venezolana; España",
        "edad\n",
        "· hermana [",
        "· prima o primo [",
        "· mujer [",
        "· niño [",
        "familiar de Eva Dos (prima o primo)",
        # Real free text stays as it is.
        "age by the file\n",
        "· young [",
    ):
        assert said in told, told
    assert "nationality: Venezuelan; Spain" in tied("show", "ana")
    assert "vinculada con: qué es la primera → Eva Dos: prima o primo" in shown(tied, "ana")


def test_what_a_tie_shows_follows_what_is_taken_back(tied: Cli) -> None:
    tied("retract", "s2", "--why", "forged")
    assert "imputación de: situación → Incitación: acusación" in shown(tied, "d1")
    # Of the two claims one fell; both stand under what shows without it.
    told = tied("why", "d1", "--field", "CHARGED_WITH.status")
    assert told.count("  · ") == 2 and "fallen by decision/" in told
    tied("retract", "s1", "--why", "forged")
    assert "imputación de: situación → cases:odio: no se muestra nada" in shown(tied, "d1")


def test_what_an_audience_may_not_see_of_a_tie_is_not_told(tied: Cli, tmp_path: Path) -> None:
    profile = tmp_path / "mine.yaml"
    profile.write_text(
        "audience: {en: mine, es: los míos}\nminors: pseudonym\nprotected_people: drop\n"
        "restricted_sources: kind\nfields:\n  CHARGED_WITH: {status: drop}\n"
        "  RELATED_TO: {kind: drop}\n  HOLDS_POST: {ended: {coarsen: year}}\n",
        "utf-8",
    )
    mine = ("--audience", str(profile))
    said = tied("why", "d1", *mine)
    assert "convicted" not in said and "2025-01-07" in said
    assert "sister" not in tied("why", "ana", *mine)
    posts = tied("why", "eva", "--field", "HOLDS_POST.ended", *mine)
    assert "2020" in posts and "2020-03" not in posts
    tied("protect", "eva", "--why", "asked")
    assert "Eva" not in tied("why", "ana", "--audience", "public")


def test_a_correction_may_be_written_as_people_write(cli: Cli, store: Store) -> None:
    """Fields and words by their names in Spanish, the day first; the answer is in Spanish too."""
    words = ("--source", "s1", "--why", "x")
    for given, field, kept, shown in (
        ("Situación=en libertad", "status", "released", "situación es en libertad"),
        ("detención desde=09/04/2025", "started", "2025-04-09", "detención desde es 2025-04-09"),
        ("status=released", "status", "released", ""),
    ):
        assert shown in cli("--lang", "es", "correct", "d1", given, *words)
        (row,) = store.read(f"MATCH (d:Detention) RETURN d.{field} AS said").rows
        assert row["said"] == kept
    error = cli("--lang", "es", "correct", "d1", "situación=xyz", *words, code=2)
    assert "en libertad" in error and "released" not in error


def test_no_correction_names_a_minor(cli: Cli, store: Store, tmp_path: Path) -> None:
    people = "person_id,name,is_minor,source_ids\nnino,child 1,yes,s1\n"
    load_folder(store, write_folder(tmp_path / "more", people=people), space="cases")
    for field in ("name", "aliases"):
        words = ("correct", "nino", f"{field}=Zeta Prueba", "--source", "s1", "--why", "x")
        error = cli(*words, code=2)
        assert "is a minor" in error and "Zeta" not in error
    assert store.read("MATCH (c:Claim {table: 'corrections'}) RETURN c").rows == []
    cli("correct", "nino", "gender=m", "--source", "s1", "--why", "x")
