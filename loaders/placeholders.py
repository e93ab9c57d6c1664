"""Names that are none: words that only say what somebody is, such as `hijo 1`."""

from __future__ import annotations

from vinculos.graph.folding import fold

_PLACEHOLDERS = frozenset(
    "hija hijo nina nino menor menores adolescente nna bebe hermana hermano sobrina sobrino nieta "
    "nieto prima primo joven estudiante persona edad un uno dos tres cuatro cinco de del la el los "
    "las una anos "
    "child minor daughter son girl boy baby sister brother niece nephew grandchild cousin teenager "
    "adolescent student of the one two three four five aged years old".split()
)

_YOUNG = frozenset(
    "nina nino menor menores adolescente nna bebe minor girl boy baby teenager adolescent".split()
)
"""Those of them that are said of minors alone; a child of somebody may be grown up."""


def is_placeholder(name: str) -> bool:
    """Return whether a name only says what somebody is, such as `hijo 1` or `minor A`."""
    words = fold(name).split()
    letters = [word for word in words if len(word) == 1 and word.isalpha()]
    return len(letters) <= 1 and all(
        word in _PLACEHOLDERS or word.isdigit() or len(word) == 1 for word in words
    )


def is_young(name: str) -> bool:
    """Return whether a name only says that somebody is a minor, such as `adolescente 1`."""
    return is_placeholder(name) and not _YOUNG.isdisjoint(fold(name).split())
