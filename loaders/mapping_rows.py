"""From a row of any file to the rows of our tables that a mapping makes of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from vinculos.graph.dates import parse_date
from vinculos.graph.folding import fold
from vinculos.graph.minors import ADULT
from vinculos.language import gettext as _
from vinculos.loaders.cells import FLAGS
from vinculos.loaders.mapping import Block, Each, Input, Use
from vinculos.loaders.mapping_values import ITEM, Frame, Text, Value, ValueFault
from vinculos.loaders.personal import may_be_minor
from vinculos.loaders.rows import RawRow

MARKS = ("is_minor", "born")
NAMES = ("name", "aliases")
MOST_ROWS, MOST_TEXT = 10_000, 20_000_000
"""Rows that may be made of one row, and the characters in them; more would fill the memory."""


def called(made: Text) -> str:
    """Return how problems call a text: by the columns that it was made of."""
    return ", ".join(made.columns) or _("constant")


@dataclass(frozen=True)
class Made:
    """A row of one of our tables; `texts` are its cells by column, with what they were made of.

    `lines` gives the mapping's line of each column; `side` is as in `ParsedRow`.
    """

    block: Block
    texts: Mapping[str, Text]
    side: str

    @property
    def cells(self) -> dict[str, str]:
        """The cells that are not blank."""
        return {name: made.text for name, made in self.texts.items() if made.text}

    def shown(self, mapping: str) -> dict[str, str]:
        """Return how problems call each column: those of the file, and the mapping's line."""
        return {
            name: f"{called(made)} → {name} ({mapping}:{self.block.cells[name].line})"
            for name, made in self.texts.items()
        }


@dataclass
class Outcome:
    """What a row becomes: `rows`, and `faults` of cells that cannot become what is wanted.

    `broken` are rows with such a cell and a key, to which others may refer.

    `secret` says that the row may be about a minor: no text of it may be shown; `names` are the
    names in it, `columns` those of the file that they stand in. `minors` are the names of those who
    are minors, as far as the row tells, or whose mark or date of birth cannot be read. `unread`
    says that a mark of minors cannot be read, so that columns may be mixed up.
    """

    rows: list[Made] = field(default_factory=list)
    broken: list[Made] = field(default_factory=list)
    faults: list[ValueFault] = field(default_factory=list)
    secret: bool = False
    names: set[str] = field(default_factory=set)
    columns: set[str] = field(default_factory=set)
    minors: set[str] = field(default_factory=set)
    unread: bool = False


