"""Dates as people write them, read by the formats that a mapping names."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from vinculos.graph.dates import NoSuchDay, parse_date
from vinculos.graph.folding import fold
from vinculos.language import gettext as _
from vinculos.loaders.cells import MIDNIGHT

EXCEL = "excel"
_PARTS = {"d": "day", "dd": "day", "m": "month", "mm": "month"}
_PARTS |= {"month": "name", "mmm": "name", "yy": "short", "yyyy": "year"}
_DIGITS = {"day": 2, "month": 2, "short": 2, "year": 4}
_MONTHS = (
    "enero ene january jan",
    "febrero feb february",
    "marzo mar march",
    "abril abr april apr",
    "mayo may",
    "junio jun june",
    "julio jul july",
    "agosto ago august aug",
    "septiembre setiembre sept sep set september",
    "octubre oct october",
    "noviembre nov november",
    "diciembre dic december dec",
)
MONTHS = {word: number for number, line in enumerate(_MONTHS, 1) for word in line.split()}
"""The names of months and their short forms in Spanish and English, folded, to their number."""
_SMALL = frozenset(
    "de del of the a el lunes martes miercoles jueves viernes sabado domingo".split()
)
_SMALL |= frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_DAYS_TO = datetime.date(1899, 12, 30)
"""Day 0 of a spreadsheet, as its days from March 1900 on count."""


class DateFormat:
    """One way to write dates: `d`, `m`, `month`, `yyyy`, `yy` in their order, or `excel`."""

    def __init__(self, text: str) -> None:
        """Take the format.

        Raises:
            ValueError: it is none; the message says what one may hold.
        """
        self.text = text
        self.parts = tuple(_PARTS.get(word, "") for word in re.findall(r"\w+", text.lower()))
        years = {"year", "short"}.intersection(self.parts)
        months = {"month", "name"}.intersection(self.parts)
        if text.lower() == EXCEL:
            self.parts = (EXCEL,)
        elif (
            not self.parts
            or "" in self.parts
            or len(set(self.parts)) < len(self.parts)
            or len(years) != 1
            or len(months) > 1
            or ("day" in self.parts and not months)
        ):
            raise ValueError(
                _(
                    "a date format is made of d or dd, m, mm or month (its name), yyyy or yy, such "
                    "as dd/mm/yyyy, d month yyyy, mm/yyyy; or it is excel"
                )
            )

    def read(self, text: str) -> str | None:
        """Return the partial date that `text` writes in this format, None where it is in another.

        Raises:
            ValueError: it is in this format, and no day of the calendar.
        """
        if self.parts == (EXCEL,):
            return _of_serial(text)
        words = [word for word in fold(text).split() if word not in _SMALL]
        if len(words) != len(self.parts):
            return None
        found: dict[str, int] = {}
        for part, word in zip(self.parts, words, strict=True):
            if part == "name":
                if word not in MONTHS:
                    return None
                found["month"] = MONTHS[word]
                continue
            digits = re.sub(r"(?<=\d)(st|nd|rd|th|o|ro|º)$", "", word) if part == "day" else word
            exact = part in ("year", "short")
            width = _DIGITS[part]
            if not digits.isascii() or not digits.isdigit() or len(digits) > width:
                return None
            if exact and len(digits) != width:
                return None
            found[part] = int(digits)
        if "short" in found:
            # As POSIX reads two digits: 69 to 99 are of the last century.
            found["year"] = found["short"] + (1900 if found["short"] >= 69 else 2000)
        said = f"{found['year']:04}"
        said += f"-{found['month']:02}" if "month" in found else ""
        said += f"-{found['day']:02}" if "day" in found else ""
        if not 1 <= found.get("month", 1) <= 12:
            message = _("there is no month {month} ({format})")
            raise ValueError(message.format(month=found["month"], format=self.text))
        return parse_date(said).text


def _of_serial(text: str) -> str | None:
    # Four digits are a year: whoever writes 2025 does not mean a day of 1905.
    match = re.fullmatch(r"([1-9]\d{4,6})(?:\.0+)?", text, re.ASCII)
    if not match:
        return None
    try:
        return (_DAYS_TO + datetime.timedelta(days=int(match[1]))).isoformat()
    except OverflowError:
        return None


@lru_cache(maxsize=16384)
def read_date(text: str, formats: tuple[DateFormat, ...]) -> str:
    """Return the partial date that `text` writes: EDTF as it is, else in the first format it fits.

    Raises:
        ValueError: it fits none, or is no day of the calendar.
    """
    if match := MIDNIGHT.fullmatch(text):
        return match[1]
    try:
        return parse_date(text).text
    except NoSuchDay:
        raise
    except ValueError:
        pass
    for one in formats:
        if found := one.read(text):
            return found
    message = _("this is no date in the format {formats}, nor one such as 2025-01-07 or 2025?")
    raise ValueError(message.format(formats=", ".join(one.text for one in formats)))
