"""Another date: one act, one calendar entry that moves along."""

import base64
from datetime import timedelta

import pytest
from icalendar import Calendar

from catalog import errors
from catalog.enums import EnrolmentStatus, Pot
from catalog.models import Enrolment, Meeting, Session
from catalog.services import moving
from portal import clock
from portal.delivery.models import Mail
from portal.privacy.viewer import viewing
from tests.catalog.services.world import crowd, fresh, letters, take, work
from tests.factories import catalog, people
from tests.factories.database import as_owner

pytestmark = pytest.mark.django_db


def go(enrolment: Enrolment, to: Session) -> Enrolment:
    """Move as the participant."""
    with viewing(enrolment.participant):
        return moving.move(enrolment=enrolment, to=to, actor=enrolment.participant)


def events(template: str) -> list[tuple[str, str, int, object]]:
    """Return method, UID, sequence and start of every calendar file of a letter."""
    with as_owner():
        files = [
            base64.b64decode(part["content"]) for part in Mail.objects.get(template=template).attachments
        ]
    calendars = [Calendar.from_ical(file) for file in files]
    found = [(calendar, calendar.walk("VEVENT")[0]) for calendar in calendars]
    return [
        (str(c["method"]), str(e["uid"]), int(str(e["sequence"])), e.decoded("dtstart")) for c, e in found
    ]


def test_the_calendar_entry_moves_and_a_meeting_too_many_is_withdrawn() -> None:
    before, after = catalog.session(), catalog.session(in_days=40)
    after.offering = before.offering
    after.save()
    later = before.starts_at + timedelta(days=7)
    Meeting.objects.create(session=before, starts_at=later, ends_at=later + timedelta(hours=1))
    enrolment = take(before, people.employee())
    first = events("catalog/confirmed")
    assert [row[:1] + row[2:3] for row in first] == [("REQUEST", 0), ("REQUEST", 0)]
    assert go(enrolment, after).session == after
    changed, gone = events("catalog/moved")
    assert changed == (
        "REQUEST",
        first[0][1],
        1,
        after.starts_at.replace(microsecond=0).astimezone(clock.AMSTERDAM),
    )
    assert gone[:3] == ("CANCEL", first[1][1], 1)
    for run, taken in ((before, 0), (after, 1)):
        run.refresh_from_db()
        assert run.taken == taken


def test_moving_twice_is_once_and_the_place_goes_to_who_waits() -> None:
    offering = catalog.offering()
    before, after = catalog.session(offering, seats=1), catalog.session(offering)
    first, second = crowd(2)
    enrolment, turn = take(before, first), take(before, second)
    go(enrolment, after)
    go(fresh(enrolment), after)
    work()
    assert fresh(turn).status == EnrolmentStatus.OFFERED
    assert letters(first) == ["confirmed", "moved"]


def test_nobody_who_waits_is_overtaken_by_moving() -> None:
    offering = catalog.offering()
    before, full = catalog.session(offering), catalog.session(offering, seats=1)
    first, second, third = crowd(3)
    enrolment = take(before, first)
    take(full, second)
    take(full, third)
    with pytest.raises(errors.SessionFull):
        go(enrolment, full)
    assert fresh(enrolment).session == before


def test_too_late_and_to_something_else_are_refused() -> None:
    offering = catalog.offering()
    soon, after = catalog.session(offering, in_days=3), catalog.session(offering)
    enrolment = take(soon, people.employee())
    with pytest.raises(errors.MoveTooLate):
        go(enrolment, after)
    other = take(after, people.employee())
    with pytest.raises(errors.NotOnOffer):
        go(other, catalog.session())


def test_a_manager_who_was_told_hears_the_new_date() -> None:
    manager = people.employee("Hanneke Bos")
    told = catalog.notice("working_time", is_manager_told=True, message_nl="{name}", message_en="{name}")
    offering = catalog.offering(pots={Pot.CENTRAL: told})
    before, after = catalog.session(offering), catalog.session(offering)
    go(take(before, people.employee(manager=manager), Pot.CENTRAL), after)
    assert letters(manager) == ["manager_told", "manager_told_moved"]
