"""What the organiser sees of sessions: how full they are, and the names where they are listed."""

from typing import Any

from django.db.models import QuerySet

from catalog.enums import HOLDING
from catalog.models import Enrolment, Session
from portal import clock
from portal.privacy import wall


def coming_sessions() -> QuerySet[Session]:
    """Return the sessions that have not begun, soonest first."""
    return (
        Session.objects.filter(starts_at__gt=clock.now())
        .select_related("offering")
        .order_by("starts_at", "pk")
    )


def names_in(actor: Any, session: Session) -> list[Enrolment]:
    """Return who has a place, as far as the organiser may know."""
    rows = (
        wall.visible(Enrolment, actor).filter(session=session, status__in=HOLDING).exclude(participant=actor)
    )
    return list(
        rows.select_related("participant").order_by("participant__surname", "participant__given_name", "pk")
    )
