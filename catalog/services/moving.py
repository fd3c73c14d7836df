"""Moving to another date of the same offering: one act, so that nobody falls between two dates."""

from django.db import transaction

from catalog.emails import enrolments as emails
from catalog.enums import OPEN, EnrolmentStatus
from catalog.errors import MoveTooLate, NotOnOffer, PlaceAlready, SessionFull
from catalog.models import Enrolment, Session
from catalog.permissions import belonging_to
from catalog.services import paying, places, replacing
from portal.people.models import User
from portal.people.queries import managers


@transaction.atomic
def move(*, enrolment: Enrolment, to: Session, actor: User) -> Enrolment:
    """Change the date of a certain place; called twice it does nothing more.

    Cost, budget and approval stay; a manager who was told hears the new date. Raises MoveTooLate after
    the term, and the refusals of enrolling: nobody who waits for that date is overtaken.
    """
    held_by = {key: places.locked(key) for key in sorted({enrolment.session_id, to.pk})}
    rows = belonging_to(actor).select_for_update(of=("self",))
    held = rows.get(pk=enrolment.pk)
    if held.session_id == to.pk:
        return held
    before, after = held_by.get(held.session_id), held_by[to.pk]
    if before is None or after.offering_id != before.offering_id:
        raise NotOnOffer
    if held.status != EnrolmentStatus.ACTIVE or not paying.is_free_of_charge(before):
        raise MoveTooLate
    places.check_open(after)
    if rows.filter(session=after, status__in=OPEN).exists():
        raise PlaceAlready
    if after.free < 1 or after.waiting > 0:
        raise SessionFull
    replacing.withdraw(held)
    held.session = after
    held.sequence += 1
    held.save(update_fields=["session", "sequence"])
    emails.send_moved(held, before)
    if held.is_manager_told:
        emails.send_manager_moved(held, managers(actor))
    places.pass_on(before)
    return held


def dates_to_move_to(enrolment: Enrolment) -> list[Session]:
    """Return the other dates of the same offering that have a place for who comes now, and does not come yet."""
    if not enrolment.is_active or not paying.is_free_of_charge(enrolment.session):
        return []
    taken = Enrolment.objects.filter(participant=enrolment.participant_id, status__in=OPEN)
    rows = enrolment.session.offering.sessions.exclude(pk__in=taken.values("session"))
    return [run for run in rows.order_by("starts_at", "pk") if run.is_open]
