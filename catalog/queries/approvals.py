"""What managers are asked."""

from django.db.models import QuerySet

from catalog.enums import Answer
from catalog.models import Approval, Deputy
from portal import clock
from portal.people.models import User
from portal.privacy import wall


def deputies_of(manager: User) -> list[User]:
    """Return who answers for this manager today."""
    today = clock.today()
    rows = Deputy.objects.filter(manager=manager, starts_on__lte=today, ends_on__gte=today)
    return [row.deputy for row in rows.select_related("deputy")]


def asked_of(actor: User) -> QuerySet[Approval]:
    """Return what this person was asked as a manager or a deputy."""
    rows = wall.visible(Approval, actor).exclude(participant=actor)
    return rows.select_related("participant", "manager", "answered_by")


def open_approvals(actor: User) -> list[Approval]:
    """Return what this person has to answer, the most urgent first."""
    return list(asked_of(actor).filter(answer=Answer.ASKED, answer_by__gt=clock.now()))


def answered_approvals(actor: User) -> list[Approval]:
    """Return what is over, the newest first."""
    rows = asked_of(actor).exclude(answer=Answer.ASKED, answer_by__gt=clock.now())
    return list(rows.order_by("-asked_at", "-pk")[:25])


def own_deputies(manager: User) -> list[Deputy]:
    """Return the present and coming periods in which somebody answers for this manager."""
    rows = Deputy.objects.filter(manager=manager, ends_on__gte=clock.today())
    return list(rows.select_related("deputy"))


def answers_for_others(person: User) -> bool:
    """Tell whether this person answers for a manager today, or was asked something."""
    today = clock.today()
    rows = Deputy.objects.filter(deputy=person, starts_on__lte=today, ends_on__gte=today)
    return rows.exists() or asked_of(person).exists()
