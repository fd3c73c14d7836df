"""The grammar of periods."""

from datetime import date

import pytest
from django.utils import translation

from evaluations.enums import Period


def test_period_reads_and_writes_the_same_words() -> None:
    assert str(Period.parse("2026Q3")) == "2026Q3"


@pytest.mark.parametrize(
    "text", ["", "2026", "2026Q5", "2026Q0", "2026q3", "1999Q1", "2026Q3-year", "2026Q3\n", " 2026Q3"]
)
def test_other_words_are_no_period(text: str) -> None:
    with pytest.raises(ValueError, match="2026Q3"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2026, 1, 1), "2026Q1"),
        (date(2026, 3, 31), "2026Q1"),
        (date(2026, 4, 1), "2026Q2"),
        (date(2026, 12, 31), "2026Q4"),
    ],
)
def test_every_day_lies_in_its_quarter(day: date, period: str) -> None:
    found = Period.of(day)
    assert str(found) == period
    assert found.first_day <= day <= found.last_day


def test_quarters_follow_each_other_over_the_turn_of_the_year() -> None:
    last = Period.parse("2026Q4")
    assert str(last.next) == "2027Q1"
    assert str(last.next.previous) == "2026Q4"
    assert last.last_day == date(2026, 12, 31)


def test_period_has_a_name_in_both_languages() -> None:
    with translation.override("en"):
        assert Period.parse("2026Q3").label == "3rd quarter 2026"
    with translation.override("nl"):
        assert Period.parse("2026Q3").label == "3e kwartaal 2026"
