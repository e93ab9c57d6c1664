"""Partial dates: the text as given, with the earliest and the latest day it can mean."""

from __future__ import annotations

import calendar
import datetime
import math
import re
import time
from dataclasses import dataclass
from functools import lru_cache

from vinculos.language import gettext as _


class NoSuchDay(ValueError):
    """A date as it should be written, of a day that no calendar has."""


_PLAIN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as its source.

    `text` is the date as written; `earliest` and `latest` bound it, None where it is open.
    """

    text: str
    earliest: datetime.date | None
    latest: datetime.date | None

    def ends_before(self, beginning: PartialDate) -> bool:
        """Return whether no day that this date can mean is on or after that of a beginning."""
        return bool(self.latest and beginning.earliest and self.latest < beginning.earliest)

    def contains(self, other: PartialDate) -> bool:
        """Return whether every day that `other` can mean is one that this date can mean."""
        return (
            self.earliest is not None
            and self.latest is not None
            and other.earliest is not None
            and other.latest is not None
            and self.earliest <= other.earliest
            and other.latest <= self.latest
        )


@lru_cache(maxsize=16384)
def parse_date(text: str) -> PartialDate:
    """Return the partial date that `text` writes.

    Args:
        text: `2025`, `2025-01`, `2025-01-07`, or EDTF level 1 (`2025-01~`, `2025?`, `../2025`),
            as the Library of Congress specifies it. An uncertain or approximate date is widened
            by the padding of the `edtf` library, so that nothing counts as confirmed by it alone.

    Raises:
        NoSuchDay: it is written so, but there is no such day.
        ValueError: `text` is none of these; the message says what is expected.
    """
    if match := _PLAIN.fullmatch(text):
        year, month, day = (int(part) if part else None for part in match.groups())
        return _plain(text, year or 0, month, day)
    return _qualified(text)


def _plain(text: str, year: int, month: int | None, day: int | None) -> PartialDate:
    try:
        earliest = datetime.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise NoSuchDay(_("{text} is not a day of the calendar").format(text=text)) from None
    if month is None:
        latest = datetime.date(year, 12, 31)
    elif day is None:
        latest = datetime.date(year, month, calendar.monthrange(year, month)[1])
    else:
        latest = earliest
    return PartialDate(text, earliest, latest)


def _qualified(text: str) -> PartialDate:
    # The grammar takes a tenth of a second to import and most data never needs it.
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    if len(text) > 40:
        raise _no_date()
    try:
        parsed = parse_edtf(text)
        lower, upper = parsed.lower_fuzzy(), parsed.upper_fuzzy()
    except (EDTFParseException, ValueError, OverflowError, AttributeError, TypeError):
        raise _no_date() from None
    try:
        return PartialDate(text, _bound(lower), _bound(upper))
    except ValueError:
        raise ValueError(
            _(
                "this date is out of range; "
                "write 2025, 2025-01, 2025-01-07, 2025-01~, 2025? or ../2025"
            )
        ) from None


def _no_date() -> ValueError:
    return ValueError(
        _("this is no date; write 2025, 2025-01, 2025-01-07, 2025-01~, 2025? or ../2025")
    )


def _bound(value: time.struct_time | float) -> datetime.date | None:
    if isinstance(value, float):
        if math.isinf(value):
            return None
        raise ValueError("not a bound")
    return datetime.date(value.tm_year, value.tm_mon, value.tm_mday)
