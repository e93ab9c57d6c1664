"""A mapping file as YAML nodes that know their line: every scalar is text, nothing is ever run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from vinculos.errors import InputError, InvalidRows
from vinculos.graph.counts import fill
from vinculos.language import gettext as _
from vinculos.loaders.cells import suggest
from vinculos.loaders.csv_file import unreadable
from vinculos.loaders.rows import Problem, label

MAX_BYTES = 1 << 18
MAX_DEPTH = 30
EXAMPLE = '"{Nombre}"'
"""A template as it stands in a mapping."""


def quote_it() -> str:
    """Return what to say of a template without its quotation marks."""
    return _("a template stands in quotation marks, such as {example}").format(example=EXAMPLE)


class Complaints:
    """What is wrong with a mapping file, each with its line."""

    def __init__(self, name: str) -> None:
        """Take the name of the mapping file, as it is shown."""
        self.name = name
        self.problems: list[Problem] = []

    def wrong(self, node: Node, what: str, message: str) -> None:
        """Note that something is wrong with `what` at a node."""
        text = str(node.value) if isinstance(node, ScalarNode) else ""
        self.at(line_of(node), what, text, message)

    def at(self, line: int, what: str, text: str, message: str) -> None:
        """Note that the text of `what` on a line is wrong."""
        self.problems.append(Problem(self.name, line, what, label(text), message, whole=True))

    def fields(self, node: Node, what: str, known: Iterable[str] | None = None) -> dict[str, Node]:
        """Return key to node of a mapping; unknown and double keys are noted.

        Args:
            node: the mapping.
            what: what it is called in messages.
            known: the keys that it may have; any where None.
        """
        if not isinstance(node, MappingNode):
            self.wrong(node, what, _("this takes keys with values, such as `name: …`"))
            return {}
        allowed = None if known is None else list(known)
        found: dict[str, Node] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.wrong(key, what, quote_it())
            elif key.value in found:
                self.wrong(key, what, _("this key stands here twice"))
            elif allowed is not None and key.value not in allowed:
                said = _("there is no such key here; use one of {keys}")
                if hint := suggest(key.value, allowed):
                    said = _("there is no such key here{hint}")
                self.wrong(key, what, said.format(keys=", ".join(allowed), hint=hint))
            else:
                found[key.value] = value
        return found

    def items(self, node: Node, what: str) -> list[Node]:
        """Return the items of a list; what is none is noted."""
        if isinstance(node, SequenceNode):
            return list(node.value)
        said = _("this takes a list: each item on a line of its own, behind a `-`")
        self.wrong(node, what, said)
        return []

    def text(self, node: Node, what: str) -> str:
        """Return the text of a scalar; what is none is noted."""
        if isinstance(node, ScalarNode):
            return str(node.value)
        unquoted = isinstance(node, MappingNode) and node.flow_style
        self.wrong(node, what, quote_it() if unquoted else _("this takes a text"))
        return ""

    def refuse(self) -> None:
        """Stop where anything is wrong.

        Raises:
            InvalidRows: with all that is.
        """
        if self.problems:
            said = _("{problems:problem|problems} in {file}; nothing was loaded.")
            raise InvalidRows(
                sorted(self.problems, key=lambda problem: problem.line),
                fill(said, problems=len(self.problems), file=self.name),
                _("Correct the lines named above; docs/mappings.md says what a mapping may hold."),
            )


def line_of(node: Node) -> int:
    """Return the line that a node starts on, from 1."""
    return int(node.start_mark.line) + 1


def read_nodes(path: Path, name: str) -> tuple[Node, bytes]:
    """Return the root node of a YAML file, and its bytes.

    Anchors, aliases and tags are refused: a mapping needs none, and they are how YAML does harm.

    Args:
        path: the file.
        name: what it is called in messages.

    Raises:
        InputError: it cannot be read, or is no such YAML; the message names the line.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(
            _("{file} is not UTF-8 text.").format(file=name), _("Save it as UTF-8.")
        ) from None
    except OSError as error:
        raise unreadable(name, error) from error
    if len(data) > MAX_BYTES:
        raise InputError(
            _("{file} is longer than {most:,} bytes.").format(file=name, most=MAX_BYTES),
            _("Is it a mapping?"),
        )
    try:
        _check(text, name)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise InputError(
            _("{file}:{line}: {reason}.").format(
                file=name, line=line, reason=_reason(error.problem)
            ),
            _(
                "Lines that belong together start in the same column; a template stands in "
                "quotation marks, such as {example}."
            ).format(example=EXAMPLE),
        ) from None
    except yaml.YAMLError:
        raise InputError(
            _("{file} holds characters that YAML does not take.").format(file=name),
            _("Write it anew as plain text."),
        ) from None
    if node is None:
        raise InputError(
            _("{file} is empty.").format(file=name),
            _("`vinculos map FILE -o M.yml` writes a first one."),
        )
    return node, data


def _reason(problem: str | None) -> str:
    """Return why a text is no YAML, in the language spoken."""
    reasons = {
        None: _("this is no YAML"),
        "mapping values are not allowed here": _("mapping values are not allowed here"),
        "could not find expected ':'": _("could not find expected ':'"),
        "found unexpected end of stream": _("found unexpected end of stream"),
        "found character '\\t' that cannot start any token": _(
            "found character '\\t' that cannot start any token"
        ),
    }
    return reasons.get(problem) or label(str(problem))


def _check(text: str, name: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        place = f"{name}:{event.start_mark.line + 1 if event.start_mark else 1}"
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise InputError(
                _("{place}: anchors (`&`) and aliases (`*`) are not used in mappings.").format(
                    place=place
                ),
                _(
                    "Put quotation marks around a text that begins with one; use `let` to say "
                    "something once."
                ),
            )
        if getattr(event, "tag", None):
            raise InputError(
                _("{place}: tags (`!`) are not used in mappings.").format(place=place),
                _("Put quotation marks around a text that begins with one."),
            )
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise InputError(
                _("{place}: it is nested too deeply.").format(place=place), _("Is it a mapping?")
            )
