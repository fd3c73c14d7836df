"""Friendly reminders when nothing is planned: to the participant by one button, to the advisor once a week."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal.people.models import User
from trajectories import emails
from trajectories.enums import ActorKind, Side
from trajectories.errors import Blocked, NotYours
from trajectories.models import Nudge, Trajectory
from trajectories.queries.stalling import desk_cases, quiet_days
from trajectories.services.moving import kind_of, lock


@transaction.atomic
def nudge_participant(*, actor: User, trajectory: Trajectory) -> Nudge:
    """Send the participant one neutral mail; again during the same silence sends nothing."""
    if kind_of(actor, lock(actor, trajectory)) != ActorKind.ADVISOR:
        raise NotYours
    case = desk_cases(actor).filter(pk=trajectory.pk).first()
    if case is None or not quiet_days(case):
        raise Blocked(_("Something is planned again, so no message is needed."))
    row, is_new = Nudge.objects.get_or_create(
        trajectory=case,
        side=Side.PARTICIPANT,
        quiet_since=case.quiet_since,  # type: ignore[attr-defined]
    )
    if is_new:
        emails.quiet(row)
    return row


@transaction.atomic
def nudge_advisor(*, actor: User) -> int:
    """Remind an advisor of the cases that stalled, each once a stall, in one mail; return how many.

    Safe to run twice at once: a case that another scan holds is left to that one.
    """
    rows = desk_cases(actor).select_for_update(of=("self",), skip_locked=True)
    sent = [
        Nudge.objects.create(trajectory=case, side=Side.ADVISOR, quiet_since=case.quiet_since)  # type: ignore[attr-defined]
        for case in rows
        if quiet_days(case) and not case.advisor_nudged_at  # type: ignore[attr-defined]
    ]
    if sent:
        emails.stalled(actor, sent)
    return len(sent)
