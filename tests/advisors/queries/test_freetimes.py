"""Free times: a calculation that must hold for any hours, absences and appointments."""

import itertools
from datetime import UTC, date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from advisors.queries.freetimes import OFFICE_HOURS, Planning, Remark, Span, Stretch, free_times, remarks
from portal import clock

MONDAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)


def span(day, hour, minute=0, minutes=60):
    starts = clock.local(day, hour, minute).astimezone(UTC)
    return Span(starts, starts + timedelta(minutes=minutes))


def times(planning=None, first=MONDAY, days=1, **more):
    found = free_times(
        planning or Planning(),
        since=more.pop("since", clock.local(first)),
        until=clock.local(first + timedelta(days=days)),
        **more,
    )
    return [each.starts_at.astimezone(clock.AMSTERDAM).strftime("%d %H:%M") for each in found]


def nights(starts, ends):
    return Planning(hours=tuple(Stretch(day, starts, ends) for day in range(7)))


def test_office_hours_with_a_pause_between():
    assert times() == ["23 09:00", "23 10:15", "23 11:30", "23 13:00", "23 14:15", "23 15:30"]


def test_weekend_and_absence_give_nothing():
    away = Planning(away=((MONDAY, MONDAY + timedelta(days=1)),))
    assert times(first=date(2026, 11, 21), days=2) == []
    assert {found[:2] for found in times(away, days=4)} == {"25", "26"}


def test_what_is_taken_is_stepped_over_with_the_pause():
    assert times(busy=[span(MONDAY, 10)])[:3] == ["23 11:15", "23 13:00", "23 14:15"]
    assert times(busy=[span(MONDAY, 10, 15)])[:3] == ["23 09:00", "23 11:30", "23 13:00"]


def test_the_participants_own_appointments_need_no_pause():
    assert times(other_busy=[span(MONDAY, 9)])[:2] == ["23 10:00", "23 11:15"]


def test_a_full_day_is_full():
    busy = [span(MONDAY, hour, minutes=30) for hour in (9, 11, 14, 16)]
    assert times(busy=busy) == []
    assert times(Planning(per_day=5), busy=busy)[0] == "23 09:45"


def test_nothing_before_the_given_moment_and_always_on_a_quarter():
    assert times(since=clock.local(MONDAY, 14, 7)) == ["23 14:15", "23 15:30"]


def test_hours_that_touch_are_one_stretch():
    hours = (Stretch(0, time(9), time(10)), Stretch(0, time(10), time(11, 30)))
    assert times(Planning(hours=hours, length=timedelta(minutes=90))) == ["23 09:00"]


def test_the_night_of_23_hours():
    assert times(nights(time(1), time(5)), first=date(2027, 3, 28)) == ["28 01:00", "28 03:15"]
    assert times(nights(time(2), time(3)), first=date(2027, 3, 28)) == []
    assert times(nights(time(2, 30), time(4)), first=date(2027, 3, 28)) == ["28 03:00"]


def test_the_night_of_25_hours():
    found = times(nights(time(1), time(4)), first=date(2026, 10, 25))
    assert found == ["25 01:00", "25 02:15", "25 02:30"]  # the second 02:30 comes after the clock went back


def test_leap_day():
    assert times(first=date(2028, 2, 29))[0] == "29 09:00"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (span(MONDAY, 9), []),
        (span(MONDAY, 8, 30), [Remark.HOURS]),
        (span(MONDAY, 12), [Remark.HOURS]),
        (span(date(2026, 11, 28), 10), [Remark.HOURS]),
        (span(date(2026, 11, 26), 10), [Remark.AWAY]),
        (span(MONDAY, 14), [Remark.TAKEN]),
        (span(MONDAY, 15, 35), []),
        (span(MONDAY, 15, 5), [Remark.PAUSE]),
    ],
)
def test_what_speaks_against_a_moment(typed, expected):
    planning = Planning(away=((date(2026, 11, 26), date(2026, 11, 26)),))
    assert remarks(planning, typed, busy=[span(MONDAY, 14)]) == expected


def test_a_fifth_conversation_on_one_day_is_remarked():
    busy = [span(MONDAY, hour, minutes=15) for hour in (9, 10, 11, 12)]
    assert remarks(Planning(), span(MONDAY, 15), busy=busy) == [Remark.FULL]


quarters = some.integers(0, 95).map(lambda number: time(number // 4, number % 4 * 15))
stretches = some.builds(
    lambda weekday, ends: Stretch(weekday, min(ends), max(ends)),
    some.integers(0, 6),
    some.lists(quarters, min_size=2, max_size=2, unique=True),
)
days = some.dates(date(2026, 1, 1), date(2028, 12, 31))
plannings = some.builds(
    Planning,
    hours=some.lists(stretches, max_size=10).map(tuple) | some.just(OFFICE_HOURS),
    away=some.lists(some.tuples(days, some.integers(0, 9)), max_size=3).map(
        lambda rows: tuple((first, first + timedelta(days=length)) for first, length in rows)
    ),
    length=some.sampled_from([15, 45, 60, 90]).map(lambda minutes: timedelta(minutes=minutes)),
    pause=some.sampled_from([0, 10, 15, 30]).map(lambda minutes: timedelta(minutes=minutes)),
    per_day=some.integers(1, 6),
)


@settings(max_examples=150, deadline=None)
@given(
    planning=plannings,
    first=some.sampled_from([date(2026, 10, 23), date(2027, 3, 26), date(2028, 2, 27)]) | days,
    offset=some.integers(0, 60 * 48),
    taken=some.lists(some.tuples(some.integers(0, 60 * 24 * 7), some.integers(10, 200)), max_size=12),
    others=some.lists(some.tuples(some.integers(0, 60 * 24 * 7), some.integers(10, 200)), max_size=6),
)
def test_any_free_time_is_free(planning, first, offset, taken, others):
    """C5: no overlap, inside the hours, absences and the maximum respected, never before the given moment."""
    start = clock.local(first).astimezone(UTC)

    def spans(rows):
        begins = [(start + timedelta(minutes=at), timedelta(minutes=length)) for at, length in rows]
        return [Span(at, at + length) for at, length in begins]

    busy, other_busy = spans(taken), spans(others)
    since, until = start + timedelta(minutes=offset), start + timedelta(days=7)
    found = list(free_times(planning, since=since, until=until, busy=busy, other_busy=other_busy))
    assert found == sorted(found)
    for each in found:
        assert each.ends_at - each.starts_at == planning.length
        assert since <= each.starts_at
        assert each.ends_at <= until
        assert remarks(planning, each, busy=busy, other_busy=other_busy) == []
    for sooner, later in itertools.pairwise(found):
        assert later.starts_at - sooner.ends_at >= planning.pause