class _TooMuch(Exception):
    """A row becomes more than the memory should hold; the line of the block."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


class RowMaker:
    """Makes rows of the rows of one file or sheet."""

    def __init__(self, given: Input, header: Mapping[str, str]) -> None:
        """Take what becomes of the file, and its columns by the name that the mapping has."""
        self._block = given.block
        self._headers = header
        self._numbers: dict[Use, dict[str, str]] = {}
        self._blocks = self._text = 0

    def rows(self, raw: RawRow) -> Outcome:
        """Return what a row becomes."""
        outcome = Outcome()
        seen: set[tuple[int, str, str]] = set()

        def wrong(fault: ValueFault) -> None:
            said = (fault.line, fault.made.text, fault.message)
            if said not in seen:
                seen.add(said)
                outcome.faults.append(fault)

        self._blocks = self._text = 0
        try:
            self._run(self._block, Frame(raw.cells, self._headers), outcome, wrong)
        except _TooMuch as fault:
            outcome.rows.clear()
            message = _("one row would become more than {most:,} rows, or too much text")
            wrong(ValueFault(fault.line, Text(""), message.format(most=MOST_ROWS)))
        for made in outcome.rows:
            if not _is_person(made.block):
                continue
            minor = _is_minor(made, outcome)
            if minor is not False:
                outcome.minors |= _names(made)
            if minor and (named := _named_key(made)):
                wrong(named)
        return outcome

    def _run(
        self, block: Block, around: Frame, outcome: Outcome, wrong: Callable[[ValueFault], None]
    ) -> None:
        try:
            frames = list(self._frames(block.each, around))
        except ValueFault as fault:
            wrong(fault)
            return
        for frame in frames:
            self._blocks += 1
            if self._blocks > MOST_ROWS or self._text > MOST_TEXT:
                raise _TooMuch(block.line)
            for name, value in block.given:
                frame.given[name] = _once(value, frame)
            try:
                if (block.when and not block.when.holds(frame)) or (
                    block.unless and block.unless.holds(frame)
                ):
                    continue
            except ValueFault as fault:
                wrong(fault)
                continue
            if block.table is not None:
                self._leaf(block, frame, outcome, wrong)
            for one in block.rows:
                self._run(one, frame, outcome, wrong)

    def _frames(self, each: Each | None, around: Frame) -> Iterator[Frame]:
        if each is None:
            yield around.within()
        elif each.columns is not None:
            if each.columns not in self._numbers:
                self._numbers[each.columns] = each.columns.numbers(self._headers)
            for number, column in self._numbers[each.columns].items():
                if item := around.cells.get(column, ""):
                    yield _with_item(around.within(number), Text(item, (column,)))
        elif each.text is not None:
            made = each.text.text(around)
            for part in dict.fromkeys(part.strip() for part in made.text.split(each.split)):
                if part:
                    yield _with_item(around.within(), Text(part, made.columns))

    def _leaf(
        self, block: Block, frame: Frame, outcome: Outcome, wrong: Callable[[ValueFault], None]
    ) -> None:
        texts: dict[str, Text] = {}
        faults: dict[str, ValueFault] = {}
        for name, cell in block.cells.items():
            try:
                texts[name] = cell.value.text(frame)
            except ValueFault as fault:
                faults[name] = fault
                texts[name] = fault.made
        try:
            side = block.side.text(frame).text if block.side else ""
        except ValueFault as fault:
            faults["side"] = fault
            side = ""
        self._text += sum(len(made.text) for made in texts.values())
        parts = (block.name, side, texts.get("source_ids", Text("")).text)
        made = Made(block, texts, "|".join(part for part in parts if part))
        unread = not set(MARKS).isdisjoint(faults)
        if _is_person(block) and (unread or may_be_minor(made.cells)):
            outcome.secret = True
            outcome.names |= _names(made)
            outcome.minors |= _names(made) if unread else set()
            mark = made.cells.get("is_minor", "").lower()
            outcome.unread |= "is_minor" in faults or mark not in (*FLAGS, "")
            outcome.columns.update(c for n in NAMES if n in texts for c in texts[n].columns)
        for found in faults.values():
            wrong(found)
        if not faults:
            outcome.rows.append(made)
        elif block.table is not None and block.table.columns[0].name not in faults:
            outcome.broken.append(made)


def _is_person(block: Block) -> bool:
    return block.table is not None and block.table.label == "Person"


def _names(made: Made) -> set[str]:
    texts = [made.texts[name].text for name in NAMES if name in made.texts]
    return {name for text in texts for name in (text, *text.split(";")) if name}


def _is_minor(made: Made, outcome: Outcome) -> bool | None:
    """Return whether a row describes a minor, as those beside it tell; None if it is unreadable."""
    mark, text = made.cells.get("is_minor", "").lower(), made.cells.get("born", "")
    if mark and FLAGS.get(mark) is not False:
        return FLAGS.get(mark)
    if not text:
        return False
    born = _bound(text, latest=True)
    if born is None:
        return None
    days = [day for one in outcome.rows for day in _days(one)]
    day = min(days, default=datetime.date.today())
    return (day.year - ADULT, day.month, day.day) < (born.year, born.month, born.day)


def _with_item(frame: Frame, item: Text) -> Frame:
    frame.given[ITEM] = lambda: item
    return frame


def _once(value: Value, frame: Frame) -> Callable[[], Text]:
    """Return a function that gives the text of a value, worked out at the first call alone."""
    known: list[Text | ValueFault] = []

    def text() -> Text:
        if not known:
            try:
                known.append(value.text(frame))
            except ValueFault as fault:
                known.append(fault)
        if isinstance(known[0], ValueFault):
            raise known[0]
        return known[0]

    return text


def _named_key(made: Made) -> ValueFault | None:
    """Return what is wrong where the key of a minor is made of the name."""
    own = made.block.table.columns[0].name if made.block.table else ""
    key, name = made.texts.get(own, Text("")), made.texts.get("name", Text(""))
    words = {word for word in fold(name.text).split() if len(word) > 2}
    if set(key.columns) & set(name.columns) or words & set(fold(key.text).split()):
        message = _(
            "the key of a minor is never made of the name: where the row marks a minor, make it of "
            "other columns, with `when` before that value"
        )
        return ValueFault(made.block.cells[own].line, Text("", key.columns), message)
    return None


def _days(made: Made) -> Iterator[datetime.date]:
    """Yield the earliest day of each date in a row that is about people."""
    table = made.block.table
    if table is None or table.name == "sources":
        return
    dates = {column.name for column in table.all_columns if column.kind == "date"}
    for name in dates - {"born", "died", "accessed_on"}:
        if day := _bound(made.texts.get(name, Text("")).text, latest=False):
            yield day


def _bound(text: str, *, latest: bool) -> datetime.date | None:
    try:
        read = parse_date(text) if text else None
    except ValueError:
        return None
    if read is None:
        return None
    return read.latest if latest else read.earliest
