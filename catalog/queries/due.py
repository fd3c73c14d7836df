"""What the worker's scan has to do now. A row is found again until it is done."""

from django.db.models import F, QuerySet

from catalog.enums import Answer, EnrolmentStatus
from catalog.models import Approval, Enrolment, Replacement, Session
from portal import clock


def offers_over() -> QuerySet[Enrolment]:
    """Return the offers whose time is over."""
    return Enrolment.objects.filter(status=EnrolmentStatus.OFFERED, offered_until__lte=clock.now())


def questions_over() -> QuerySet[Approval]:
    """Return the requests that were not answered in time."""
    rows = Approval.objects.filter(answer=Answer.ASKED, answer_by__lte=clock.now())
    return rows.select_related("enrolment")


def questions_to_remind() -> list[Approval]:
    """Return the requests of which half of the time has passed without a reminder."""
    now = clock.now()
    rows = Approval.objects.filter(answer=Answer.ASKED, answer_by__gt=now, reminded_at__isnull=True)
    return [row for row in rows if row.asked_at + (row.answer_by - row.asked_at) / 2 <= now]


def replacements_over() -> QuerySet[Replacement]:
    """Return the questions to colleagues that were not answered in time."""
    rows = Replacement.objects.filter(answer=Answer.ASKED, answer_by__lte=clock.now())
    return rows.select_related("session__offering", "enrolment__notice")


def sessions_with_room() -> QuerySet[Session]:
    """Return the sessions in which places are free while people wait."""
    rows = Session.objects.filter(cancelled_at__isnull=True, starts_at__gt=clock.now(), waiting__gt=0)
    return rows.filter(seats__gt=F("taken") + F("held"))


def queues_over() -> QuerySet[Session]:
    """Return the sessions that have begun with a queue."""
    return Session.objects.filter(cancelled_at__isnull=True, starts_at__lte=clock.now(), waiting__gt=0)


def to_be_paid() -> QuerySet[Enrolment]:
    """Return the certain places in sessions that have begun, not paid yet."""
    rows = Enrolment.objects.filter(status=EnrolmentStatus.ACTIVE, cost_eur__gt=0, paid_at__isnull=True)
    return rows.filter(session__starts_at__lte=clock.now(), session__cancelled_at__isnull=True)
