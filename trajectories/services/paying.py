"""The paying department: a split view with cost and planning only, and its signature."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.delivery import jobs
from portal.organisation.queries import appointments_of, managed_by
from portal.people.models import User
from trajectories import emails
from trajectories.enums import Payer, Status
from trajectories.errors import Blocked, NoSuchMove, NotYours, Stale
from trajectories.models import Agreement, PayerView, Trajectory
from trajectories.queries.facts import facts_of
from trajectories.services.moving import advance, lock
from trajectories.workflow import missing

SIGNED = "trajectories.payer_signed"
# Cost and planning, and the fingerprint under which they are signed.
SPLIT = ("number", "starts_on", "ends_on", "talks", "cost", "digest")


def split_off(case: Trajectory, agreement: Agreement) -> PayerView | None:
    """Set apart what the paying department will see; nobody but the two people of the case sees it yet."""
    if agreement.payer != Payer.DEPARTMENT:
        return None
    payer = _manager_of(case)
    if payer is None:
        raise Blocked(_("The participant has no manager who could pay. Choose another payer."))
    terms: dict[str, Any] = {name: getattr(agreement, name) for name in SPLIT}
    terms["advisor"] = case.advisor
    return PayerView.objects.create(
        trajectory=case, agreement=agreement, participant=case.participant, payer=payer, **terms
    )


def _manager_of(case: Trajectory) -> User | None:
    """Return the manager in the department of record, or another one when there is none there."""
    rows = [row for row in appointments_of(case.participant_id).select_related("manager") if row.manager]
    rows.sort(key=lambda row: row.department_id != case.department_id)
    return rows[0].manager if rows else None


def show_to_payer(agreement: Agreement) -> None:
    """Show the split view to the payer: the participant has just signed, and read beforehand what it holds."""
    row = PayerView.objects.filter(agreement=agreement, shown_at__isnull=True).first()
    if row:
        row.shown_at = clock.now()
        row.save()
        emails.to_pay(row)


@transaction.atomic
def sign_as_payer(*, actor: User, view: PayerView, digest: str) -> PayerView:
    """Sign for cost and planning; a job starts the trajectory, because the payer may not see it."""
    row = PayerView.objects.select_for_update(of=("self",)).filter(pk=view.pk, payer=actor).first()
    if row is None:
        raise NotYours
    if row.digest != digest:
        raise Stale
    if row.signed_at or row.taken_back_at:
        raise NoSuchMove
    if row.participant_id not in managed_by(actor.pk):
        raise Blocked(
            _("You are not the manager of this employee any more. Ask the advisor to change the payer.")
        )
    row.signed_at = clock.now()
    row.save()
    jobs.enqueue(SIGNED, row.trajectory_id, viewer=row.participant, key=f"payer:{row.reference}")
    return row


@transaction.atomic
def start_when_signed(*, actor: User, trajectory: Trajectory) -> Trajectory:
    """Start the execution if the payer's was the last signature; harmless when called twice."""
    case = lock(actor, trajectory)
    step = case.rules.between(case.status, Status.IN_PROGRESS)
    if case.status != Status.AGREEMENT_PROPOSED or step is None or missing(step, facts_of(case)):
        return case
    return advance(case, actor=actor, to=Status.IN_PROGRESS)
