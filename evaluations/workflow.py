"""The dates of a survey, as pure functions (decision 9). Days are Amsterdam days."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

FOLLOW_UP_MONTHS = 6
QUIET_MONTHS = 1


def add_months(day: date, months: int) -> date:
    """Move by calendar months; a day that the target month lacks becomes its last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def follow_up_due(closed_on: date) -> date:
    """Return the day six calendar months after closing: 31 August gives 28 or 29 February."""
    return add_months(closed_on, FOLLOW_UP_MONTHS)


def quiet_until(sent_on: date) -> date:
    """Return the first day on which the same person may get another survey request."""
    return add_months(sent_on, QUIET_MONTHS)


def closes_on(sent_on: date, close_after_days: int) -> date:
    """Return the last day on which the survey can be answered."""
    return sent_on + timedelta(days=close_after_days)


def reminders_due(sent_on: date, reminder_days: Sequence[int], as_of: date) -> int:
    """Count the reminders that should have gone out by that day."""
    return sum(1 for days in reminder_days if as_of >= sent_on + timedelta(days=days))
