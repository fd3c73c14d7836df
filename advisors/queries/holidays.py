"""Public holidays, on which nobody is offered a conversation: a calculation over `content/holidays.yaml`."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from dateutil.easter import easter

from portal import files

CONTENT = Path(__file__).resolve().parent.parent / "content" / "holidays.yaml"
SUNDAY = 6


def is_holiday(day: date) -> bool:
    """Tell whether a day is a public holiday, or another day on which universities are closed."""
    return day in holidays(day.year)


@cache
def holidays(year: int) -> frozenset[date]:
    """Return the holidays of one year."""
    return frozenset(_day(row, year) for row in _rows())


@cache
def _rows() -> tuple[Mapping[str, Any], ...]:
    return tuple(files.read(CONTENT)["holidays"])


def _day(row: Mapping[str, Any], year: int) -> date:
    if "easter" in row:
        sunday: date = easter(year)
        return sunday + timedelta(days=row["easter"])
    day = date(year, row["month"], row["day"])
    return day + timedelta(days=row.get("instead_of_sunday", 0)) if day.weekday() == SUNDAY else day
