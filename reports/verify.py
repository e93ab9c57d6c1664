"""Checking a bundle: its report run again on the graph of today, and what differs."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from vinculos.errors import NotFound
from vinculos.graph.counts import fill
from vinculos.graph.fingerprint import fingerprint
from vinculos.graph.store import Store
from vinculos.graph.withheld import load_withheld
from vinculos.language import gettext as _
from vinculos.queries.library import Query, read_query
from vinculos.redaction.profile import parse_audience
from vinculos.reports.bundle import (
    PROFILE,
    QUERIES,
    RESULTS,
    SCRIPT,
    changed_files,
    query_text,
    read_manifest,
    results,
    unreadable,
    versions,
)
from vinculos.reports.pseudonyms import Renaming, Row
from vinculos.reports.run import run_report
from vinculos.reports.script import parse_script

SHOWN = 5
"""How many rows of a difference are told."""


@dataclass
class Verdict:
    """What differs between a bundle and now.

    `files` are those of the bundle that are not as they were written. `results` gives for each
    block whose answer differs, in words, the rows that went (-) and came (+). `notes` says what
    else is another: the graph, versions, questions; by itself that is no difference of the report.
    """

    files: list[str] = field(default_factory=list)
    results: list[tuple[str, list[str]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether the report differs, or its files."""
        return bool(self.files or self.results)


WORDS = {
    "en": {
        "failed": "{}: failed now: {}",
        "mended": "line {}: failed then, and answers now",
        "rows": "{}: {:row|rows} then, {} now; gone: {}, new: {}",
        "order": "{}: the same rows in another order",
        "more": "… and {} more",
        "graph": "The graph is another: its claims or decisions changed.",
        "version": "{}: {} then, {} now",
        "question": "The question {} is written otherwise now.",
        "missing": "There is no question {} any more.",
    },
    "es": {
        "failed": "{}: ahora falla: {}",
        "mended": "línea {}: entonces falló y ahora responde",
        "rows": "{}: {:fila|filas} entonces, {} ahora; desaparecidas: {}, nuevas: {}",
        "order": "{}: las mismas filas en otro orden",
        "more": "… y {} más",
        "graph": "El grafo es otro: cambiaron sus afirmaciones o decisiones.",
        "version": "{}: {} entonces, {} ahora",
        "question": "La pregunta {} ahora está escrita de otro modo.",
        "missing": "La pregunta {} ya no existe.",
    },
}


def verify(store: Store, folder: Path, current: Callable[[str], Query], lang: str) -> Verdict:
    """Run the report of a bundle again, with the bundle's own script and questions; compare.

    Args:
        store: the graph of today.
        folder: the bundle.
        current: gives a saved question of today by its name.
        lang: `en` or `es`, of what is said.

    Raises:
        NotFound: there is no bundle.
        UsageError: it cannot be read, or a parameter names what is no longer there.
        EngineError: the engine failed.
    """
    manifest, words = read_manifest(folder), WORDS[lang]
    verdict = Verdict(changed_files(folder, manifest))
    script = parse_script(manifest.report, _text(folder / SCRIPT), folder / SCRIPT)

    def find(name: str) -> Query:
        if Path(name).name != name:
            raise NotFound(_("There is no question {name!r} in the bundle.").format(name=name))
        return read_query(folder / QUERIES / f"{name}.cypher")

    audience = parse_audience(manifest.audience, _text(folder / PROFILE), str(folder / PROFILE))
    renaming = Renaming(audience, manifest.language)
    report = run_report(
        store,
        script,
        manifest.parameters,
        withheld=load_withheld(store, audience, manifest.language),
        find=find,
        gates=manifest.open_gates,
        fixed={
            int(line): dict(block.get("parameters", {})) for line, block in manifest.blocks.items()
        },
    )
    failed = {part.line: part.message for part in report.failures}
    now = dict(zip((shown.line for shown in report.shown), results(report).values(), strict=True))
    for line, block in manifest.blocks.items():
        if "failed" in block:
            if int(line) in now:
                verdict.results.append((words["mended"].format(line), []))
        elif int(line) in failed:
            said = words["failed"].format(block.get("result"), failed[int(line)])
            verdict.results.append((said, []))
        else:
            name = str(block.get("result"))
            if name not in manifest.files or not (folder / RESULTS / Path(name).name).is_file():
                continue  # Missing: it is among the files that are not as they were.
            before = _text(folder / RESULTS / Path(name).name)
            verdict.results += _compared(
                name, _rows(before), _rows(now.get(int(line), "")), renaming, lang
            )
    if fingerprint(store) != manifest.graph:
        verdict.notes.append(words["graph"])
    for name, version in versions(store).items():
        then = manifest.versions.get(name, "—")
        if then != version:
            verdict.notes.append(words["version"].format(name, then, version))
    for path in sorted((folder / QUERIES).glob("*.cypher")):
        try:
            if query_text(current(path.stem)) != _text(path):
                verdict.notes.append(words["question"].format(path.stem))
        except NotFound:
            verdict.notes.append(words["missing"].format(path.stem))
    return verdict


def _compared(
    name: str, then: list[Row], now: list[Row], renaming: Renaming, lang: str
) -> list[tuple[str, list[str]]]:
    today = renaming.apply(then, now)
    if then == today:
        return []
    words = WORDS[lang]
    gone, new = Counter(then) - Counter(today), Counter(today) - Counter(then)
    if not gone and not new and renaming.are_in(then):
        # Where rows stand may follow from the pseudonyms.
        return []
    if not gone and not new:
        return [(words["order"].format(name), [])]
    told = [f"- {' | '.join(row)}" for row in gone.elements()][:SHOWN]
    told += [f"+ {' | '.join(row)}" for row in new.elements()][:SHOWN]
    if hidden := gone.total() + new.total() - len(told):
        told.append(words["more"].format(hidden))
    counts = len(then) - 1, len(today) - 1, gone.total(), new.total()
    return [(fill(words["rows"], name, *counts), told)]


def _rows(text: str) -> list[Row]:
    return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))]


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise unreadable(path) from None
