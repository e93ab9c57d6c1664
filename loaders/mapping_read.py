"""Reading mapping files: every mistake in one is told, with its line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from yaml.nodes import MappingNode, Node

from vinculos.errors import InputError
from vinculos.language import gettext as _
from vinculos.language import spoken
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.cells import parse_cell, suggest
from vinculos.loaders.declare import Column, Table
from vinculos.loaders.mapping import Block, Cell, Each, Input, RowMapping, Use
from vinculos.loaders.mapping_nodes import Complaints, line_of, read_nodes
from vinculos.loaders.mapping_steps import Scope, Values
from vinculos.loaders.mapping_values import FirstOf, Steps, Template, Value
from vinculos.loaders.mapping_words import read_words

SHIPPED = "mappings"
"""The folder beside this module with the mappings that come with the program."""
SUFFIXES = (".yml", ".yaml")
TARGETS: Mapping[str, Table] = {
    name: table for name, table in TABLES.items() if name != "contradictions"
}
"""The tables that rows can be made of; a dispute shows by itself where sources differ."""
BLOCK = ("each", "let", "when", "unless", "columns", "rows")
ROOT = ("about", "words", "inputs", "missing")


def shipped_mappings() -> list[str]:
    """Return the names of the mappings that come with the program."""
    folder = resources.files("vinculos.loaders") / SHIPPED
    names = (entry.name for entry in folder.iterdir())
    return sorted(name.removesuffix(SUFFIXES[0]) for name in names if name.endswith(SUFFIXES[0]))


def find_mapping(text: str) -> Path:
    """Return the file that `text` means: a path, or the name of one that comes with the program.

    Raises:
        InputError: there is none.
    """
    path = Path(text)
    if path.is_file():
        return path
    if text in shipped_mappings():
        return Path(str(resources.files("vinculos.loaders") / SHIPPED / f"{text}{SUFFIXES[0]}"))
    raise InputError(
        _("There is no mapping {name!r}.").format(name=text),
        _("Name a file, or one that comes with the program: {names}.").format(
            names=", ".join(shipped_mappings())
        ),
    )


def read_mapping(text: str) -> RowMapping:
    """Return the mapping that a path or name means, checked whole.

    Raises:
        InputError: there is none, or it is no YAML.
        InvalidRows: it says something that cannot be; each problem names its line.
    """
    path = find_mapping(text)
    node, data = read_nodes(path, path.name)
    complaints = Complaints(path.name)
    reader = _Reader(complaints, path.parent)
    inputs = tuple(reader.inputs(node))
    complaints.refuse()
    own = (path.name, hashlib.sha256(data).hexdigest())
    return RowMapping(path.name, inputs, (own, *reader.values.files))


@dataclass(frozen=True)
class _Around:
    """What the blocks around one give it: names, columns, and the input that it is in."""

    scope: Scope
    cells: Mapping[str, Cell]
    input: str


class _Reader:
    """From nodes to inputs and blocks."""

    def __init__(self, complaints: Complaints, folder: Path) -> None:
        self.complaints = complaints
        self.folder = folder
        self.values = Values(complaints, folder)
        self.numbers: dict[str, int] = {}

    def inputs(self, root: Node) -> Iterator[Input]:
        """Yield the inputs of a whole file."""
        keys = (*ROOT, *BLOCK, *TARGETS)
        fields = self.complaints.fields(root, "", keys)
        if "about" in fields:
            self.complaints.text(fields["about"], "about")
        if "words" in fields:
            for name, node in self.complaints.fields(fields["words"], "words").items():
                words, files = read_words(node, name, self.folder, self.complaints)
                self.values.words[name] = words
                self.values.files += files
        if "inputs" not in fields:
            yield self._input("", root, fields)
            return
        for key in fields:
            if key not in ("about", "words", "inputs"):
                message = _("with `inputs` this belongs to one of them: move it there")
                self.complaints.wrong(fields[key], key, message)
        for name, node in self.complaints.fields(fields["inputs"], "inputs").items():
            known = ("missing", *BLOCK, *TARGETS)
            yield self._input(name, node, self.complaints.fields(node, name, known))

    def _input(self, name: str, node: Node, fields: dict[str, Node]) -> Input:
        missing = "error"
        if "missing" in fields:
            missing = self.complaints.text(fields["missing"], "missing")
            if missing not in ("error", "blank"):
                message = _("say what a missing column is: error, or blank")
                self.complaints.wrong(fields["missing"], "missing", message)
        self.values.uses = []
        self.numbers = {}
        block = self._block(node, fields, _Around(Scope(), {}, name))
        return Input(name, block, tuple(self.values.uses), missing == "blank")

    def _block(self, node: Node, fields: dict[str, Node], around: _Around) -> Block:
        scope = around.scope
        each = None
        if "each" in fields:
            each, scope = self._each(fields["each"], scope)
        given = []
        if "let" in fields:
            for name, value in self.complaints.fields(fields["let"], "let").items():
                if (
                    name in scope.names
                    or not name
                    or any(c in name for c in "{}#")
                    or (name == "item")
                ):
                    message = _("this name is taken, or holds a brace or `#`; choose another")
                    self.complaints.wrong(value, name, message)
                given.append((name, self.values.value(value, name, scope)))
                scope = scope.with_name(name)
        when, unless = (
            self.values.condition(fields[key], key, scope) if key in fields else None
            for key in ("when", "unless")
        )
        cells = dict(around.cells)
        shared: dict[str, Node] = {}
        if "columns" in fields:
            shared = self.complaints.fields(fields["columns"], "columns")
            for name, value in shared.items():
                cells[name] = Cell(self.values.value(value, name, scope), line_of(value))
        block = Block(line_of(node), each, tuple(given), when, unless)
        inner = _Around(scope, cells, around.input)
        tables = [key for key in fields if key in TARGETS]
        if len(tables) > 1 or (tables and ("rows" in fields or shared)):
            message = _("a block makes rows of one table; put each table behind a `-` under `rows`")
            self.complaints.wrong(fields[tables[-1]], tables[-1], message)
        elif tables:
            return self._leaf(block, TARGETS[tables[0]], fields[tables[0]], inner)
        elif "rows" not in fields:
            message = _("this makes no rows: name a table ({tables}), or give `rows`")
            self.complaints.wrong(node, "", message.format(tables=", ".join(TARGETS)))
        else:
            found = []
            for one in self.complaints.items(fields["rows"], "rows"):
                known = (*BLOCK, *TARGETS)
                found.append(self._block(one, self.complaints.fields(one, "rows", known), inner))
            block = replace(block, rows=tuple(found))
        self._check_shared(shared, block)
        return block

    def _check_shared(self, shared: dict[str, Node], block: Block) -> None:
        known = {c.name for name in block.tables() for c in TARGETS[name].all_columns}
        for name, value in shared.items():
            if name not in known:
                message = _("no table in this block has such a column{hint}")
                hint = suggest(name, list(known))
                self.complaints.wrong(value, name, message.format(hint=hint))

    def _each(self, node: Node, scope: Scope) -> tuple[Each, Scope]:
        if isinstance(node, MappingNode):
            fields = self.complaints.fields(node, "each", ("from", "split"))
            if set(fields) != {"from", "split"}:
                message = _("give `from` and `split`, such as {example}")
                example = '{from: "{Delitos}", split: ";"}'
                self.complaints.wrong(node, "each", message.format(example=example))
                return Each(), scope.with_item()
            text = self.values.value(fields["from"], "each", scope)
            split = self.values.separator(fields["split"])
            return Each(text=text, split=split), scope.with_item()
        pattern = self.complaints.text(node, "each")
        if pattern and "#" not in pattern:
            message = _("write `#` where the number stands, such as `unit:name:#`")
            self.complaints.wrong(node, "each", message)
        use = Use(pattern, line_of(node), numbered=True)
        self.values.uses.append(use)
        return Each(columns=use), scope.with_item(numbered=True)

    def _leaf(self, block: Block, table: Table, node: Node, around: _Around) -> Block:
        columns = {column.name: column for column in table.all_columns}
        # What the rows of a block have in common is what the sources say, not the sources.
        shared = around.cells if table.sourced else {}
        cells = {name: cell for name, cell in shared.items() if name in columns}
        side = None
        found = self.complaints.fields(node, table.name, [*columns, "side"])
        for name, value in found.items():
            made = self.values.value(value, f"{table.name}.{name}", around.scope)
            if name == "side":
                side = made
                continue
            cells[name] = Cell(made, line_of(value))
        for name, cell in cells.items():
            self._check_known(f"{table.name}.{name}", columns[name], cell)
        for column in table.all_columns:
            if column.required and column.name not in cells:
                message = _("the table needs this column: {what}")
                message = message.format(what=column.what(spoken()).lower())
                lacking = f"{table.name}.{column.name}"
                self.complaints.wrong(node, lacking, message)
        number = self.numbers[table.name] = self.numbers.get(table.name, 0) + 1
        name = "/".join(part for part in (around.input, f"{number}" * (number > 1)) if part)
        return replace(block, table=table, cells=cells, side=side, name=name)

    def _check_known(self, what: str, column: Column, cell: Cell) -> None:
        """Note texts that are known without any row and do not fit the column."""
        for line, text in _known_texts(cell.value):
            try:
                if text:
                    parse_cell(column, text)
            except ValueError as error:
                self.complaints.at(line, what, text, str(error))


def _known_texts(value: Value) -> Iterator[tuple[int, str]]:
    """Yield line and text of what a value may become, as far as no row is needed to tell."""
    if isinstance(value, Template):
        if (text := value.constant()) is not None:
            yield value.line, text
    elif isinstance(value, FirstOf):
        for one in value.values:
            yield from _known_texts(one)
    elif isinstance(value, Steps) and value.shape is None and value.key is None:
        if value.default is not None:
            yield from _known_texts(value.default)
        if value.dates is None and value.words is not None:
            yield from value.words.lines
            if value.otherwise is not None:
                yield from _known_texts(value.otherwise)
        elif value.dates is None and value.split is None:
            yield from _known_texts(value.start)
