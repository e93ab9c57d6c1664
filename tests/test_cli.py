"""The command line as people and programs meet it: words, codes, pipes."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.tiny import holding as holding
from tests.tiny import loaded as loaded
from tests.tiny import tiny as tiny
from vinculos.cli import COMMANDS, main
from vinculos.commands.evidence import of_kind
from vinculos.commands.schema import markdown
from vinculos.errors import UsageError
from vinculos.graph.records import NodeRef
from vinculos.graph.store import Store
from vinculos.language import speaking

ROOT = Path(__file__).parent.parent
PROGRAM = (sys.executable, "-m", "vinculos.cli")


def run(words: Sequence[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *words],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


def offline(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which no command finds a running engine."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NEO4J_", "VINCULOS_"))}
    return kept | {"VINCULOS_HOME": str(tmp_path / "home"), "VINCULOS_LANG": "en"}


def test_help_is_quick_and_imports_no_engine() -> None:
    code = (
        "import sys, vinculos.cli as c\n"
        "assert c.main(['--help']) == 0\n"
        "heavy = {'neo4j', 'networkx', 'pyvis', 'rich', 'igraph', 'yaml'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    for name in COMMANDS:
        assert name in done.stdout


@pytest.mark.parametrize(
    "name",
    ["load", "map", "find", "show", "query", "queries", "analyze", "report", "schema", "doctor"],
)
def test_every_command_has_help_and_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, "--help"]) == 0
    assert f"vinculos {name}" in capsys.readouterr().out.partition("Example")[2]


def test_the_file_runs_by_itself(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "cli.py", "--version"], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0
    assert done.stdout.startswith("vinculos, version ")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["querry"], 2, "Did you mean query"),
        (["query"], 2, "vinculos queries"),
        (["query", "list_heald"], 2, "Did you mean list_held"),
        (["query", "list_held", "--format", "xml"], 2, "xml"),
        (["query", "none.cypher"], 2, "no query file"),
        (["queries", "list_heald"], 2, "Did you mean list_held"),
        (["--uri", "http://x", "queries"], 2, "Bolt address"),
        (["--uri", "bolt://127.0.0.1:1", "query", "whole"], 3, "Error:"),
        (["--lang", "fr", "queries"], 2, "fr"),
    ],
)
def test_codes_and_one_sentence(words: list[str], code: int, said: str, tmp_path: Path) -> None:
    done = run(words, offline(tmp_path))
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ["query"],
            2,
            "Error: Dé el nombre de una pregunta guardada, o una consulta Cypher con -c.",
        ),
        (["query", "list_heald"], 2, "¿Quiso decir list_held? Véalas todas: vinculos queries"),
        (["query", "none.cypher"], 2, "No hay ningún archivo de pregunta none.cypher."),
        (["query", "list_held", "--as-of", "ayer"], 2, "--as-of es 'ayer', que no es un día."),
        (["report", "nada"], 2, "No hay ningún informe 'nada'."),
        (["--uri", "http://x", "queries"], 2, "'http://x' no es una dirección Bolt."),
        (["load", "x", "--table", "peple"], 2, "¿Quiso decir people? Las tablas: sources, people"),
        (["view", "--depth", "2", "-o", "x.html"], 2, "--depth va con --around."),
        (["template", "x", "--xlsx"], 2, "Escriba: vinculos template x --simple --xlsx"),
        (
            ["query", "list_held", "--audience", "all"],
            2,
            "No existe el valor 'all' para --audience.",
        ),
        (["diff", "/no/such", "."], 2, "No hay ninguna carpeta, archivo ni respaldo /no/such."),
        (
            ["db", "backup", "/no/such/x", "--encrypt"],
            2,
            "La frase de contraseña es demasiado corta.",
        ),
    ],
)
def test_errors_are_said_in_spanish(
    words: list[str],
    code: int,
    said: str,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("VINCULOS_PASSPHRASE", "corta")
    assert main(["--lang", "es", *words]) == code
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["--lang", "es", "--bogus"], "es"),
        (["--lang=es", "--bogus"], "es"),
        (["--bogus", "--lang", "es"], "es"),
        (["--lang", "es", "query", "--bogus"], "es"),
        (["query", "list_held", "--lang", "es", "--bogus"], "es"),
        (["query", "list_held", "--bogus", "x", "--lang=es"], "es"),
        (["--lang", "en", "query", "--lang", "es", "--bogus"], "es"),
        (["--lang", "es", "query", "--lang", "en", "--bogus"], "en"),
        (["--lang", "en", "--bogus"], "en"),
        (["--lang", "fr", "--bogus"], ""),
        (["--bogus", "--", "--lang", "es"], ""),
        (["--bogus", "--lang"], ""),
        (["--bogus"], ""),
    ],
)
@pytest.mark.parametrize("locale", ["en_GB.UTF-8", "es_VE.UTF-8"])
def test_a_mistake_in_options_is_said_in_the_language_asked_for(
    words: list[str],
    asked: str,
    locale: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("VINCULOS_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    assert main(words) == 2
    refused = {"es": "No hay ninguna opción '--bogus'", "en": "No such option '--bogus'"}
    assert refused[asked or locale[:2]] in capsys.readouterr().err


def test_the_schema_in_spanish_names_its_lists_in_spanish(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--lang", "es", "schema"]) == 0
    said = capsys.readouterr().out
    assert "status (word: situación de una detención): situación" in said
    assert "->(cualquiera)" in said and "any" not in said.split("(") and " or " not in said


@pytest.mark.parametrize(
    ("lang", "labels", "said"),
    [
        ("en", ("Source", "Claim"), "x:ana is a person, not a source or a claim. Name another id."),
        (
            "es",
            ("Source", "Claim"),
            "x:ana es persona; aquí se espera fuente o afirmación. Dé otro id.",
        ),
        ("es", ("Source",), "x:ana es persona; aquí se espera fuente. Dé otro id."),
    ],
)
def test_what_cannot_be_decided_about_is_named(
    lang: str, labels: tuple[str, ...], said: str
) -> None:
    with speaking(lang), pytest.raises(UsageError) as refused:
        of_kind(NodeRef("Person", "x:ana"), labels)
    assert str(refused.value) == said


def test_saved_questions_are_listed_and_described(tmp_path: Path) -> None:
    listed = run(["queries", "--lang", "es"], offline(tmp_path)).stdout
    assert "find_hostages" in listed.partition("Vínculos\n")[2].partition("\n\n")[0]
    described = run(["queries", "list_held"], offline(tmp_path)).stdout
    assert "-p as_of=…  (date, default: today)" in described
    assert "MATCH (p:Person)" in described
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "list_mine.cypher").write_text("RETURN 1 AS one", "utf-8")
    own = run(["queries"], offline(tmp_path) | {"VINCULOS_QUERIES": str(mine)}).stdout
    assert "Your own\n  list_mine" in own


def test_data_model_page_is_current() -> None:
    page = (ROOT / "docs" / "data-model.md").read_text("utf-8")
    assert page == "\n".join(markdown("en")) + "\n", (
        "make it again: vinculos schema --format md --lang en > docs/data-model.md"
    )


def test_query_writes_data_alone_to_standard_output(
    tiny: Store, engine_env: dict[str, str]
) -> None:
    done = run(["query", "find_hostages", "--format", "csv"], engine_env)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["person"] for row in rows][0] == "Ana Prueba Uno"
    assert len(rows) == 2
    assert "Hidden from this audience" in done.stderr
    inside = run(
        ["query", "find_hostages", "--format", "jsonl", "--audience", "internal"], engine_env
    )
    assert len([json.loads(line) for line in inside.stdout.splitlines()]) == 3
    assert "Hidden" not in inside.stderr


def test_query_by_file_and_by_text(tiny: Store, engine_env: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "ask.cypher"
    path.write_text("MATCH (p:Person {id: $id}) RETURN p.name AS name", "utf-8")
    out = tmp_path / "answer.json"
    words = ["query", str(path), "-p", "id=tiny:ana-prueba", "--format", "json", "-o", str(out)]
    done = run(words, engine_env)
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads(out.read_text("utf-8")) == [{"name": "Ana Prueba Uno"}]
    table = tmp_path / "answer.csv"
    run(["query", str(path), "-p", "id=tiny:ana-prueba", "-o", str(table)], engine_env)
    assert table.read_text("utf-8") == "name\nAna Prueba Uno\n"
    done = run(["query", "-c", "RETURN $n + 1 AS m", "-p", "n:integer=1"], engine_env)
    assert done.stdout.split() == ["m", "─", "2"]
    done = run(["query", "-c", "RETURN $n AS n"], engine_env)
    assert done.returncode == 2 and "-p n=" in done.stderr
    done = run(["query", "-c", "CREATE (n:Person {id: 'x'})"], engine_env)
    assert done.returncode == 2 and "--write" in done.stderr
    assert tiny.read("MATCH (p:Person {id: 'x'}) RETURN p").rows == []


def test_choices_pass_the_gate_too(tiny: Store, engine_env: dict[str, str]) -> None:
    done = run(["queries", "show_person", "--choices"], engine_env)
    assert "tiny:ana-prueba" in done.stdout
    assert "olga-oculta" not in done.stdout and "nino-nombre" not in done.stdout


def test_find_and_show(tiny: Store, engine_env: dict[str, str]) -> None:
    found = run(["find", "anita", "--format", "json"], engine_env)
    assert [row["id"] for row in json.loads(found.stdout)] == ["tiny:ana-prueba"]
    page = run(["show", "ana-prueba", "--lang", "es", "--audience", "internal"], engine_env)
    assert page.returncode == 0, page.stderr
    for said in (
        "otros nombres: Anita Prueba [1]",
        "1. 2025-01-07 – ?: en detención (al 2025-06-01) [en disputa]",
        "· 2025-01-08 [",
        "aprehendida por → Cuerpo Ficticio Uno",
        "detenida a causa de → Bruno Prueba Dos (Synthetic family) (documentado)",
        "nombrada en relación con ← Darío Mando Ficticio (ordenó) (documentado)",
        "familia política de Bruno Prueba Dos (cuñada)",
        "Interview with a synthetic witness",
        "https://gaceta.example/first",
    ):
        assert said in page.stdout, page.stdout
    public = run(["show", "ana-prueba"], engine_env)
    assert "restricted source" in public.stdout
    assert "Interview" not in public.stdout and "Archivo Secreto" not in public.stdout
    assert "restricted sources: <3" in public.stderr
    secret = run(["show", "olga-oculta"], engine_env)
    assert (secret.returncode, secret.stdout) == (2, "")
    assert "withheld" in secret.stderr


def test_show_of_a_source_and_of_a_detention(tiny: Store, engine_env: dict[str, str]) -> None:
    source = run(["show", "s1"], engine_env)
    assert "First synthetic report" in source.stdout
    assert "cited for person Ana Prueba Uno" in source.stdout
    assert "cited for person Eva Prueba Seis" not in source.stdout
    custody = run(["show", "d-carla-2"], engine_env)
    assert custody.stdout.startswith("Carla Prueba Tres\ndetention · tiny:d-carla-2\n")
    assert "named in connection with ← Darío Mando Ficticio (ordered) (alleged)" in custody.stdout
    body = run(["show", "cuerpo-uno"], engine_env)
    assert "arrested by ← Ana Prueba Uno (2025-01-07 – ?)" in body.stdout
    assert "(Director; commands: yes; 2024-01-01 – ?)" in body.stdout


def test_show_leads_from_every_claim_to_its_source(tiny: Store, engine_env: dict[str, str]) -> None:
    row = tiny.read(
        "MATCH (c:Claim {table: 'detentions'})-[:ABOUT]->(:Detention {id: 'tiny:d-ana'}) "
        "RETURN c.id AS id"
    ).rows[0]
    done = run(["show", row["id"], "--format", "json", "--audience", "internal"], engine_env)
    data = json.loads(done.stdout)
    said = {(fact["field"], str(fact["value"])) for fact in data["facts"]}
    assert ("file", "detentions.csv") in said and ("row", "2") in said
    assert ("tiny:d-ana", "status = detained") in said
    assert all(fact["sources"][0]["title"] == "First synthetic report" for fact in data["facts"])


def test_show_of_a_minor_says_publisher_and_date_alone(
    tiny: Store, engine_env: dict[str, str]
) -> None:
    done = run(["show", "nino-nombre"], engine_env)
    assert done.returncode == 0
    assert "Minor " in done.stdout and "Gaceta Ficticia, 2025-01-12" in done.stdout
    for secret in ("nino-nombre", "Nino", "gaceta.example", "radio.example", "Third"):
        assert secret not in done.stdout


def test_unfinished_load_is_said(store: Store, engine_env: dict[str, str]) -> None:
    store.write("CREATE (:Load {id: 'half/1', dataset: 'half', complete: false})")
    done = run(["query", "whole", "--format", "json"], engine_env)
    assert json.loads(done.stdout) == []
    assert "A load of half did not finish" in done.stderr


def test_doctor(tiny: Store, engine_env: dict[str, str], tmp_path: Path) -> None:
    done = run(["doctor"], engine_env)
    assert done.returncode == 0, done.stdout
    assert "✓ It can write: yes" in done.stdout and "All is well." in done.stderr
    away = run(["--uri", "bolt://127.0.0.1:1", "doctor"], offline(tmp_path))
    assert away.returncode == 3
    assert "✗ It does not answer" in away.stdout


def test_doctor_tells_of_a_graph_of_an_older_version(
    store: Store, engine_env: dict[str, str]
) -> None:
    store.write("CREATE (:Detention {id: 'd'})-[:HELD_AT {claims: ['c']}]->(:Place {id: 'p'})")
    older = run(["doctor"], engine_env)
    assert older.returncode == 1
    assert "✗ Ties loaded by an older version" in older.stdout and "db wipe" in older.stdout


def test_reader_who_leaves_early_is_no_error(tiny: Store, engine_env: dict[str, str]) -> None:
    many = "UNWIND range(1, 20000) AS n RETURN n, 'some text to fill the pipe' AS text"
    for words in (["query", "-c", many, "--format", "jsonl"], ["--help"], ["schema"]):
        process = subprocess.Popen(
            [*PROGRAM, *words], env=engine_env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout and process.stderr
        process.stdout.close()
        complaint = process.stderr.read().decode()
        process.stderr.close()
        assert process.wait(60) == 0, complaint
        assert "Error" not in complaint and "Traceback" not in complaint


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_interrupt_leaves_with_130(tiny: Store, engine_env: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    long = (
        "UNWIND range(1, 3000) AS a UNWIND range(1, 7000) AS b WITH a + b AS n WHERE n < 0 RETURN n"
    )
    process = subprocess.Popen(
        [*PROGRAM, "query", "-c", long, "-o", str(out)],
        env=engine_env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=60)
    assert process.returncode == 130, complaint
    assert b"Interrupted" in complaint and b"Traceback" not in complaint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_terminal_is_internal_and_fits(tiny: Store, engine_env: dict[str, str]) -> None:
    import pty

    outer, inner = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, "query", "find_hostages"],
        env=engine_env | {"COLUMNS": "100", "LINES": "40"},
        stdout=inner,
        stderr=subprocess.PIPE,
    )
    os.close(inner)
    shown = b""
    while True:
        try:
            part = os.read(outer, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(outer)
    assert process.stderr
    process.stderr.close()
    assert process.wait(60) == 0
    text = shown.decode()
    assert "Olga" in text and "Oculta" in text
    assert "\x1b" not in text
    assert all(len(line) <= 100 for line in text.splitlines() if "http" not in line)
