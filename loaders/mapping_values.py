"""The values of a mapping: templates, and the steps from the cells of a row to a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from vinculos.graph.folding import fold
from vinculos.graph.records import short_hash
from vinculos.language import gettext as _
from vinculos.loaders.cells import suggest
from vinculos.loaders.mapping_dates import DateFormat, read_date
from vinculos.loaders.rows import MAX_CELL
from vinculos.loaders.simple_cells import slug

ITEM, NUMBER, HERE = "item", "#", ""
"""What templates call the part that is looked at, its number, and the text of the step before."""
COLUMN, GIVEN = "column", "given"
JOINT = ";"
"""Between the parts of a list in one cell, as the tables have it."""
_EDGES = " \t\n,;:/|-–—"
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


@dataclass(frozen=True)
class Text:
    """A text made of cells, and the columns that it was made of."""

    text: str
    columns: tuple[str, ...] = ()


class ValueFault(Exception):
    """A cell that cannot become what the mapping wants: the line there, the columns, the text."""

    def __init__(self, line: int, made: Text, message: str) -> None:
        """Take the mapping's line, the text in question, and the reason."""
        super().__init__(message)
        self.line, self.made, self.message = line, made, message


@dataclass
class Frame:
    """One row on its way: its cells, the name that each column has there, what was computed."""

    cells: Mapping[str, str]
    headers: Mapping[str, str]
    given: dict[str, Callable[[], Text]] = field(default_factory=dict)
    number: str = ""

    def within(self, number: str | None = None) -> Frame:
        """Return a frame for the rows inside a block, which adds nothing to this one."""
        given = dict(self.given)
        return Frame(self.cells, self.headers, given, self.number if number is None else number)

    def cell(self, name: str) -> Text:
        """Return the cell of a column, blank where the row has none; `#` stands for the number."""
        name = name.replace(NUMBER, self.number) if self.number else name
        header = self.headers.get(name, name)
        return Text(self.cells.get(header, ""), (header,))


class Value:
    """What a mapping writes where a text is wanted."""

    def text(self, frame: Frame, here: Text | None = None) -> Text:
        """Return the text that a row makes of it; `here` is the text of the step before.

        Raises:
            ValueFault: a cell does not fit.
        """
        raise NotImplementedError

    def constant(self) -> str | None:
        """Return the text where it is the same for every row, else None."""
        return None


@dataclass(frozen=True)
class Template(Value):
    """A text with the names of columns in braces; blank where every cell in it is.

    `parts` are texts, and pairs of where a name belongs and the name. Where some cells are blank,
    separators that are left over at the ends go.
    """

    parts: tuple[str | tuple[str, str], ...]
    line: int = 0

    def text(self, frame: Frame, here: Text | None = None) -> Text:
        """Return the text with the cells of a row."""
        texts: list[str] = []
        columns: list[str] = []
        filled = names = length = 0
        for part in self.parts:
            if isinstance(part, str):
                texts.append(part)
                continue
            where, name = part
            if where == COLUMN:
                found = frame.cell(name)
            elif name == HERE:
                found = here or Text("")
            elif name == NUMBER:
                found = Text(frame.number)
            else:
                found = frame.given[name]()
            texts.append(found.text)
            columns += found.columns
            names += 1
            filled += bool(found.text)
            if (length := length + len(found.text)) > MAX_CELL:
                message = _("this makes a text of more than {most:,} characters")
                message = message.format(most=MAX_CELL)
                raise ValueFault(self.line, Text("", (*found.columns,)), message)
        made = "".join(texts)
        if names and not filled:
            made = ""
        elif filled < names:
            made = made.strip(_EDGES)
        return Text(made.strip(), tuple(dict.fromkeys(columns)))

    def constant(self) -> str | None:
        """Return the text where no name stands in it."""
        if any(not isinstance(part, str) for part in self.parts):
            return None
        return "".join(part for part in self.parts if isinstance(part, str)).strip()


def split_template(text: str) -> list[str | tuple[str]]:
    """Return the parts of a template: texts, and names in tuples of one.

    A name is whatever stands between the braces, never looked into: nothing is run.

    Raises:
        ValueError: a brace has no partner.
    """
    parts: list[str | tuple[str]] = []
    at = 0
    for match in _BRACES.finditer(text):
        if match.start() > at:
            parts.append(text[at : match.start()])
        at = match.end()
        if match[0] in ("{{", "}}"):
            parts.append(match[0][0])
        elif match[1] is None:
            message = _(
                "a brace stands alone; names stand between {open} and {close}, and a brace itself "
                "is {twice} or {close_twice}"
            )
            raise ValueError(message.format(open="{", close="}", twice="{{", close_twice="}}"))
        else:
            parts.append((match[1].strip(),))
    if at < len(text):
        parts.append(text[at:])
    return parts


