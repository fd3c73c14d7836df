"""Turns the content's relative dates ("in six weeks, on a Tuesday") into real ones."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any

from portal import clock

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def in_weeks(today: date, weeks: int, weekday: str | None = None) -> date:
    """Return the day that many weeks on; with a weekday, that day of that week, and never before tomorrow."""
    day = today + timedelta(weeks=weeks)
    if weekday is None:
        return day
    day += timedelta(days=WEEKDAYS.index(weekday) - day.weekday())
    return day if day > today else day + timedelta(weeks=1)


def in_months(today: date, months: int) -> date:
    """Return the same day that many months on, or the month's last day when it is shorter."""
    years, month = divmod(today.month - 1 + months, 12)
    year = today.year + years
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def moments(row: dict[str, Any], today: date) -> tuple[datetime, datetime]:
    """Return when a session or meeting starts and ends; an end before the start is the next day."""
    day = in_weeks(today, row["weeks_from_now"], row["weekday"])
    first, last = _wall_clock(day, row["start"]), _wall_clock(day, row["end"])
    return first, last if last > first else _wall_clock(day + timedelta(days=1), row["end"])


def _wall_clock(day: date, text: str) -> datetime:
    hour, minute = text.split(":")
    return clock.local(day, int(hour), int(minute))
