"""Dates of surveys."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.workflow import add_months, closes_on, follow_up_due, reminders_due


@pytest.mark.parametrize(
    ("closed", "due"),
    [
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2027, 8, 30), date(2028, 2, 29)),
        (date(2026, 8, 28), date(2027, 2, 28)),
        (date(2026, 3, 31), date(2026, 9, 30)),
        (date(2026, 2, 28), date(2026, 8, 28)),
        (date(2026, 6, 30), date(2026, 12, 30)),
        (date(2026, 7, 1), date(2027, 1, 1)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_follow_up_is_due_six_calendar_months_after_closing(closed: date, due: date) -> None:
    assert follow_up_due(closed) == due


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(-24, 24))
def test_adding_months_keeps_the_day_or_takes_the_last_of_the_month(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    is_last = (moved + timedelta(days=1)).month != moved.month
    assert moved.day == day.day or (is_last and moved.day < day.day)


@pytest.mark.parametrize(("after", "number"), [(0, 0), (6, 0), (7, 1), (20, 1), (21, 2), (42, 2)])
def test_reminders_follow_after_7_and_21_days(after: int, number: int) -> None:
    sent = date(2026, 2, 20)
    assert reminders_due(sent, [7, 21], sent + timedelta(days=after)) == number


def test_survey_closes_after_42_days() -> None:
    assert closes_on(date(2026, 1, 20), 42) == date(2026, 3, 3)
