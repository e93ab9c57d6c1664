"""Asking a question: its parameters bound, the gates applied, the statement run.

    answer = ask(store, get_query("list_held"), {"as_of": "2025-05-15"}, Gates(min_sources=2))
    rows, hidden = answer.redacted(load_withheld(store, "public", "es"))

Every command, report and page asks here, so that gates and redaction hold for all alike.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vinculos.errors import UsageError
from vinculos.graph import redact
from vinculos.graph.around import complete
from vinculos.graph.lookup import resolve_id
from vinculos.graph.measured import Measured
from vinculos.graph.measures import MEASURES
from vinculos.graph.network import Network
from vinculos.graph.store import Store
from vinculos.graph.withheld import Withheld
from vinculos.queries.gates import OPEN, Gates, HiddenFacts, apply
from vinculos.queries.library import SUFFIX, Query, get_query, parse_query, read_query
from vinculos.queries.measure import measured
from vinculos.queries.parameters import bind

AS_OF = "as_of"
"""The parameter of questions that are themselves about a day."""


@dataclass(frozen=True)
class Question:
    """A question ready to be run: the final Cypher and the values of all its parameters.

    `given` holds the parameters that the question itself takes, without those of the gates.
    """

    query: Query
    text: str
    parameters: Mapping[str, Any]
    given: Mapping[str, Any]
    gates: Gates = OPEN


@dataclass(frozen=True)
class Answer:
    """What the graph answers: columns, rows as the driver gives them, and what the gates hid.

    Where the question goes on with a measure, the rows are the measure's.
    """

    question: Question
    keys: tuple[str, ...]
    rows: list[dict[str, Any]]
    hidden: HiddenFacts = field(default_factory=HiddenFacts)
    measured: Measured | None = None

    def redacted(self, withheld: Withheld) -> tuple[list[dict[str, Any]], redact.Hidden]:
        """Return the rows as plain data that an audience may see, and how much was hidden."""
        return redact.rows(self.rows, withheld)

    def notes(self, lang: str) -> list[str]:
        """Return sentences on what a measure left out, estimated or cut, in `lang`."""
        return self.measured.notes(lang) if self.measured else []

    def network(self, store: Store) -> Network:
        """Return the rows, or what was measured, as a network, not yet redacted.

        Ends of relationships are fetched where they are missing.

        Raises:
            EngineError: the graph cannot be read.
        """
        if self.measured:
            return self.measured.network
        return complete(store, self.rows)


def find_query(name: str | None, cypher: str | None, folders: Sequence[Path] = ()) -> Query:
    """Return the query that a name, a file or a text stands for.

    Raises:
        UsageError: none or both are given, or the header is wrong.
        NotFound: there is no such name or file.
    """
    if (name is None) == (cypher is None):
        raise UsageError(
            "Give the name of a saved question, or Cypher with -c.",
            "See the questions: vinculos queries",
        )
    if cypher is not None:
        return parse_query("-c", cypher)
    if name and name.endswith(SUFFIX):
        return read_query(Path(name))
    return get_query(name or "", folders)


def prepare(
    store: Store, query: Query, given: Mapping[str, str] | None = None, gates: Gates = OPEN
) -> Question:
    """Return the question with its parameters bound and the gates applied; nothing is run.

    Args:
        store: where ids that are typed without their space are looked up.
        query: the question.
        given: texts by name of parameter, as typed.
        gates: what facts must pass; their day is also that of a question about a day.

    Raises:
        UsageError: a parameter is unknown, missing or ill-typed, an id is not there, two
            different days are given, or gates cannot be applied to the text.
    """
    texts = dict(given or {})
    if gates.as_of and AS_OF in query.parameters:
        day = gates.as_of.isoformat()
        if texts.setdefault(AS_OF, day) != day:
            raise UsageError(
                f"--as-of says {day}, -p {AS_OF}={texts[AS_OF]} another day.",
                "Give one of the two.",
            )
    bound = bind(
        query,
        texts,
        today=datetime.date.today(),
        resolve=lambda text: resolve_id(store, text).id,
    )
    gated = apply(query.text, gates)
    return Question(query, gated.text, {**bound, **gated.parameters}, bound, gates)


def run(store: Store, question: Question, *, write: bool = False) -> Answer:
    """Return the answer to a question that is ready.

    Raises:
        WriteRefused: it would change the graph, without `write`.
        StatementError: the engine cannot run it.
        EngineError: the engine failed.
    """
    if question.query.then:
        found = measured(store, question.query, question.text, question.parameters)
        keys = tuple(question.query.columns) or MEASURES[question.query.then].columns
        rows = [{key: row[key] for key in keys} for row in found.rows]
        return Answer(question, keys, rows, measured=found)
    result = store.query(question.text, question.parameters, write=write)
    return Answer(question, result.keys, result.rows)


def ask(
    store: Store,
    query: Query,
    given: Mapping[str, str] | None = None,
    gates: Gates = OPEN,
    *,
    write: bool = False,
) -> Answer:
    """Return the answer to `query`: `prepare`, then `run`."""
    return run(store, prepare(store, query, given, gates), write=write)
