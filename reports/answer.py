"""The answer to a block: a table, with a chart or a picture where one was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from vinculos.formats.cells import SIDES, SOURCES
from vinculos.formats.table import Table
from vinculos.graph import redact
from vinculos.graph.around import with_held
from vinculos.graph.citations import with_sources
from vinculos.graph.display import collapse
from vinculos.graph.importance import at_most
from vinculos.graph.store import Store
from vinculos.graph.withheld import Withheld
from vinculos.queries.answers import written
from vinculos.queries.ask import Answer, ask
from vinculos.queries.cite import cite
from vinculos.queries.gates import Gates
from vinculos.queries.library import Column, Text
from vinculos.queries.withhold import without_few
from vinculos.reports import charts, pictures
from vinculos.reports.blocks import (
    BAR,
    NETWORK,
    TABLE,
    TIMELINE,
    Asked,
    shown_columns,
    sources_of,
)
from vinculos.reports.drawing import Drawing
from vinculos.reports.words import WORDS, say
from vinculos.views.entries import describe

Rows = list[dict[str, Any]]
_GIVEN, _CLAIMS = "\0given", "\0claims"


@dataclass(frozen=True)
class Shown:
    """A block as it is shown: its caption, the drawing if there is one, the table, and notes.

    `name` is that of the question, `given` are the texts of all its parameters.
    """

    line: int
    name: str
    given: Mapping[str, str]
    show: str
    title: str
    caption: str
    table: Table
    drawing: Drawing | None = None
    notes: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """What it is called: `table` or `figure`."""
        return "table" if self.show == TABLE else "figure"

    def numbered(self, number: int) -> Shown:
        """Return it with its number in the caption."""
        word = say(self.word, self.table.lang)
        return replace(self, caption=f"{word} {number}. {self.caption}".strip())


def answer_block(
    store: Store,
    asked: Asked,
    line: int,
    gates: Gates,
    withheld: Withheld,
    hidden: redact.Hidden,
) -> Shown:
    """Return what a block shows, as the reader may see it.

    Args:
        store: the graph.
        asked: the block, read.
        line: its line in the script.
        gates: what facts must pass.
        withheld: what the reader may not see, and the language.
        hidden: counted on with what was left out.

    Raises:
        UsageError: a parameter or a column is wrong.
        StatementError: the engine cannot run the question.
        WriteRefused: it would change the graph or reach outside it.
        EngineError: the engine failed.
    """
    lang = withheld.lang
    answer = ask(store, asked.query, asked.given, gates, withheld)
    notes = answer.notes(lang)
    if asked.show == NETWORK:
        table, drawing, said = _network(store, answer, asked, withheld, hidden)
        keys: list[str] = list(table.keys)
        total = len(table.rows)
    else:
        rows = _redacted(answer.rows, asked, withheld, hidden)
        keys = shown_columns(asked, answer.keys)
        cited = sources_of(asked, answer.keys)
        columns: Mapping[str, Column] = asked.query.columns
        if asked.show == BAR and not asked.value:
            every, few = len(rows), answer.question.few
            rows = charts.counted(rows, asked.label, cited)
            if sum(row[charts.NUMBER["en"]] for row in rows) > every:
                # Beside counts that are hidden the whole is not told: it could give them away.
                notes.append(say("some_several" if few else "several", lang, n=every))
            if few:
                rows = without_few(rows, few)
            keys = [asked.label, charts.NUMBER["en"], *([cited] if cited else [])]
            number = Column(charts.NUMBER["en"], Text(*WORDS["number"]))
            columns = {**columns, charts.NUMBER["en"]: number}
            asked = replace(asked, value=charts.NUMBER["en"])
        total = len(rows)
        drawing, said = _chart(rows, asked, lang)
        if total > asked.limit and asked.show == TABLE:
            rows = rows[: asked.limit]
        table = Table(keys, columns, rows, lang)
        if rows and not any(table.kind(key) in (SOURCES, SIDES) for key in keys):
            said.append(say("no_sources", lang))
    many = say("ties" if asked.show == NETWORK else "rows", lang, n=total)
    caption = f"{asked.title} ({many})" if asked.title else many
    notes += said
    return Shown(
        line,
        asked.query.name,
        {
            name: written(value)
            for name, value in answer.question.given.items()
            if value is not None
        },
        asked.show,
        asked.title,
        caption,
        table._replace(title=asked.title),
        drawing,
        tuple(notes),
    )


def _chart(rows: Rows, asked: Asked, lang: str) -> tuple[Drawing | None, list[str]]:
    kind = asked.query.columns[asked.label].kind if asked.label in asked.query.columns else ""
    if asked.show == TABLE:
        cut = len(rows) > asked.limit
        return None, [say("cut_rows", lang, shown=asked.limit, all=len(rows))] if cut else []
    notes, drawing, total = [], None, 0
    if asked.show == BAR:
        bars = charts.bars(rows, asked.label, asked.value, kind, lang)
        total = len(bars)
        drawing = charts.draw_bars(bars[: asked.limit], asked.title) if bars else None
    elif asked.show == TIMELINE:
        spans = charts.spans(rows, asked.label, asked.started, asked.ended, kind, lang)
        total = len(spans)
        drawing = charts.draw_spans(spans[: asked.limit], asked.title) if spans else None
        notes = [say("spans", lang)] if spans else []
        if len(rows) > total:
            notes.append(say("undated", lang, n=len(rows) - total))
    if total > asked.limit:
        notes.append(say("cut_bars", lang, shown=asked.limit, all=total))
    return drawing, notes


def _network(
    store: Store, answer: Answer, asked: Asked, withheld: Withheld, hidden: redact.Hidden
) -> tuple[Table, Drawing | None, list[str]]:
    """Return a table of all ties with their sources, and the picture of those that fit."""
    lang = withheld.lang
    whole = with_sources(store, with_held(store, answer.network(store)))
    claims = {
        redact.shown(edge.id, withheld): list(edge.properties.get("claims") or ())
        for edge in whole.edges
    }
    network, left_out = redact.network(whole, withheld)
    hidden.add(left_out)
    entries, place = describe(network, lang), lang == "es"
    rows = [
        {
            "from": entries.nodes[tie.start].title[place],
            "tie": tie.words[place],
            "to": entries.nodes[tie.end].title[place],
            "details": "; ".join(
                f"{name[place]}: {value[place]}" for name, value in tie.group.facts if value[place]
            ),
            "confidence": tie.confidence[place],
            "sources": claims.get(tie.id, []),
            _CLAIMS: claims.get(tie.id, []),
        }
        for tie in entries.edges
    ]
    shown = _redacted(cite(store, rows, [SOURCES]), asked, withheld, hidden)
    keys = ["from", "tie", "to", "details", "confidence", "sources"]
    if not any(row["details"] for row in shown):
        keys.remove("details")
    columns = {
        key: Column(key, Text(*WORDS[key]), SOURCES if key == "sources" else "") for key in keys
    }
    notes = [say("cut_ties", lang, n=network.left_out)] if network.left_out else []
    picture, everything = None, collapse(network)
    drawn = collapse(at_most(network, asked.limit, raw=False))
    if len(drawn.nodes) < len(everything.nodes):
        counts = {"shown": len(drawn.nodes), "all": len(everything.nodes)}
        notes.append(say("cut_nodes", lang, **counts))
    if len(everything.nodes) < len(network.nodes):
        notes.append(say("collapsed", lang))
    if drawn.nodes:
        picture = pictures.draw_network(describe(drawn, lang), asked.title, lang)
    return Table(keys, columns, shown, lang), picture, notes


def _redacted(rows: Rows, asked: Asked, withheld: Withheld, hidden: redact.Hidden) -> Rows:
    """Return rows as the reader may see them, each judged together with what was asked.

    So a row about a minor is known for one where it does not say itself whom it is about, or only
    by a pseudonym.
    """
    given = " ".join(asked.given.values())
    kept, _ = redact.rows(({**row, _GIVEN: given} for row in rows), withheld, hidden)
    for row in kept:
        del row[_GIVEN]
        row.pop(_CLAIMS, None)
    return kept
