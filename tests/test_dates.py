from __future__ import annotations

import datetime

import pytest

from vinculos.graph.dates import NoSuchDay, parse_date
from vinculos.language import speaking

DAY = datetime.date


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025", DAY(2025, 1, 1), DAY(2025, 12, 31)),
        ("2025-02", DAY(2025, 2, 1), DAY(2025, 2, 28)),
        ("2024-02", DAY(2024, 2, 1), DAY(2024, 2, 29)),
        ("2025-01-07", DAY(2025, 1, 7), DAY(2025, 1, 7)),
        ("../2025", None, DAY(2025, 12, 31)),
        ("2025-03/..", DAY(2025, 3, 1), None),
    ],
)
def test_bounds(text: str, earliest: datetime.date | None, latest: datetime.date | None) -> None:
    date = parse_date(text)
    assert (date.text, date.earliest, date.latest) == (text, earliest, latest)


@pytest.mark.parametrize("text", ["2025-01~", "2025-01?"])
def test_a_qualified_date_reaches_beyond_its_plain_bounds(text: str) -> None:
    date = parse_date(text)
    assert date.earliest is not None and date.earliest < DAY(2025, 1, 1)
    assert date.latest is not None and date.latest > DAY(2025, 1, 31)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025-13",
        "2025-02-30",
        "2025-00",
        "2025-01-00",
        "2025-00-07",
        "7/1/2025",
        "yesterday",
        "2025-1-7",
        "25",
        "0000-01-01",
        "9" * 99,
    ],
)
def test_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"write 2025|not a day"):
        parse_date(text)


def test_what_is_wrong_with_a_date_is_said_in_spanish_too() -> None:
    with speaking("es"):
        with pytest.raises(NoSuchDay, match="^2025-02-30 no es un día del calendario$"):
            parse_date("2025-02-30")
        with pytest.raises(ValueError, match=r"^esto no es una fecha; escriba 2025, 2025-01, "):
            parse_date("7/1/2025")
        with pytest.raises(ValueError, match=r"^esta fecha está fuera de lo posible; escriba"):
            parse_date("-0001")
    with pytest.raises(ValueError, match="^this is no date"):
        parse_date("7/1/2025")


def test_a_date_contains_a_more_exact_one() -> None:
    assert parse_date("2024-04").contains(parse_date("2024-04-14"))
    assert not parse_date("2024-04-14").contains(parse_date("2024-04"))
    assert not parse_date("2024-04").contains(parse_date("2024-05-14"))
    assert not parse_date("../2024").contains(parse_date("2024-05-14"))
