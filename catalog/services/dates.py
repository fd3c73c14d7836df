"""Adding a date to an offering and changing one; whoever has a place hears of a new time or room."""

from typing import Any

from django.db import transaction

from catalog import errors
from catalog.emails import enrolments as emails
from catalog.enums import OPEN, EnrolmentStatus
from catalog.models import Enrolment, Offering, Session
from catalog.permissions import editable_by
from catalog.services import places
from catalog.services.search_index import index_offering
from portal import clock
from portal.delivery import jobs
from portal.people.models import User
from portal.people.queries import managers

TELL = "catalog.date_changed"
HEARD = ("starts_at", "ends_at", "room_nl", "room_en", "is_online")
Row = dict[str, Any]


@transaction.atomic
def add_date(*, offering: Offering, values: Row, meetings: list[Row], actor: User) -> Session:
    """Add a date with its later meetings. Raises Offering.DoesNotExist for the card of another faculty."""
    held = editable_by(actor).get(pk=offering.pk)
    session = Session.objects.create(offering=held, **values)
    _meet(session, meetings)
    index_offering(offering=held, actor=actor)
    return session


@transaction.atomic
def change_date(*, session: Session, values: Row, meetings: list[Row], seen: int, actor: User) -> Session:
    """Change a date; nobody loses a place by it, and new places go to who waits longest.

    Raises Stale, TooFewSeats, SessionCancelled and SessionPast.
    """
    held = places.locked(session.pk)
    editable_by(actor).get(pk=held.offering_id)
    _check(held, values, seen)
    before = [_heard(held), *map(_heard, held.meetings.all())]
    for name, value in values.items():
        setattr(held, name, value)
    held.version += 1
    held.save()
    _meet(held, meetings)
    if before != [_heard(held), *map(_heard, held.meetings.all())]:
        jobs.enqueue(TELL, held.reference, key=f"date-changed-{held.reference}-{held.version}")
    places.pass_on(held)
    index_offering(offering=held.offering, actor=actor)
    return held


def _check(held: Session, values: Row, seen: int) -> None:
    if held.cancelled_at is not None:
        raise errors.SessionCancelled
    if held.starts_at <= clock.now():
        raise errors.SessionPast
    if held.version != seen:
        raise errors.Stale
    if values["seats"] < held.taken + values["held"]:
        raise errors.TooFewSeats


def _heard(run: Any) -> tuple[Any, ...]:
    return tuple(getattr(run, name) or "" for name in HEARD)


def _meet(session: Session, meetings: list[Row]) -> None:
    session.meetings.all().delete()
    for row in meetings:
        session.meetings.create(**row)


@transaction.atomic
def tell_changed(*, session: Session) -> int:
    """Tell everybody in a date that it has changed, by the worker; return how many. Twice tells nobody more."""
    held = places.locked(session.pk)
    if held.cancelled_at is not None:
        return 0
    rows = Enrolment.objects.select_for_update(of=("self",)).filter(session=held, status__in=OPEN)
    told = list(rows.select_related("participant", "notice").order_by("pk"))
    for enrolment in told:
        enrolment.session = held
        enrolment.sequence += 1
        enrolment.save(update_fields=["sequence"])
        is_active = enrolment.status == EnrolmentStatus.ACTIVE
        emails.send_date_changed(enrolment, with_calendar=is_active)
        if is_active and enrolment.is_manager_told:
            emails.send_manager_moved(enrolment, managers(enrolment.participant))
    return len(told)
