"""Inviting somebody to career advice; the employee decides, and the referrer learns the least (decision 11)."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.organisation.queries import managed_by
from portal.people.models import User
from trajectories import emails
from trajectories.enums import ReferralState, Route, Status
from trajectories.enums.words import items
from trajectories.errors import Blocked, Lapsed, NoSuchMove, NotYours
from trajectories.models import Decline, Referral, Trajectory
from trajectories.queries.informing import VOLUNTARY, is_required, tells_referrer
from trajectories.queries.referrals import counts, is_unanswered, works_for

ENDS = (Status.CLOSED, Status.STOPPED_EARLY, Status.WITHDRAWN, Status.REFERRED_ELSEWHERE)


@transaction.atomic
def refer(*, actor: User, employee: User, reason: str, frame: str = VOLUNTARY) -> Referral:
    """Invite an employee, who gets exactly this reason to read. A manager can only suggest, never require."""
    route = _route(actor, employee)
    if not reason.strip():
        raise Blocked(_("Write why you suggest it. The employee reads exactly this text."))
    if frame not in items("intake", "frameworks"):
        raise Blocked(_("Choose a framework."))
    earlier = Referral.objects.filter(employee=employee, referrer=actor, state=ReferralState.SENT)
    if earlier.exists():
        raise Blocked(_("You invited this employee already. There is no answer yet."))
    referral = Referral.objects.create(
        employee=employee,
        referrer=actor,
        route=route,
        frame=VOLUNTARY if route == Route.MANAGER else frame,
        reason=reason.strip(),
        sent_at=clock.now(),
    )
    emails.invited(referral)
    return referral


def _route(actor: User, employee: User) -> Route:
    if employee.pk != actor.pk and employee.pk in managed_by(actor.pk):
        return Route.MANAGER
    if employee.pk != actor.pk and works_for(actor, employee):
        return Route.HR
    raise NotYours


@transaction.atomic
def recall(*, actor: User, referral: Referral) -> Referral:
    """Take an invitation back that has no answer yet; the employee is told."""
    rows = Referral.objects.filter(pk=referral.pk, referrer=actor)
    if not rows.exists():
        raise NotYours
    # Once it is answered, the database lets the referrer hold the row no longer.
    row = rows.select_for_update(of=("self",)).first()
    if row is None or row.state != ReferralState.SENT:
        raise NoSuchMove
    row.state = ReferralState.RECALLED
    row.save()
    emails.recalled(row)
    return row


@transaction.atomic
def decline(*, actor: User, referral: Referral) -> Referral:
    """Say no, without a reason. Who learns it depends on the frame, and was said beforehand (decision 26)."""
    row = hold(actor, referral)
    if is_required(row.frame):
        Decline.objects.create(employee=actor, referral=row, declined_on=clock.today())
    if tells_referrer(row.frame):
        row.state, row.answered_on = ReferralState.DECLINED, clock.today()
        row.save()
        emails.answered(row)
    return row


def accept(*, actor: User, referral: Referral) -> Referral:
    """Say yes, in the transaction of the request that comes of it."""
    row = hold(actor, referral)
    if tells_referrer(row.frame):
        row.state, row.answered_on = ReferralState.ACCEPTED, clock.today()
        row.save()
        emails.answered(row)
    return row


def hold(actor: User, referral: Referral) -> Referral:
    """Return the invitation of this employee, held until the transaction ends; refused when it was answered."""
    rows = Referral.objects.select_for_update(of=("self",)).select_related("referrer", "employee")
    row = rows.filter(pk=referral.pk, employee=actor).first()
    if row is None:
        raise NotYours
    if row.state == ReferralState.RECALLED or not counts(row):
        raise Lapsed
    if not is_unanswered(row):
        raise NoSuchMove
    return row


def keep_referrer_informed(case: Trajectory) -> None:
    """Write the first start and the first end on the invitation: all that the referrer gets to see.

    Whoever is not the manager any more, or HR of another faculty now, is told nothing further.
    """
    request = getattr(case, "request", None) if case.is_referred else None
    row = request.referral if request else None
    if row is None or not counts(row):
        return
    if case.status == Status.IN_PROGRESS and row.started_on is None:
        row.state, row.started_on = ReferralState.STARTED, clock.today()
    elif case.status in ENDS and row.ended_on is None:
        row.state, row.ended_on = ReferralState.ENDED, clock.today()
    else:
        return
    row.save()
