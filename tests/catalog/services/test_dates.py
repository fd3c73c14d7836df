"""Adding and changing dates: capacity holds, and who has a place hears of a new time or room once."""

from datetime import timedelta
from typing import Any

import pytest

from catalog import errors
from catalog.forms.dates import shown
from catalog.models import Offering, Session
from catalog.services import dates, sessions
from portal import clock
from portal.delivery.models import Mail
from portal.people.enums import Role
from portal.people.models import User
from tests.catalog.services.world import crowd, fresh, take, work
from tests.factories import catalog, people
from tests.factories.database import as_owner

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def editor() -> User:
    return people.holder(Role.EDITOR, "Noor Kok")


def change(
    run: Session, actor: User, *, seen: int | None = None, meetings: Any = (), **changes: Any
) -> Session:
    now = Session.objects.get(pk=run.pk)
    values = shown(now) | changes
    seen = values.pop("version") if seen is None else (values.pop("version"), seen)[1]
    return dates.change_date(session=now, values=values, meetings=list(meetings), seen=seen, actor=actor)


def letters(person: User) -> list[Any]:
    with as_owner():
        return list(Mail.objects.filter(recipient=person, template="catalog/date_changed"))


def test_who_has_a_place_hears_of_a_new_time_once_with_the_same_calendar_entry(editor: User) -> None:
    run, (person, waiting) = catalog.session(seats=1), crowd(2)
    place = take(run, person)
    take(run, waiting)
    changed = change(run, editor, starts_at=run.starts_at + DAY, ends_at=run.ends_at + DAY)
    work()
    work()
    with as_owner():
        dates.tell_changed(session=changed)
    letter, *more = letters(person)
    assert more == []
    (file,) = letter.attachments
    assert f"enrolment-{place.reference}-1@portal" in str(file) or file["name"].endswith(".ics")
    assert fresh(place).sequence > place.sequence
    assert [one.attachments for one in letters(waiting)] == [[]]


def test_other_terms_are_told_to_nobody(editor: User) -> None:
    run, (person,) = catalog.session(), crowd(1)
    take(run, person)
    change(run, editor, enrol_until=run.enrol_until - DAY, seats=12)
    work()
    assert letters(person) == []


def test_a_later_meeting_more_is_told(editor: User) -> None:
    run, (person,) = catalog.session(), crowd(1)
    take(run, person)
    later = {
        "starts_at": run.starts_at + DAY,
        "ends_at": run.ends_at + DAY,
        "room_nl": "Zaal 2",
        "room_en": "Room 2",
    }
    change(run, editor, meetings=[later | {"is_online": False}])
    work()
    (letter,) = letters(person)
    assert len(letter.attachments) == 2


def test_nobody_loses_a_place_and_new_seats_go_to_who_waits(editor: User) -> None:
    run, (first, second) = catalog.session(seats=1), crowd(2)
    take(run, first)
    turn = take(run, second)
    with pytest.raises(errors.TooFewSeats):
        change(run, editor, held=1)
    change(run, editor, seats=2)
    work()
    assert fresh(turn).is_offered


def test_what_can_no_longer_be_changed_is_refused(editor: User) -> None:
    run = catalog.session()
    change(run, editor, room_nl="Elders")
    with pytest.raises(errors.Stale):
        change(run, editor, seen=1, room_nl="Ergens")
    sessions.call_off(session=run, actor=editor)
    with pytest.raises(errors.SessionCancelled):
        change(run, editor, room_nl="Ergens")
    past = catalog.session()
    with clock.frozen(past.starts_at + timedelta(minutes=1)), pytest.raises(errors.SessionPast):
        change(past, editor, room_nl="Ergens")


def test_an_editor_of_another_faculty_adds_and_changes_nothing() -> None:
    run = catalog.session(catalog.offering(faculty=people.faculty("LAW")))
    stranger = people.holder(Role.EDITOR, of=people.faculty("SCI"))
    with pytest.raises(Offering.DoesNotExist):
        change(run, stranger, room_nl="Ergens")
    with pytest.raises(Offering.DoesNotExist):
        dates.add_date(offering=run.offering, values={}, meetings=[], actor=stranger)
