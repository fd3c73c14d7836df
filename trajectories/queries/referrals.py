"""Invitations as referrer and employee see them."""

from collections.abc import Collection

from django.db.models import QuerySet

from portal.organisation.queries import faculties_of as workplaces
from portal.organisation.queries import managed_by
from portal.people.enums import Role
from portal.people.models import User
from portal.people.queries import faculties_of, has_role, is_manager
from portal.privacy import wall
from portal.privacy.lookup import get_visible
from trajectories.enums import ReferralState, Route
from trajectories.models import Decline, Referral, Request, Trajectory


def may_refer(user: User) -> bool:
    """Tell whether somebody may invite others: managers their own people, HR those of its faculties."""
    return is_manager(user) or has_role(user, Role.HR)


def people_to_refer(actor: User) -> QuerySet[User]:
    """Return the people whom this manager may invite, by name."""
    rows = User.objects.filter(pk__in=managed_by(actor.pk), is_active=True).exclude(pk=actor.pk)
    return rows.order_by("surname", "given_name", "pk")


def works_for(actor: User, employee: User) -> bool:
    """Tell whether HR of one of this employee's faculties is asking."""
    return employee.pk in _in_scope(actor, [employee.pk])


def sent_by(actor: User) -> list[Referral]:
    """Return the invitations that somebody sent, the newest first, with whether each still counts."""
    rows = list(
        wall.visible(Referral, actor).filter(referrer=actor).select_related("employee").defer("reason")
    )
    theirs = managed_by(actor.pk) | _in_scope(actor, {row.employee_id for row in rows})
    for row in rows:
        row.counts = row.employee_id in theirs  # type: ignore[attr-defined]
    return rows


def sent(actor: User, reference: str) -> Referral:
    """Return one invitation for its referrer, or raise Http404."""
    rows = wall.visible(Referral, actor).filter(referrer=actor).select_related("employee")
    return get_visible(rows, actor, reference)


def _in_scope(actor: User, employees: Collection[int]) -> frozenset[int]:
    """Return which of these people work today for a faculty of which the actor is HR."""
    if not has_role(actor, Role.HR):
        return frozenset()
    scope = set(faculties_of(actor, Role.HR).values_list("pk", flat=True))
    return frozenset(key for key, found in workplaces(employees).items() if found & scope)


def counts(referral: Referral) -> bool:
    """Tell whether the referrer still has a say: manager of this employee, or HR of one of the faculties."""
    if not referral.referrer.is_active:
        return False
    if referral.route == Route.MANAGER:
        return referral.employee_id in managed_by(referral.referrer_id)
    return works_for(referral.referrer, referral.employee)


def received(actor: User, reference: str) -> Referral:
    """Return an invitation that somebody got, or raise Http404."""
    rows = wall.visible(Referral, actor).filter(employee=actor).select_related("referrer", "employee")
    return get_visible(rows, actor, reference)


def waiting_for(actor: User) -> list[Referral]:
    """Return the invitations that somebody can still answer."""
    rows = wall.visible(Referral, actor).filter(employee=actor, state=ReferralState.SENT)
    waiting = rows.filter(decline__isnull=True, request__isnull=True).select_related("referrer", "employee")
    return [row for row in waiting if counts(row)]


def is_unanswered(referral: Referral) -> bool:
    """Tell whether the employee, who asks, has not answered yet; not every answer shows on the invitation."""
    if referral.state != ReferralState.SENT:
        return False
    answers = (Decline.objects.filter(referral=referral), Request.objects.filter(referral=referral))
    return not any(answer.exists() for answer in answers)


def is_accepted(referral: Referral) -> bool:
    """Tell whether a trajectory of the employee, who asks, came of it."""
    return Request.objects.filter(referral=referral).exists()


def is_open(referral: Referral) -> bool:
    """Tell whether the employee can still answer."""
    return is_unanswered(referral) and counts(referral)


def declines(actor: User) -> QuerySet[Decline]:
    """Return who declined a required trajectory, as the coordinator learns it."""
    return wall.visible(Decline, actor).exclude(employee=actor).select_related("employee")


def referral_of(actor: User, case: Trajectory) -> Referral | None:
    """Return the invitation from which a case came, for its two people."""
    rows = wall.visible(Referral, actor).filter(request__trajectory=case)
    return rows.select_related("referrer").first()
