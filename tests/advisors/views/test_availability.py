"""The page on which advisors say when they have time."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from advisors.forms import HoursForm
from advisors.models import Absence, Advisor, WorkingHours
from advisors.queries.availability import first_free, planning_of
from advisors.queries.freetimes import OFFICE_HOURS
from portal import clock
from tests.factories import advisors, people

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _sunday():
    with clock.frozen(clock.local(date(2026, 11, 22), 12)):
        yield


@pytest.fixture
def advisor(client):
    made = advisors.advisor()
    client.force_login(made.user)
    return made


def page():
    return reverse("advisors:availability")


def week(**days):
    rules = {"talk_minutes": 60, "pause_minutes": 15, "talks_per_day": 4}
    return {**rules, **{f"day{number}": "" for number in range(7)}, **days}


def test_without_rows_office_hours_count(client, advisor):
    assert planning_of(advisor).hours == OFFICE_HOURS
    text = client.get(page()).content.decode()
    assert "09.00-12.30, 13.00-17.00" in text
    assert "Maandag 23 november 2026" in text


def test_hours_are_kept_as_rows_and_offered(client, advisor):
    answer = client.post(page(), week(day1="9-12.30 en 13:00 tot 17", day3="8.30–10.30", talks_per_day=2))
    assert answer.status_code == 302
    rows = list(WorkingHours.objects.values_list("weekday", "starts", "ends"))
    assert rows == [(1, time(9), time(12, 30)), (1, time(13), time(17)), (3, time(8, 30), time(10, 30))]
    again = Advisor.objects.get(pk=advisor.pk)
    assert again.talks_per_day == 2
    assert first_free([again])[again.pk][0].starts_at == clock.local(MONDAY + timedelta(days=1), 9)


@pytest.mark.parametrize("typed", ["9-25", "12-9", "morgen", "9:00", "9-12, 11-13", "9-12-13", "x" * 90, "-"])
def test_odd_hours_come_back_with_a_sentence(client, advisor, typed):
    answer = client.post(page(), week(day1=typed))
    assert answer.status_code == 422
    assert typed in answer.content.decode()
    assert not WorkingHours.objects.exists()


def test_a_week_without_hours_is_refused():
    form = HoursForm(week(), instance=advisors.advisor(), hours=())
    assert not form.is_valid()
    assert form.non_field_errors()


def test_absence_is_kept_offered_around_and_taken_back(client, advisor):
    away = {"starts_on": "2026-11-23", "ends_on": "2026-11-24"}
    client.post(page(), away)
    again = Advisor.objects.get(pk=advisor.pk)
    assert first_free([again])[again.pk][0].starts_at == clock.local(date(2026, 11, 25), 9)
    client.post(page(), {"back": "2026-11-23"})
    client.post(page(), {"back": "2026-11-23"})
    client.post(page(), {"back": "31-02"})
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-11-24", "2026-11-23"),
        ("2026-11-01", "2026-11-02"),
        ("2027-02-29", "2027-03-01"),
        ("", "2027-03-01"),
        ("2026-12-01", "2028-12-01"),
    ],
)
def test_odd_absences_come_back(client, advisor, first, last):
    answer = client.post(page(), {"starts_on": first, "ends_on": last})
    assert answer.status_code == 422
    assert not Absence.objects.exists()


def test_somebody_elses_absence_stays(client, advisor):
    other = advisors.advisor("Joost Ander")
    Absence.objects.create(advisor=other, starts_on=MONDAY, ends_on=MONDAY)
    client.post(page(), {"back": "2026-11-23"})
    assert Absence.objects.filter(advisor=other).exists()


def test_only_for_advisors(client):
    client.force_login(people.employee("Wouter Hoekstra"))
    assert client.get(page()).status_code == 403
