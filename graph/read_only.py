"""What a statement may do when it may only read: one answer for both engines.

Three lines of defence. The text: what needs no parser to see. The engine's own verdict: Neo4j's
plan, or the embedded engine's refusal to run the statement as a query. The session: a READ session
on Neo4j, a user without any right but reading on the embedded engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import neo4j

from vinculos.errors import StatementError, WriteRefused
from vinculos.language import gettext as _

TOKEN = re.compile(
    r"""
    (?P<space>\s+|//[^\n\r]*|/\*.*?(?:\*/|\Z))
  | (?P<string>'(?:\\.|[^'\\])*(?:'|\Z)|"(?:\\.|[^"\\])*(?:"|\Z))
  | (?P<quoted>`(?:``|[^`])*(?:`|\Z))
  | (?P<word>[^\W\d]\w*)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
WRITE_WORDS = frozenset(
    "ALTER CREATE DELETE DENY DETACH DROP FOREACH GRANT INSERT MERGE REMOVE RENAME REVOKE SET "
    "TERMINATE".split()
)
SHOWN = re.compile(r"(INDEX(ES)?|CONSTRAINTS?|FUNCTIONS?|PROCEDURES?)\Z")
# Procedures that only read the graph or its schema. Others may read files, web pages or the
# server's settings, also where they count as reading.
PROCEDURES = re.compile(
    r"db\.(labels|relationshiptypes|propertykeys|ping|info)\Z"
    r"|db\.schema\.(visualization|nodetypeproperties|reltypeproperties)\Z"
    r"|db\.index\.(fulltext|vector)\.query(nodes|relationships)\Z"
    r"|algo\.\w+(\.\w+)*\Z",
    re.IGNORECASE,
)
PLAN_REFUSED = re.compile(
    r"(LoadCSV|Terminate\w*|Show(?!(Indexes|Constraints|Functions|Procedures)\b)\w*)\Z"
)


def refused() -> WriteRefused:
    """Return the one error for all that may not run read-only, on either engine."""
    return WriteRefused(
        _("This statement would change the graph or reach outside it."),
        _("If that is what you want, run it again with --write."),
    )


def tokens(cypher: str) -> list[str]:
    """Return the statement's words and signs: words in capitals, strings as `''`, no comments."""
    return list(scan(cypher))


def scan(cypher: str) -> Iterator[str]:
    """Yield tokens; a name in backticks keeps its first backtick, so it equals no word."""
    for match in TOKEN.finditer(cypher):
        kind, text = match.lastgroup, match.group()
        if kind == "word":
            yield text.upper()
        elif kind == "quoted":
            yield "`" + text.strip("`")
        elif kind == "string":
            yield "''"
        elif kind == "other":
            yield text


def bare(cypher: str) -> str:
    """Return the statement without EXPLAIN and PROFILE before it, whatever comments lie between."""
    position = 0
    for match in TOKEN.finditer(cypher):
        word = match.group().upper()
        if match.lastgroup == "space" or word in ("EXPLAIN", "PROFILE"):
            position = match.end()
        else:
            break
    return cypher[position:]


def check_single(cypher: str) -> None:
    """Refuse nothing, two statements in one string, and words hidden behind escapes.

    Raises:
        StatementError: with what to do instead.
    """
    found = tokens(bare(cypher))
    while found and found[-1] == ";":
        found.pop()
    if not found:
        raise StatementError(
            _("There is no statement."), _("Write one, such as MATCH (n) RETURN n.")
        )
    if ";" in found:
        raise StatementError(_("There are two statements in one."), _("Run them one at a time."))
    if "\\" in found:
        raise StatementError(
            _("There is a backslash outside of a string."), _("Write the characters themselves.")
        )


def check_text(cypher: str) -> None:
    """Refuse what the text alone gives away, on every engine alike.

    Raises:
        WriteRefused: it loads a file, shows the server's settings, or calls an unknown procedure.
    """
    found = tokens(bare(cypher))
    if found[0] == "SHOW" and not any(SHOWN.match(word) for word in until_yield(found)):
        raise refused()
    if found[0] in ("START", "STOP", "TERMINATE", "DRYRUN", "ENABLE", "REALLOCATE", "DEALLOCATE"):
        raise refused()
    for index, word in enumerate(found):
        if word == "LOAD" and found[index + 1 : index + 2] == ["CSV"]:
            raise refused()
        name = procedure(found, index) if word == "CALL" else ""
        if name and not PROCEDURES.match(name):
            raise refused()


def until_yield(found: list[str]) -> list[str]:
    """Return the words of a SHOW command that say what it shows."""
    ends = [found.index(word) for word in ("YIELD", "WHERE", "RETURN") if word in found]
    return found[: min(ends, default=len(found))]


def procedure(found: list[str], index: int) -> str:
    """Return the name of the procedure that the CALL at `index` calls; nothing for a subquery."""
    if found[index - 1 : index] in (["."], [":"], ["$"]):
        return ""
    parts: list[str] = []
    for word in found[index + 1 :]:
        if word != "." and not (word[0] == "`" or word[0].isalpha() or word[0] == "_"):
            break
        if parts and word != "." and parts[-1] != ".":
            break
        parts.append(word.lstrip("`"))
    return "".join(parts).lower()


def may_write(cypher: str) -> bool:
    """Tell whether some word of the statement could begin a write; a name may look like one."""
    return not WRITE_WORDS.isdisjoint(tokens(cypher))


def check_plan(session: neo4j.Session, cypher: str, parameters: Mapping[str, Any] | None) -> None:
    """Refuse what Neo4j's own plan gives away; the statement does not run.

    Raises:
        WriteRefused: it would write, or some step of it reaches outside the graph.
    """
    explained = session.run(f"EXPLAIN {bare(cypher)}", dict(parameters or {}))
    summary = explained.consume()
    if summary.query_type != "r":
        raise refused()
    for operator, details in operators(summary.plan or {}):
        if PLAN_REFUSED.match(operator):
            raise refused()
        called = details.partition("(")[0].strip().replace("`", "")
        if operator == "ProcedureCall" and not PROCEDURES.match(called):
            raise refused()


def operators(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each step of a plan: its kind, without the database, and its details."""
    kind = str(plan.get("operatorType", "")).partition("@")[0]
    yield kind, str(plan.get("args", {}).get("Details", ""))
    for child in plan.get("children", []):
        yield from operators(child)
