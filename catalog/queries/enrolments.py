"""Questions about somebody's own enrolments."""

from collections.abc import Collection
from typing import Any

from django.db.models import F, Func, IntegerField, Prefetch, QuerySet

from catalog.enums import OPEN, Answer, EnrolmentStatus, Pot
from catalog.models import Approval, Enrolment, Meeting, Offering, OfferingPot, Replacement
from catalog.queries.replacements import still_open
from portal import clock
from portal.privacy import wall

# Nobody sees who else waits; the database counts them.
POSITION = Func(F("pk"), function="catalog_position", output_field=IntegerField())


def _mine(actor: Any) -> QuerySet[Enrolment]:
    rows = wall.visible(Enrolment, actor, only="participant").filter(status__in=OPEN)
    return rows.select_related("session__offering__kind__theme", "notice").annotate(position=POSITION)


def own_enrolments(actor: Any) -> QuerySet[Enrolment]:
    """Return every enrolment of the actor's own, those that are over as well."""
    rows = wall.visible(Enrolment, actor, only="participant")
    return rows.select_related("session__offering", "notice", "participant")


def my_enrolments(actor: Any, offering: Offering) -> list[Enrolment]:
    """Return the actor's coming places and turns in one offering, each with what was asked about it."""
    asked = Prefetch("approvals", Approval.objects.filter(answer=Answer.ASKED).select_related("manager"))
    sent = Prefetch("replacements", Replacement.objects.filter(**still_open()).select_related("colleague"))
    rows = _mine(actor).filter(session__offering=offering, session__ends_at__gt=clock.now())
    return list(rows.prefetch_related(asked, sent))


def next_enrolments(actor: Any, offerings: Collection[int]) -> dict[int, Enrolment]:
    """Return the actor's next place or turn in each of these offerings (by key) that has one; one query."""
    rows = wall.visible(Enrolment, actor, only="participant").filter(
        status__in=OPEN, session__offering__in=offerings, session__ends_at__gt=clock.now()
    )
    latest_first = rows.select_related("session__offering").order_by("-session__starts_at", "-pk")
    return {row.session.offering_id: row for row in latest_first}


def upcoming_enrolments(actor: Any) -> list[Enrolment]:
    """Return the actor's coming places and turns, soonest first, with the meetings still to come."""
    ahead = Prefetch("session__meetings", Meeting.objects.filter(ends_at__gt=clock.now()))
    rows = _mine(actor).filter(session__ends_at__gt=clock.now()).prefetch_related(ahead)
    return list(rows.order_by("session__starts_at", "pk"))


def offers_to(actor: Any) -> list[Enrolment]:
    """Return the places that are kept for this person to choose, the most urgent first."""
    rows = _mine(actor).filter(status=EnrolmentStatus.OFFERED, offered_until__gt=clock.now())
    return list(rows.order_by("offered_until"))


def ways_to_pay(offering: Offering) -> list[OfferingPot]:
    """Return the ways to pay by which one can enrol, those that need nobody's answer first."""
    pots = [pot for pot in offering.pots.all() if pot.pot != Pot.REFERRAL]
    return sorted(pots, key=lambda pot: pot.notice.needs_answer)
