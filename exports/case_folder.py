"""The claims of the graph as case folders of our own tables, with the commands that load them.

Each row tells its dataset, and the file and line in which it first stood; the loader knows these
columns. For an audience that may see everything, the same graph comes of it; what an audience may
not see is left out first, then what refers to it.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from vinculos.exports.claim_rows import CellRow, claim_row, key_of, pages
from vinculos.exports.decision_rows import correction_rows, decision_row, write_decisions
from vinculos.exports.row_spool import Folder, RowSpool
from vinculos.exports.shown_claims import CitedSource, ClaimRedactor, Shown
from vinculos.graph.decisions import Decision, Decisions, standing_decisions
from vinculos.graph.decisions_file import PAIRS, decisions_text
from vinculos.graph.derive import CORRECTIONS
from vinculos.graph.hidden import Hidden
from vinculos.graph.model import CLAIM, ENTITIES
from vinculos.graph.protect_minors import lasting_minors
from vinculos.graph.records import Claim, NodeRef, stored_claim
from vinculos.graph.redact import Withheld
from vinculos.graph.same_people import PAIRED, SamePeople
from vinculos.graph.spool import Spool
from vinculos.graph.store import Store
from vinculos.graph.stored import LIVE, read_decisions
from vinculos.graph.stored_nodes import StoredNodes
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.provenance import COLUMNS, DATASET, FILE, ROW, SIDE, defused
from vinculos.loaders.read import read_files

SOURCES = """
CREATE TABLE sources (id TEXT PRIMARY KEY, publisher TEXT, published TEXT) WITHOUT ROWID;
CREATE TABLE keys (id TEXT, dataset TEXT, key TEXT, PRIMARY KEY (id, dataset, key)) WITHOUT ROWID;
CREATE TABLE claims (id TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID
"""
WITHHELD = "withheld"
"""What the keys of sources begin with of which only publisher and date may be shown."""


@dataclass
class CaseFolders:
    """What was written: the folders in the order of loading, and what is not in them.

    `folders` come with the names of their tables, `needs` with the folders that describe what they
    refer to, `stubs` says whether some of that is nowhere described; `rows` counts by table.

    `superseded` are claims that newer ones took the place of, `unread` live ones that are no row
    of a table, `uncited` citations of sources that no row describes, `fallen` claims that decisions
    took back, for an audience that does not get these, `missing` references to what is left out,
    `left_out` rows, `differing` claims that would be others when loaded, `lasting_minors` those
    whom an older row alone made so, `decisions` what `decisions.csv` holds, `undecided` decisions
    that it cannot hold, `pairs` what `same-people.csv` holds; `hidden` is what the audience may not
    see.
    """

    folders: list[tuple[Folder, list[str]]] = field(default_factory=list)
    needs: list[tuple[Folder, set[Folder] | None]] = field(default_factory=list)
    stubs: bool = False
    rows: Counter[str] = field(default_factory=Counter)
    superseded: int = 0
    unread: int = 0
    uncited: int = 0
    fallen: int = 0
    missing: int = 0
    left_out: int = 0
    differing: int = 0
    lasting_minors: int = 0
    decisions: int = 0
    undecided: int = 0
    pairs: int = 0
    hidden: Hidden = field(default_factory=Hidden)


def write_case_folders(store: Store, withheld: Withheld, folder: Path) -> CaseFolders:
    """Write the tables, and the decisions, into `folder`, which is there and empty.

    Raises:
        EngineError: the graph cannot be read.
    """
    with Spool(store.scratch) as spool:
        writer = _Writer(store, withheld, spool)
        writer.gather()
        for part, tables in writer.made.folders:
            writer.write(part, tables, folder)
        writer.write_decisions(folder)
        if writer.redactor is None:
            writer.compare(folder)
        return writer.made


class _Writer:
    def __init__(self, store: Store, withheld: Withheld, spool: Spool) -> None:
        self.store, self.withheld, self.spool = store, withheld, spool
        self.made = CaseFolders()
        self.rows = RowSpool(spool)
        spool.make(SOURCES)
        self.listed = read_decisions(store)
        self.decisions: Decisions = standing_decisions(self.listed)
        self.redactor = ClaimRedactor(store, withheld, self.made.hidden) if withheld else None
        self.generic: dict[tuple[str, str, str], str] = {}
        self.sided = 0
        self._keys = lru_cache(10_000)(self._keys_of)

    def gather(self) -> None:
        """Make rows of all claims, the sources' first, which the others cite by their keys."""
        for row in self.store.stream(
            "MATCH (s:Source) RETURN s.id AS id, s.publisher AS publisher, s.published AS published"
        ):
            self.spool.run("INSERT OR REPLACE INTO sources VALUES (?, ?, ?)", tuple(row.values()))
        for label in ENTITIES:
            for row in self.store.stream(
                f"MATCH (n:{label}) WHERE n.stub = true RETURN n.id AS id"
            ):
                self.made.stubs = True
                ref = NodeRef(label, row["id"])
                if id := self.redactor.reference(ref) if self.redactor else ref.id:
                    self.rows.declare(label, id)
        counted = f"MATCH (c:{CLAIM}) WHERE NOT {LIVE} RETURN count(c) AS number"
        self.made.superseded = self.store.read(counted).rows[0]["number"]
        lasting = lasting_minors(self.store)
        self.made.lasting_minors = len(lasting)
        for condition in ("c.table = 'sources'", "c.table <> 'sources'"):
            for row in self.store.stream(
                f"MATCH (c:{CLAIM}) WHERE {LIVE} AND {condition} RETURN properties(c) AS claim"
            ):
                self._take(stored_claim(row["claim"]), row["claim"]["digest"], lasting)
        self.rows.settle()
        self.made.missing = self.rows.missing
        self.made.left_out += self.rows.alike + self.rows.incomplete
        order = {
            row["dataset"]: row["first"]
            for row in self.store.read(
                "MATCH (l:Load) RETURN l.dataset AS dataset, min(l.started) AS first"
            ).rows
        }
        folders = sorted(self.rows.folders(), key=lambda it: (order.get(it.dataset, ""), it))
        self.made.needs = list({repr(need): need for need in self.rows.needs()}.values())
        self.made.folders = [
            (part, [name for name in TABLES if self.rows.count(part, name)]) for part in folders
        ]

    def _take(self, claim: Claim, digest: str, lasting: set[str]) -> None:
        table = TABLES.get(claim.table)
        key = key_of(claim, table) if table else None
        if table is None or key is None:
            self.made.unread += claim.table != CORRECTIONS
            return
        if self.redactor is None:
            if table.name == "sources" and claim.nodes:
                entry = (claim.nodes[0].id, claim.dataset, key.parts["source_id"])
                self.spool.run("INSERT OR IGNORE INTO keys VALUES (?, ?, ?)", entry)
            self.spool.run("INSERT OR REPLACE INTO claims VALUES (?, ?)", (claim.id, digest))
            cited = tuple(self._cited(citation.source) for citation in claim.citations)
            shown: Shown | None = Shown(claim, key, cited, repr(key.parts))
        else:
            # What no longer stands is for the team alone, which has the decisions too.
            standing = next(self.decisions.standing([claim]), None)
            if standing is None or (
                table.name == "sources" and standing.nodes[0].id in self.decisions.retracted
            ):
                self.made.fallen += 1
                return
            sources = {c.source: self._cited(c.source) for c in standing.citations}
            shown = self.redactor.shown(standing, table, key, sources)
            if shown is not None and table.name == "sources":
                entry = (claim.nodes[0].id, claim.dataset, shown.key.parts["source_id"])
                self.spool.run("INSERT OR IGNORE INTO keys VALUES (?, ?, ?)", entry)
        if shown is not None:
            row = claim_row(shown.claim, table, shown.key, exact=self.redactor is None)
            if claim.nodes and claim.nodes[0].id in lasting:
                row.cells["is_minor"] = "true"
            self._add(shown, row)

    def _add(self, shown: Shown, row: CellRow) -> None:
        claim, key = shown.claim, shown.key
        # A source stands for itself; not all of its keys are known yet.
        named = () if row.table.name == "sources" else shown.sources
        cited = [
            (self._reference(claim.dataset, source, named[:place].count(source)), citation)
            for place, (source, citation) in enumerate(zip(named, claim.citations, strict=False))
        ]
        self.made.uncited += sum(not id for id, _ in cited)
        ids = [id for id, _ in cited if id]
        side, dispute = key.side, ""
        if row.table.name == "contradictions":
            if self.redactor is not None:
                row.references = {"subject_id": row.references["subject_id"], f"source_{side}": ids}
            side, dispute = "", shown.dispute
        elif side and self.redactor is not None:
            # It is made of keys and days, which may be withheld: a number tells rows apart as well.
            self.sided += 1
            side = str(self.sided)
        if row.table.sourced:
            for id in ids:
                row.refer("source_ids", id)
            row.cells |= dict(
                zip(
                    ("page", "accessed_on"),
                    pages([citation for id, citation in cited if id]),
                    strict=True,
                )
            )
            row.cells = {name: text for name, text in row.cells.items() if text}
        own = row.references[row.table.columns[0].name][0] if row.table.label else ""
        folder = Folder(claim.dataset, own.partition(":")[0])
        self.rows.add(folder, row, claim.file, claim.row, side, dispute=dispute)

    def _cited(self, id: str) -> CitedSource:
        known = self.spool.row("SELECT publisher, published FROM sources WHERE id = ?", (id,))
        return CitedSource(id, *(text or "" for text in known or ()))

    def _reference(self, dataset: str, source: CitedSource, before: int) -> str:
        """Return the key of a source that a row of a dataset cites, '' where it has none.

        A row that cites it `before` already, by another key of it, does so again.
        """
        if source.id:
            keys = self._keys(source.id, dataset)
            return keys[min(before, len(keys) - 1)] if keys else ""
        known = (dataset, source.publisher, source.published)
        if known not in self.generic:
            self.generic[known] = f"{dataset}:{WITHHELD}-{len(self.generic) + 1}"
            row = CellRow(TABLES["sources"])
            row.references["source_id"] = [self.generic[known]]
            row.cells = {"publisher": source.publisher, "published_on": source.published}
            self.rows.add(Folder(dataset, dataset), row, "", 0)
        return self.generic[known]

    def _keys_of(self, id: str, dataset: str) -> list[str]:
        sql = "SELECT key FROM keys WHERE id = ? ORDER BY dataset <> ?, dataset, key"
        return [row[0] for row in self.spool.rows(sql, (id, dataset))]

    def write(self, part: Folder, tables: list[str], folder: Path) -> None:
        """Write the tables of one folder."""
        made = folder / part.name
        made.mkdir()
        for name in tables:
            table = TABLES[name]
            columns = [column.name for column in table.all_columns]
            with (made / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow([*columns, *COLUMNS])
                for row in self.rows.rows(part, table):
                    place = {
                        DATASET: part.dataset,
                        FILE: row.file,
                        ROW: str(row.line or ""),
                        SIDE: row.side,
                    }
                    cells = [row.cells.get(column, "") for column in columns]
                    cells += [place[column] for column in COLUMNS]
                    writer.writerow([defused(cell) for cell in cells])
                    self.made.rows[name] += 1

    def write_decisions(self, folder: Path) -> None:
        """Write what can be decided again of what people decided; nobody else has a say in it.

        For an audience that may not see all, decisions have had their effect; corrections go along.
        """
        rows = list(correction_rows(self.store, self.redactor, self.decisions, self._any_key))
        if self.redactor is None:
            rows += [
                decision_row(decision) if self._is_there(decision) else None
                for decision in self.listed
            ]
        kept = [row for row in rows if row is not None]
        self.made.decisions, self.made.undecided = len(kept), len(rows) - len(kept)
        if kept:
            write_decisions(kept, folder)
        same = SamePeople(self.listed)
        if self.redactor is None and same.newest:
            # Rows speak of people as their files do; who is one goes along apart.
            (folder / PAIRS).write_text(decisions_text(same), "utf-8")
            self.made.pairs = len(same.newest)
            self.made.undecided -= sum(decision.kind in PAIRED for decision in self.listed)

    def _any_key(self, id: str) -> str:
        return next(iter(self._keys(id, "")), "")

    def _is_there(self, decision: Decision) -> bool:
        sql = "SELECT 1 FROM claims WHERE id = ?"
        return decision.label != CLAIM or self.spool.row(sql, (decision.target,)) is not None

    def compare(self, folder: Path) -> None:
        """Read what was written; count the claims that would not be the same."""
        alike = 0
        for part, tables in self.made.folders:
            with Spool(self.store.scratch) as spool:
                reading = read_files(
                    [folder / part.name / f"{name}.csv" for name in tables],
                    part.dataset,
                    space=part.space,
                    existing=StoredNodes(self.store),
                    stubs=True,
                    spool=spool,
                )
                sql = "SELECT 1 FROM claims WHERE id = ? AND digest = ?"
                for claim in reading.claims:
                    alike += self.spool.row(sql, (claim.id, claim.digest())) is not None
        self.made.differing = self.spool.number("SELECT count(*) FROM claims") - alike
