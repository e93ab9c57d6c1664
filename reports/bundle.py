"""A bundle: a report with all that a colleague needs to check it, in one folder.

report.html     the document
script.md       the report's script
queries/        the saved questions that it asks
results/        what each block answered, as CSV
sources.csv     the sources, numbered as in the document
profile.yaml    what its readers may see: the redaction profile
bundle.json     parameters, day, fingerprint of the graph, versions, and a hash of each file
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import importlib.metadata
import io
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from vinculos.errors import NotFound, UsageError
from vinculos.formats.cells import Footnotes
from vinculos.formats.replace import unwritable_folder
from vinculos.formats.seal import check
from vinculos.formats.table import Fact
from vinculos.formats.text import as_csv, defused
from vinculos.graph import redact
from vinculos.graph.fingerprint import fingerprint
from vinculos.graph.store import Store
from vinculos.graph.withheld import Withheld
from vinculos.language import gettext as _
from vinculos.queries.gates import OPEN, Gates
from vinculos.queries.library import FOLDER, Query
from vinculos.reports.run import Failed, Report, questions
from vinculos.reports.script import LANGUAGES
from vinculos.reports.write import FORMATS

MANIFEST, SCRIPT, SOURCES, PROFILE, QUERIES, RESULTS = (
    "bundle.json",
    "script.md",
    "sources.csv",
    "profile.yaml",
    "queries",
    "results",
)
VERSION = 1
PACKAGES = ("vinculos", "arcadedb-embedded", "neo4j", "igraph", "jinja2", "markdown-it-py")
_MAPPINGS = ("parameters", "gates", "blocks", "versions", "files")
_SOURCE_HEAD = ("number", "publisher", "published", "title", "page", "url", "accessed")


@dataclass(frozen=True)
class Manifest:
    """What `bundle.json` says.

    `parameters` are those of the report; `blocks` gives by line the parameters of each block, its
    question, its file of results and how many rows are in it, or why it failed; `files` gives the
    SHA-256 of each other file.
    """

    report: str
    language: str
    audience: str
    made: str
    graph: str
    parameters: Mapping[str, str]
    gates: Mapping[str, Any]
    blocks: Mapping[str, Mapping[str, Any]]
    versions: Mapping[str, str]
    files: Mapping[str, str] = field(default_factory=dict)
    bundle: int = VERSION

    @property
    def open_gates(self) -> Gates:
        """The gates under which the report was run."""
        day = self.gates.get("as_of")
        return Gates(
            datetime.date.fromisoformat(day) if day else None,
            int(self.gates.get("min_sources", OPEN.min_sources)),
            str(self.gates.get("min_confidence", OPEN.min_confidence)),
        )


def write_bundle(
    folder: Path,
    report: Report,
    form: str,
    facts: Sequence[Fact],
    store: Store,
    withheld: Withheld,
    find: Callable[[str], Query],
) -> None:
    """Write a bundle, whole or not at all.

    Args:
        folder: the new folder.
        report: the report, run.
        form: the format of its document, of `FORMATS`.
        facts: for the foot of the document.
        store: the graph that it was run on.
        withheld: what the reader may not see.
        find: gives a saved question by its name.

    Raises:
        UsageError: the folder is there already or cannot be written, or the script or a parameter
            names what is withheld.
        VinculosError: something withheld is in a finished file; nothing is written.
    """
    asked = list(questions(report.script, find))
    own = [query_text(query) for query in asked if query.path and query.path.parent != FOLDER]
    texts = [report.script.text, *report.given.values(), *own]
    if any(redact.shown(text, withheld) != text for text in texts):
        raise UsageError(
            _("The script or its parameters name what readers may not see, and a bundle has both."),
            _("Use --audience internal, and keep the bundle among those who may see it."),
        )
    contents: dict[str, str | bytes] = {
        f"report.{form}": FORMATS[form](report, facts),
        SCRIPT: report.script.text,
        SOURCES: _sources(report),
        PROFILE: withheld.audience.text,
        **{f"{QUERIES}/{query.name}.cypher": query_text(query) for query in asked},
        **results(report),
    }
    written = {name: _bytes(content) for name, content in contents.items()}
    manifest = Manifest(
        report=report.script.name,
        language=report.lang,
        audience=withheld.audience.name,
        made=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        graph=fingerprint(store),
        parameters=report.given,
        gates=json.loads(json.dumps(asdict(report.gates), default=str)),
        blocks=_blocks(report),
        versions=versions(store),
        files={name: _hash(content) for name, content in sorted(written.items())},
    )
    said = json.dumps(asdict(manifest), ensure_ascii=False, indent=2) + "\n"
    written[MANIFEST] = said.encode()
    for name, content in written.items():
        # Questions are the program's own, or were looked at above.
        if not name.startswith(f"{QUERIES}/"):
            check(content, withheld, name)
    _write(folder, written)


def read_manifest(folder: Path) -> Manifest:
    """Return what `bundle.json` in a folder says.

    Raises:
        NotFound: there is none.
        UsageError: it is not one that this version can read.
    """
    path = folder / MANIFEST
    try:
        said = json.loads(path.read_bytes())
        manifest = Manifest(**said)
        known = (
            manifest.bundle == VERSION
            and isinstance(manifest.audience, str)
            and manifest.language in LANGUAGES
            and manifest.open_gates is not None
            and all(isinstance(said[name], dict) for name in _MAPPINGS)
            and all(isinstance(block, dict) for block in manifest.blocks.values())
        )
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(
            _("There is no bundle in {folder}.").format(folder=folder),
            _("It would hold {file}.").format(file=MANIFEST),
        ) from None
    except (OSError, ValueError, TypeError, AttributeError):
        known = False
    if not known:
        raise unreadable(path)
    return manifest


def unreadable(path: Path) -> UsageError:
    """Return the error of a file of a bundle that says nothing this version can read."""
    return UsageError(
        _("{path} cannot be read.").format(path=path), _("Take the bundle as it was written.")
    )


def changed_files(folder: Path, manifest: Manifest) -> list[str]:
    """Return the files of a bundle that are missing, added, or not as they were written."""
    there = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    there.pop(MANIFEST, None)
    names = sorted({*there, *manifest.files})
    return [
        name
        for name in names
        if name not in there or _hash(there[name].read_bytes()) != manifest.files.get(name)
    ]


def results(report: Report) -> dict[str, str]:
    """Return what each block answered as CSV, by the name of its file."""
    return {
        f"{RESULTS}/{number:02}-{shown.name}.csv": as_csv(shown.table)
        for number, shown in enumerate(report.shown, 1)
    }


def query_text(query: Query) -> str:
    """Return the whole text of a saved question, its header included."""
    return query.path.read_text("utf-8-sig") if query.path else query.text


def versions(store: Store) -> dict[str, str]:
    """Return the versions of the engine, of Python and of the packages that decide an answer."""
    return {
        "engine": f"{store.engine} {store.version}",
        "python": platform.python_version(),
        **{name: importlib.metadata.version(name) for name in PACKAGES},
    }


def _blocks(report: Report) -> dict[str, dict[str, Any]]:
    files = dict(zip((shown.line for shown in report.shown), results(report), strict=True))
    answered = {shown.line: shown for shown in report.shown}
    failed = {part.line: part.message for part in report.parts if isinstance(part, Failed)}
    blocks: dict[str, dict[str, Any]] = {}
    for line in sorted({*report.asked, *failed}):
        asked, shown = report.asked.get(line), answered.get(line)
        blocks[str(line)] = {
            "question": asked.query.name if asked else "",
            # As they were bound: what is "today" by itself stays that day.
            "parameters": dict(shown.given if shown else asked.given if asked else {}),
            **({"result": files[line], "rows": len(shown.table.rows)} if shown else {}),
            **({"failed": failed[line]} if line in failed else {}),
        }
    return blocks


def _sources(report: Report) -> str:
    notes = Footnotes(report.lang)
    for shown in report.shown:
        for row in shown.table.rows:
            shown.table.cells(row, notes)
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(_SOURCE_HEAD)
    for number, source in notes.references():
        said = source._asdict()
        writer.writerow([number, *(defused(said[name]) for name in _SOURCE_HEAD[1:])])
    return written.getvalue()


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", "replace")


def _hash(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def refuse_existing(folder: Path) -> None:
    """Refuse a folder that is there already.

    Raises:
        UsageError: it is.
    """
    if folder.exists():
        raise UsageError(
            _("{path} is there already.").format(path=folder),
            _("Name a new folder for the bundle."),
        )


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    refuse_existing(folder)
    try:
        temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.resolve().parent))
    except OSError as error:
        raise unwritable_folder(folder, error) from None
    try:
        for name, content in contents.items():
            path = temporary / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o777 & ~mask)
        temporary.rename(folder)
    except OSError as error:
        raise unwritable_folder(folder, error) from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
