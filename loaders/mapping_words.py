"""Lists of words in a mapping: written there, or looked up in a second file."""

from __future__ import annotations

from pathlib import Path

from yaml.nodes import MappingNode, Node

from vinculos.errors import InputError
from vinculos.language import gettext as _
from vinculos.loaders.cells import suggest
from vinculos.loaders.files import Problem, open_tables
from vinculos.loaders.mapping_nodes import Complaints, line_of
from vinculos.loaders.mapping_values import Words

LOOKUP = ("file", "key", "value")
"""The keys of a list of words that stands in a file: its name, and two of its columns."""
MOST = 200_000
"""Rows of such a file that are read."""


def read_words(
    node: Node, what: str, folder: Path, complaints: Complaints
) -> tuple[Words, list[tuple[str, str]]]:
    """Return a list of words, and name and SHA-256 hash of the file that it stands in, if in any.

    Args:
        node: words with what becomes of each, or where they stand.
        what: what the list is called in messages.
        folder: from where the names of files are understood.
        complaints: where mistakes are noted.
    """
    fields = complaints.fields(node, what)
    if isinstance(node, MappingNode) and set(fields) == set(LOOKUP):
        return _looked_up(fields, what, folder, complaints)
    pairs = {word: complaints.text(value, what) for word, value in fields.items()}
    lines = [(line_of(value), pairs[word]) for word, value in fields.items()]
    if not pairs and isinstance(node, MappingNode):
        complaints.wrong(node, what, _("this list of words is empty"))
    return Words(pairs, lines), []


def _looked_up(
    fields: dict[str, Node], what: str, folder: Path, complaints: Complaints
) -> tuple[Words, list[tuple[str, str]]]:
    name, key, value = (complaints.text(fields[part], what) for part in LOOKUP)
    path = folder / name
    pairs: dict[str, str] = {}
    files: list[tuple[str, str]] = []
    if not path.is_file():
        message = _("there is no such file beside the mapping")
        complaints.wrong(fields["file"], what, message)
        return Words(pairs), files
    try:
        for table in open_tables(path):
            if isinstance(table, str):
                continue
            files.append((table.name, table.sha256))
            header = table.header
            for one, column in ((fields["key"], key), (fields["value"], value)):
                if header is not None and column not in header:
                    said = _("{file} has no such column{hint}")
                    hint = suggest(column, list(header))
                    complaints.wrong(one, what, said.format(file=table.name, hint=hint))
            for number, row in enumerate(table.rows()):
                if isinstance(row, Problem) or row.problems or number >= MOST:
                    problem = row if isinstance(row, Problem) else (*row.problems, None)[0]
                    too_many = _("it has more than {most:,} rows").format(most=MOST)
                    reason = problem.message if problem else too_many
                    reason = f"{table.name}:{row.line}: {reason}"
                    complaints.wrong(fields["file"], what, reason)
                    break
                word, meant = row.cells.get(key, ""), row.cells.get(value, "")
                if pairs.setdefault(word, meant) != meant:
                    message = _("{place} says something else of this word")
                    message = message.format(place=f"{table.name}:{row.line}")
                    complaints.at(line_of(fields["key"]), what, word, message)
            break
    except InputError as error:
        complaints.wrong(fields["file"], what, str(error))
    return Words(pairs), files
