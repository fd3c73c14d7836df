"""The expected wait, said before somebody asks: from free times, room and the requests that wait."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from advisors.enums import Level
from advisors.models import Absence
from portal import clock
from portal.people.enums import Role
from portal.privacy.viewer import viewing
from tests.factories import advisors, people, trajectories
from trajectories.queries.waiting import expected_waits

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _monday():
    with clock.frozen(clock.local(MONDAY, 12)):
        yield


@pytest.fixture
def person():
    return people.employee("Samira el Idrissi")


def waits(person):
    with viewing(person):
        return {wait.language: wait for wait in expected_waits(person)}


def test_from_the_promised_reply_on_in_whole_weeks(person):
    """C8."""
    advisors.advisor()
    found = list(waits(person).values())
    assert [wait.on for wait in found] == [date(2026, 11, 30)] * 2
    assert {wait.sentence for wait in found} == {"Een eerste gesprek over ongeveer een week."}


def test_nobody_with_this_language_has_room(person):
    advisors.advisor(languages={"nl": Level.NATIVE}, maximum_caseload=3)
    dutch, english = waits(person).values()
    assert dutch.on
    assert english.sentence == "Geen adviseur met deze taal heeft nu ruimte."


def test_absence_and_colleagues_do_not_help(person):
    away = advisors.advisor()
    Absence.objects.create(
        advisor=away, starts_on=MONDAY + timedelta(days=1), ends_on=MONDAY + timedelta(days=25)
    )
    assert next(iter(waits(person).values())).on == MONDAY + timedelta(days=28)
    people.appointment(away.user, department=person.appointments.get().department)
    assert next(iter(waits(person).values())).on is None


def test_who_waits_already_goes_first(person):
    """Two requests before mine take the first two moments; with room for two there is none left for me."""
    coordinator = people.holder(Role.COORDINATOR, "Karim Haddad")
    advisor = advisors.advisor(maximum_caseload=2)
    given = {"advisor": advisor, "coordinator": coordinator, "moment": clock.local(MONDAY, 9)}
    trajectories.walk("requested", participant=people.employee("Wie Eerst"), **given)
    assert next(iter(waits(person).values())).on == date(2026, 11, 30)
    trajectories.walk("requested", participant=people.employee("Wie Daarna"), **given)
    assert next(iter(waits(person).values())).on is None


def test_shown_on_the_request_form_and_the_board(client, person):
    advisors.advisor()
    coordinator = people.holder(Role.COORDINATOR, "Karim Haddad")
    for who, page in ((person, "trajectories:request"), (coordinator, "trajectories:board")):
        client.force_login(who)
        assert "Een eerste gesprek over ongeveer een week." in client.get(reverse(page)).content.decode()
