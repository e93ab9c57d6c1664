"""A mapping file as YAML nodes that know their line: every scalar is text, nothing is ever run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from vinculos.errors import InputError, InvalidRows
from vinculos.loaders.cells import suggest
from vinculos.loaders.rows import Problem, label

MAX_BYTES = 1 << 18
MAX_DEPTH = 30
QUOTE_IT = 'a template stands in quotation marks, such as "{Nombre}"'


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
            self.wrong(node, what, "this takes keys with values, such as `name: …`")
            return {}
        allowed = None if known is None else list(known)
        found: dict[str, Node] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.wrong(key, what, QUOTE_IT)
            elif key.value in found:
                self.wrong(key, what, "this key stands here twice")
            elif allowed is not None and key.value not in allowed:
                hint = suggest(key.value, allowed) or f"; use one of {', '.join(allowed)}"
                self.wrong(key, what, f"there is no such key here{hint}")
            else:
                found[key.value] = value
        return found

    def items(self, node: Node, what: str) -> list[Node]:
        """Return the items of a list; what is none is noted."""
        if isinstance(node, SequenceNode):
            return list(node.value)
        self.wrong(node, what, "this takes a list: each item on a line of its own, behind a `-`")
        return []

    def text(self, node: Node, what: str) -> str:
        """Return the text of a scalar; what is none is noted."""
        if isinstance(node, ScalarNode):
            return str(node.value)
        unquoted = isinstance(node, MappingNode) and node.flow_style
        self.wrong(node, what, QUOTE_IT if unquoted else "this takes a text")
        return ""

    def refuse(self) -> None:
        """Stop where anything is wrong.

        Raises:
            InvalidRows: with all that is.
        """
        if self.problems:
            number = len(self.problems)
            raise InvalidRows(
                sorted(self.problems, key=lambda problem: problem.line),
                f"{number} problem{'s' if number > 1 else ''} in {self.name}; nothing was loaded.",
                "Correct the lines named above; docs/mappings.md says what a mapping may hold.",
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
        raise InputError(f"{name} is not UTF-8 text.", "Save it as UTF-8.") from None
    except OSError as error:
        raise InputError(
            f"{name} cannot be read: {error.strerror}.", "Check the name and its permissions."
        ) from error
    if len(data) > MAX_BYTES:
        raise InputError(f"{name} is longer than {MAX_BYTES:,} bytes.", "Is it a mapping?")
    try:
        _check(text, name)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise InputError(
            f"{name}:{line}: {label(error.problem or 'this is no YAML')}.",
            "Lines that belong together start in the same column; " + QUOTE_IT + ".",
        ) from None
    except yaml.YAMLError:
        raise InputError(
            f"{name} holds characters that YAML does not take.", "Write it anew as plain text."
        ) from None
    if node is None:
        raise InputError(f"{name} is empty.", "`vinculos map FILE -o M.yml` writes a first one.")
    return node, data


def _check(text: str, name: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise InputError(
                f"{name}:{line}: anchors (`&`) and aliases (`*`) are not used in mappings.",
                "Put quotation marks around a text that begins with one; use `let` to say "
                "something once.",
            )
        if getattr(event, "tag", None):
            raise InputError(
                f"{name}:{line}: tags (`!`) are not used in mappings.",
                "Put quotation marks around a text that begins with one.",
            )
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise InputError(f"{name}:{line}: it is nested too deeply.", "Is it a mapping?")
