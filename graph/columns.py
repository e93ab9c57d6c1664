"""The columns of a statement by its text, for an engine that names none when there are no rows."""

from __future__ import annotations

from collections.abc import Iterator

from vinculos.graph.read_only import TOKEN

ENDS = frozenset({"ORDER", "SKIP", "OFFSET", "LIMIT", "UNION", "NEXT"})


def columns(cypher: str) -> tuple[str, ...]:
    """Return the names of the columns of the last RETURN; none where it returns all (`*`)."""
    parts = list(outer(cypher))
    words = [text.upper() for text in parts]
    if "RETURN" not in words:
        return ()
    start = len(words) - words[::-1].index("RETURN")
    end = next((i for i in range(start, len(words)) if words[i] in {*ENDS, ";"}), len(words))
    while start < end and (words[start].isspace() or words[start] == "DISTINCT"):
        start += 1
    items: list[list[str]] = [[]]
    for text in parts[start:end]:
        if text == ",":
            items.append([])
        else:
            items[-1].append(text)
    names = tuple(name_of(item) for item in items)
    return () if "*" in names else names


def outer(cypher: str) -> Iterator[str]:
    """Yield the parts of a statement outside of brackets; a bracket with its content is one part.

    Comments become one space, other space is kept, for a column without a name has its text.
    """
    depth, inside = 0, ""
    for match in TOKEN.finditer(cypher):
        text = match.group()
        if match.lastgroup == "space" and not text.isspace():
            text = " "
        depth += (text in "([{") - (text in ")]}") if match.lastgroup == "other" else 0
        if depth > 0 or inside:
            inside += text
            if depth == 0:
                yield inside
                inside = ""
        else:
            yield text


def name_of(item: list[str]) -> str:
    """Return the name of one returned item: what follows its AS, else its text."""
    words = [text.upper() for text in item]
    if "AS" in words:
        item = item[len(words) - words[::-1].index("AS") :]
    name = "".join(item).strip()
    return name[1:-1].replace("``", "`") if name.startswith("`") and name.endswith("`") else name
