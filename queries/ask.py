"""Asking a question: its parameters bound, the gates applied, the statement run.

    withheld = load_withheld(store, get_audience("public"), "es")
    held = get_query("list_held")
    answer = ask(store, held, {"as_of": "2025-05-15"}, Gates(min_sources=2), withheld)
    rows, hidden = answer.redacted(withheld)

Every command, report and page asks here, so that gates and redaction hold for all alike.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from vinculos.errors import UsageError
from vinculos.graph import redact
from vinculos.graph.around import complete
from vinculos.graph.hidden import FEWER
from vinculos.graph.lookup import resolve_id
from vinculos.graph.measured import Measured
from vinculos.graph.measures import MEASURES
from vinculos.graph.network import Network
from vinculos.graph.plain import plain
from vinculos.graph.store import Store
from vinculos.graph.withheld import Withheld
from vinculos.language import gettext as _
from vinculos.queries.cite import KINDS, cite
from vinculos.queries.gated import Gated, apply, gated_network
from vinculos.queries.gates import OPEN, Gates, seen_through
from vinculos.queries.hidden_facts import HiddenFacts, count_hidden
from vinculos.queries.library import SUFFIX, SURROUNDINGS, Query, get_query, parse_query, read_query
from vinculos.queries.measure import measured, surroundings
from vinculos.queries.parameters import bind
from vinculos.queries.withhold import counts, picks_few, withhold, without_few

AS_OF = "as_of"
"""The parameter of questions that are themselves about a day."""


@dataclass(frozen=True)
class Question:
    """A question ready to be run: the final Cypher and the values of all its parameters.

    `given` holds the parameters that the question itself takes, without those of the gates;
    `applied` are the gates without their day where the question is itself about one. `few` is what
    stands for a count of one or two, where it may not be told.
    """

    query: Query
    parameters: Mapping[str, Any]
    given: Mapping[str, Any]
    gates: Gates
    applied: Gates
    gated: Gated
    few: str = ""

    @property
    def text(self) -> str:
        """The final Cypher."""
        return self.gated.text

    def seen(self, network: Network) -> Network:
        """Return a network with the fields of its nodes and ties as the gates show them."""
        return gated_network(network, self.applied) if self.applied else network


@dataclass(frozen=True)
class Answer:
    """What the graph answers: columns, rows as the gates show them, and what the gates hid.

    `raw` holds the rows as the driver gives them. Where the question goes on with a measure, the
    rows are the measure's. `cut` is how many neighbours a search outwards left out for its limit.
    """

    question: Question
    keys: tuple[str, ...]
    rows: list[dict[str, Any]]
    raw: list[dict[str, Any]]
    hidden: HiddenFacts = field(default_factory=HiddenFacts)
    measured: Measured | None = None
    cut: int = 0

    @property
    def centres(self) -> tuple[str, ...]:
        """The ids that the question was asked about."""
        declared, given = self.question.query.parameters, self.question.given
        return tuple(
            str(given[name])
            for name, parameter in declared.items()
            if parameter.type == "id" and given.get(name)
        )

    def redacted(self, withheld: Withheld) -> tuple[list[dict[str, Any]], redact.Hidden]:
        """Return the rows as plain data that an audience may see, and how much was hidden."""
        return redact.rows(self.rows, withheld)

    def notes(self, lang: str) -> list[str]:
        """Return sentences on what gates hid, and a measure left out, estimated or cut."""
        said = self.hidden.sentence(lang)
        measured = self.measured.notes(lang) if self.measured else []
        return [said, *measured] if said else measured

    def network(self, store: Store) -> Network:
        """Return the rows, or what was measured, as a network, not yet redacted.

        Ends of relationships are fetched where they are missing.

        Raises:
            EngineError: the graph cannot be read.
        """
        if self.measured:
            return self.measured.network
        return self.question.seen(complete(store, self.raw))


def find_query(name: str | None, cypher: str | None, folders: Sequence[Path] = ()) -> Query:
    """Return the query that a name, a file or a text stands for.

    Raises:
        UsageError: none or both are given, or the header is wrong.
        NotFound: there is no such name or file.
    """
    if (name is None) == (cypher is None):
        raise UsageError(
            _("Give the name of a saved question, or Cypher with -c."),
            _("See the questions: vinculos queries"),
        )
    if cypher is not None:
        return parse_query("-c", cypher)
    if name and name.endswith(SUFFIX):
        return read_query(Path(name))
    return get_query(name or "", folders)


def prepare(
    store: Store,
    query: Query,
    given: Mapping[str, str] | None = None,
    gates: Gates = OPEN,
    withheld: Withheld | None = None,
) -> Question:
    """Return the question with its parameters bound and the gates applied; nothing is run.

    Args:
        store: where ids that are typed without their space are looked up.
        query: the question.
        given: texts by name of parameter, as typed.
        gates: what facts must pass; their day is also that of a question about a day.
        withheld: what the audience may not see, and what therefore enters no count.

    Raises:
        UsageError: a parameter is unknown, missing or ill-typed, an id is not there, two
            different days are given, or the text cannot be rewritten for gates or audience.
    """
    texts = dict(given or {})
    if gates.as_of and AS_OF in query.parameters:
        day = gates.as_of.isoformat()
        if texts.setdefault(AS_OF, day) != day:
            raise UsageError(
                _("--as-of says {day}, -p {name}={other} another day.").format(
                    day=day, name=AS_OF, other=texts[AS_OF]
                ),
                _("Give one of the two."),
            )
    bound = bind(
        query,
        texts,
        today=datetime.date.today(),
        resolve=lambda text: resolve_id(store, text).id,
    )
    applied = gates.without_day() if AS_OF in query.parameters else gates
    there = withhold(query.text, withheld)
    gated = apply(there.text, applied)
    gated = replace(
        gated,
        parameters={**there.parameters, **gated.parameters},
        written={**gated.written, **there.written},
    )
    few = ""
    if withheld is not None and picks_few(query.text, withheld.audience):
        few = FEWER[withheld.lang]
    return Question(query, {**bound, **gated.parameters}, bound, gates, applied, gated, few)


def run(store: Store, question: Question, *, write: bool = False) -> Answer:
    """Return the answer to a question that is ready.

    Raises:
        UsageError: there are gates, and `write`.
        WriteRefused: it would change the graph, without `write`.
        StatementError: the engine cannot run it.
        EngineError: the engine failed.
    """
    if write and question.gates:
        raise UsageError(_("Gates are for reading, not for --write."), _("Leave out one of them."))
    hidden = HiddenFacts()
    if question.gates:
        gates = question.applied
        counts, undated = count_hidden(store, question.gated.statement, gates)
        hidden = HiddenFacts(question.gates, counts, undated, own_day=gates != question.gates)
    if question.query.then in MEASURES:
        found = measured(store, question.query, question.text, question.parameters, question.seen)
        names = tuple(question.query.columns) or MEASURES[question.query.then].columns
        rows = [{name: row[name] for name in names} for row in found.rows]
        return Answer(question, names, rows, rows, hidden, found)
    cut = 0
    if question.query.then == SURROUNDINGS:
        result, cut = surroundings(store, question.text, question.parameters)
    else:
        result = store.query(question.text, question.parameters, write=write)
    cited = [name for name, column in question.query.columns.items() if column.kind in KINDS]
    if not question.gated.parameters and not question.gated.written:
        rows = cite(store, _told(result.rows, question), cited)
        return Answer(question, result.keys, rows, result.rows, hidden, cut=cut)
    keys = {key: question.gated.column(key) for key in result.keys}
    raw = [{keys[key]: value for key, value in row.items()} for row in result.rows]
    seen = seen_through(plain(raw), question.applied) if question.gates else raw
    rows = cite(store, _told(seen, question), cited)
    return Answer(question, tuple(keys.values()), rows, raw, hidden, cut=cut)


def _told(rows: list[dict[str, Any]], question: Question) -> list[dict[str, Any]]:
    """Return rows without counts of one or two, where the question counts those who are few."""
    few = question.few and counts(question.query.text)
    return without_few(rows, question.few) if few else rows


def ask(
    store: Store,
    query: Query,
    given: Mapping[str, str] | None = None,
    gates: Gates = OPEN,
    withheld: Withheld | None = None,
    *,
    write: bool = False,
) -> Answer:
    """Return the answer to `query`: `prepare`, then `run`."""
    return run(store, prepare(store, query, given, gates, withheld), write=write)
