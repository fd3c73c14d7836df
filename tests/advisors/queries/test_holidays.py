"""Public holidays: known dates of several years, and what they do to the free times."""

from datetime import date, timedelta

import pytest

from advisors.queries.freetimes import Planning, Remark, Span, free_times, remarks
from advisors.queries.holidays import holidays, is_holiday
from portal import clock

KNOWN = {
    # As printed in calendars: New Year, Good Friday, Easter Monday, King's Day, Liberation Day, Ascension, Whit Monday
    # and Christmas twice. 2025 has King's Day on a Saturday, 2024 and 2028 have a 29 February.
    2024: "01-01 03-29 04-01 04-27 05-05 05-09 05-20 12-25 12-26",
    2025: "01-01 04-18 04-21 04-26 05-05 05-29 06-09 12-25 12-26",
    2026: "01-01 04-03 04-06 04-27 05-05 05-14 05-25 12-25 12-26",
    2027: "01-01 03-26 03-29 04-27 05-05 05-06 05-17 12-25 12-26",
    2028: "01-01 04-14 04-17 04-27 05-05 05-25 06-05 12-25 12-26",
    2031: "01-01 04-11 04-14 04-26 05-05 05-22 06-02 12-25 12-26",
}


@pytest.mark.parametrize(("year", "days"), KNOWN.items())
def test_days_are_those_of_the_calendar(year, days):
    assert holidays(year) == {date.fromisoformat(f"{year}-{day}") for day in days.split()}


def test_kings_day_moves_to_saturday_and_never_falls_on_a_sunday():
    for year in range(2014, 2060):
        day = date(year, 4, 27)
        kept = day - timedelta(days=day.weekday() == 6)
        assert is_holiday(kept)
        assert day == kept or not is_holiday(day)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2028, 2, 29), False),
        (date(2025, 4, 27), False),
        (date(2025, 4, 26), True),
        (date(2026, 12, 24), False),
        (date(2026, 12, 25), True),
        (date(2027, 1, 1), True),
    ],
)
def test_one_day(day, holds):
    assert is_holiday(day) is holds


def test_nothing_is_offered_on_a_holiday_and_an_advisor_is_told():
    christmas = date(2026, 12, 25)
    since, until = clock.local(christmas - timedelta(days=1)), clock.local(christmas + timedelta(days=4))
    offered = {span.day for span in free_times(Planning(), since=since, until=until)}
    assert offered == {date(2026, 12, 24), date(2026, 12, 28)}
    typed = Span(clock.local(christmas, 10), clock.local(christmas, 11))
    assert remarks(Planning(), typed) == [Remark.HOLIDAY]