class Words:
    """What becomes of each word of a column; accents and case do not matter."""

    def __init__(self, pairs: Mapping[str, str], lines: Iterable[tuple[int, str]] = ()) -> None:
        """Take word to word; `lines` are the mapping's lines with what words become there."""
        self.values = dict(pairs)
        self.lines = tuple(lines)
        self._folded = {fold(word): value for word, value in pairs.items() if fold(word)}

    def find(self, text: str) -> str | None:
        """Return what becomes of a word, None where it is not in the list."""
        if text in self.values:
            return self.values[text]
        return self._folded.get(fold(text))

    def hint(self, text: str) -> str:
        """Return what to say of a word that is not in the list."""
        return suggest(text, list(self.values))


@dataclass(frozen=True)
class Steps(Value):
    """The steps from cells to a text, each left out where None; always in this order."""

    line: int
    start: Value
    when: Condition | None = None
    unless: Condition | None = None
    split: str | None = None
    part: int | None = None
    words: Words | None = None
    otherwise: Value | None = None
    dates: tuple[DateFormat, ...] | None = None
    key: str | None = None
    shape: Value | None = None
    default: Value | None = None

    def text(self, frame: Frame, here: Text | None = None) -> Text:
        """Return the text after all steps."""
        if (self.when and not self.when.holds(frame)) or (self.unless and self.unless.holds(frame)):
            return Text("")
        start = self.start.text(frame, here)
        parts = [start.text]
        if self.split is not None:
            parts = [part.strip() for part in start.text.split(self.split) if part.strip()]
            if self.part is not None:
                at = self.part - (self.part > 0)
                parts = [parts[at]] if -len(parts) <= at < len(parts) else []
        made = [self._step(Text(part, start.columns), frame) for part in parts if part]
        texts = [one.text for one in made if one.text]
        columns = tuple(dict.fromkeys(c for one in (start, *made) for c in one.columns))
        if not texts and self.default is not None:
            return self.default.text(frame, here)
        return Text(JOINT.join(texts), columns)

    def _step(self, part: Text, frame: Frame) -> Text:
        text, columns = part.text, part.columns
        if self.words is not None:
            found = self.words.find(text)
            if found is None and self.otherwise is None:
                raise ValueFault(
                    self.line,
                    part,
                    _(
                        "`words` has no such word{hint}; add it there, or say with `else` what "
                        "becomes of others"
                    ).format(hint=self.words.hint(text)),
                )
            text = found if found is not None else self.otherwise.text(frame, part).text  # type: ignore[union-attr]
        if text and self.dates is not None:
            try:
                text = read_date(text, self.dates)
            except ValueError as error:
                raise ValueFault(self.line, part, str(error)) from None
        if text and self.key == "slug":
            text = slug(text)
        elif text and self.key == "hash":
            text = short_hash(fold(text) or text)[:12]
        if text and self.shape is not None:
            shaped = self.shape.text(frame, Text(text, columns))
            text, columns = shaped.text, (*columns, *shaped.columns)
        return Text(text, columns)


@dataclass(frozen=True)
class FirstOf(Value):
    """Several values, of which the first that is not blank counts."""

    line: int
    values: tuple[Value, ...]

    def text(self, frame: Frame, here: Text | None = None) -> Text:
        """Return the first text that is not blank."""
        columns: list[str] = []
        for value in self.values:
            found = value.text(frame, here)
            if found.text:
                return found
            columns += found.columns
        return Text("", tuple(dict.fromkeys(columns)))


@dataclass(frozen=True)
class Condition:
    """When something counts: `tests` are pairs of a value and the texts that it may be.

    Without texts it only must not be blank. All of the tests hold, or any of `options`.
    """

    tests: tuple[tuple[Value, tuple[str, ...] | None], ...] = ()
    options: tuple[Condition, ...] = ()

    def holds(self, frame: Frame) -> bool:
        """Return whether it holds for a row."""
        if self.options:
            return any(option.holds(frame) for option in self.options)
        return all(_is_one_of(value.text(frame).text, wanted) for value, wanted in self.tests)


def _is_one_of(text: str, wanted: tuple[str, ...] | None) -> bool:
    if wanted is None:
        return bool(text)
    return any(text == one or (fold(one) and fold(text) == fold(one)) for one in wanted)
