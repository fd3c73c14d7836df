"""Questions to colleagues: what one was asked, and what one asked."""

from typing import Any

from django.db.models import QuerySet

from catalog.enums import Answer
from catalog.models import Enrolment, Replacement
from portal import clock
from portal.privacy import wall


def still_open() -> dict[str, Any]:
    """Return the filter for questions that can be answered now."""
    return {"answer": Answer.ASKED, "answer_by__gt": clock.now()}


def asked_of(actor: Any) -> QuerySet[Replacement]:
    """Return every question that this person was asked."""
    rows = wall.visible(Replacement, actor).filter(colleague_id=getattr(actor, "pk", None))
    return rows.select_related("participant", "session__offering")


def open_for(actor: Any) -> list[Replacement]:
    """Return the questions that this person can still answer, the most urgent first."""
    return list(asked_of(actor).filter(**still_open()).order_by("answer_by"))


def open_about(enrolment: Enrolment) -> Replacement | None:
    """Return the question to a colleague about one's own place, while it can be answered."""
    rows = Replacement.objects.filter(enrolment=enrolment, **still_open())
    return rows.select_related("colleague").first()
