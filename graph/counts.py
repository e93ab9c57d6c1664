"""Counts in sentences: one row, two rows."""

from __future__ import annotations

from typing import Any


class Count(int):
    """A whole number that knows what it counts: `{:row|rows}` is written `1 row` or `2 rows`.

    `{:=is|are}` is the word alone, `{:,}` a number as ever.
    """

    def __format__(self, spec: str) -> str:
        """Return the number as the format says."""
        if "|" not in spec:
            return int(self).__format__(spec)
        one, many = spec.removeprefix("=").split("|")
        word = one if self == 1 else many
        return word if spec.startswith("=") else f"{int(self)} {word}"


def fill(text: str, *values: Any, **named: Any) -> str:
    """Return a template with its places filled, each whole number as a `Count`."""
    return text.format(
        *map(_counted, values), **{name: _counted(value) for name, value in named.items()}
    )


def _counted(value: Any) -> Any:
    return Count(value) if type(value) is int else value
