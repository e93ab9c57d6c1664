"""What the program says is said in Spanish too."""

from __future__ import annotations

import ast
import os
import re
import string
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Message

from tests import messages
from vinculos import errors
from vinculos.cli import COMMANDS, LazyGroup, cli, main

SAID = messages.said()
SPOKEN = {
    *(name for name, kind in vars(errors).items() if isinstance(kind, type)),
    *("RowError", "ValueFault", "Problem", "problem", "note", "echo", "say", "confirm", "prompt"),
    *("Cell", "Unknown", "wrong"),
}
"""What is called with a text that a person reads."""


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def places(text: str) -> set[tuple[str, str | None, bool]]:
    """Return the places of a template: their names, their conversions, whether they count."""
    return {
        (name, conversion, "|" in (spec or ""))
        for _, name, spec, conversion in string.Formatter().parse(text)
        if name is not None
    }


def ours() -> list[Message]:
    """Return the program's own texts; those of click change with its version."""
    return [m for m in SAID if m.id and not m.locations[0][0].startswith("click/")]


@pytest.mark.parametrize("path", messages.CATALOGS, ids=str)
def test_every_text_is_translated(path: Path) -> None:
    """`make messages` brings new ones into the catalogue, where they wait for their words."""
    catalog = messages.read(path)
    known = {message.id: message for message in catalog if message.id}
    of_click = {id for id, found in known.items() if found.locations[0][0].startswith("click/")}
    missing = [
        said.id for said in ours() if said.id not in known or not all(forms(known[said.id].string))
    ]
    assert missing == []
    assert set(known) - of_click - {said.id for said in SAID} == set()


@pytest.mark.parametrize("path", messages.CATALOGS, ids=str)
def test_a_translation_has_the_places_of_its_text(path: Path) -> None:
    for message in messages.read(path):
        for said in (
            forms(message.string) if message.id and "python-brace-format" in message.flags else ()
        ):
            assert places(said) <= set().union(*map(places, forms(message.id))), message.id
            assert len(places(said)) >= min(len(places(text)) for text in forms(message.id))
        assert message.fuzzy is False or not message.id


def untold(path: Path) -> Iterator[str]:
    """Yield the texts of a module that go to a person as they stand."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.JoinedStr) and any(map(_looks_up, ast.walk(call))):
            yield f"{path}:{call.lineno}: Babel does not find _(…) inside an f-string"
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name == "_" and not all(isinstance(a, ast.Constant) for a in call.args):
            yield f"{path}:{call.lineno}: what _() takes is looked up as it stands"
        for given in (*call.args, *(k.value for k in call.keywords)) if name in SPOKEN else ():
            if any(_letters(part) or _prose(part) for part in _parts(given)):
                yield f"{path}:{given.lineno}: write it as _(…)"


def _parts(node: ast.expr) -> Iterator[ast.expr]:
    """Yield what a text is put together from, but not what calls return."""
    if isinstance(node, ast.BinOp):
        yield from (*_parts(node.left), *_parts(node.right))
    elif isinstance(node, ast.IfExp):
        yield from (*_parts(node.body), *_parts(node.orelse))
    else:
        yield node


def _looks_up(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_"


def _letters(node: ast.expr) -> bool:
    """Return whether a text with gaps says anything itself."""
    return isinstance(node, ast.JoinedStr) and any(
        isinstance(part, ast.Constant) and any(map(str.isalpha, str(part.value)))
        for part in node.values
    )


def _prose(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value


def program() -> list[Path]:
    left_out = ("tests", "benchmarks", "build", ".venv")
    return [
        path
        for path in sorted(messages.ROOT.rglob("*.py"))
        if path.relative_to(messages.ROOT).parts[0] not in left_out
    ]


def test_no_text_goes_past_the_catalogue() -> None:
    assert [line for path in program() for line in untold(path)] == []


def test_the_help_of_the_program_changes_its_language(capsys: pytest.CaptureFixture[str]) -> None:
    """Click keeps the words of --help that it made first."""
    for lang, usage, shown in (
        ("en", "Usage: vinculos [OPTIONS] COMMAND", "Show this message"),
        ("es", "Uso: vinculos [OPCIONES] ORDEN", "Muestra esta ayuda"),
        ("en", "Usage: vinculos [OPTIONS] COMMAND", "Show this message"),
    ):
        assert main(["--lang", lang, "--help"]) == 0
        said = capsys.readouterr().out
        assert usage in said and shown in said
        assert main(["--lang", lang, "querry"]) == 2
        assert usage in capsys.readouterr().err


def commands() -> Iterator[click.Command]:
    for name in COMMANDS:
        command = LazyGroup.get_command(cli, click.Context(cli), name)
        assert command
        yield command
        yield from command.commands.values() if isinstance(command, click.Group) else ()


def test_every_value_has_a_name_that_is_translated() -> None:
    """Click would name it after its type, in English."""
    for command in commands():
        for param in command.params:
            assert (
                param.metavar
                or isinstance(param.type, click.Choice)
                or (isinstance(param, click.Option) and param.is_flag)
            ), (command.name, param.name)


def test_a_wrong_number_is_told_in_spanish(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "es", "find", "x", "--limit", "many"]) == 2
    assert "'many' no es válido: se espera un número entero." in capsys.readouterr().err


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_in_the_language_of_the_command_line(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "es", name, "--help"]) == 0
    spanish = capsys.readouterr().out
    assert main(["--lang", "en", name, "--help"]) == 0
    english = capsys.readouterr().out
    assert "Uso:" in spanish and "Opciones:" in spanish and "Muestra esta ayuda" in spanish
    assert "Usage:" in english and "Options:" in english
    prose = {line for line in stripped(english) if len(line.split()) > 4} - examples(english)
    assert prose and not prose & stripped(spanish)
    assert {without_quoted(line) for line in examples(english)} == {
        without_quoted(line) for line in examples(spanish)
    }


def stripped(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines()}


def examples(text: str) -> set[str]:
    """Return the command lines of a help, which are typed alike in every language."""
    return {
        line.strip()
        for line in text.splitlines()
        if line.startswith(("    vinculos ", "    curl "))
    }


def without_quoted(line: str) -> str:
    """Return a command line without the reason in quotes, which is in the language of the help."""
    return re.sub(r'--why ".*"', "--why", line)


def test_the_whole_help_is_in_spanish_where_the_locale_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("VINCULOS_LANG", raising=False)
    monkeypatch.setenv("LC_ALL", "es_VE.UTF-8")
    before = os.environ.get("LANGUAGE")
    assert main(["--help"]) == 0
    spoken = capsys.readouterr().out
    assert "Órdenes:" in spoken and "Options:" not in spoken and "Show this" not in spoken
    assert os.environ.get("LANGUAGE") == before


def test_a_wrong_option_is_told_in_the_language_given_before_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--lang", "es", "load", "--bogus"]) == 2
    assert "No hay ninguna opción '--bogus'" in capsys.readouterr().err
    assert main(["load", "--bogus", "--lang", "en"]) == 2
    assert "No such option" in capsys.readouterr().err
