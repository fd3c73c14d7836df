"""Questions about somebody's own enrolments."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from catalog.enums import EnrolmentStatus, Pot
from catalog.models import Enrolment, Meeting, Offering, OfferingPot
from portal import clock
from portal.privacy import wall


def _mine(actor: Any) -> QuerySet[Enrolment]:
    rows = wall.visible(Enrolment, actor).select_related("session__offering__kind__theme", "notice")
    return rows.filter(participant_id=getattr(actor, "pk", None), status=EnrolmentStatus.ACTIVE)


def my_enrolments(actor: Any, offering: Offering) -> list[Enrolment]:
    """Return the actor's coming places in one offering."""
    return list(_mine(actor).filter(session__offering=offering, session__ends_at__gt=clock.now()))


def upcoming_enrolments(actor: Any) -> list[Enrolment]:
    """Return the actor's coming places, soonest first, with the meetings still to come."""
    ahead = Prefetch("session__meetings", Meeting.objects.filter(ends_at__gt=clock.now()))
    rows = _mine(actor).filter(session__ends_at__gt=clock.now()).prefetch_related(ahead)
    return list(rows.order_by("session__starts_at", "pk"))


def ways_to_pay(offering: Offering) -> tuple[list[OfferingPot], list[OfferingPot]]:
    """Return the ways to pay by which one can enrol at once, and those that need an answer first."""
    pots = [pot for pot in offering.pots.all() if pot.pot != Pot.REFERRAL]
    return (
        [pot for pot in pots if not pot.notice.needs_answer],
        [pot for pot in pots if pot.notice.needs_answer],
    )
