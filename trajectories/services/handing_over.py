"""Another advisor for a running case: asked for, handed over in one act, answered by the participant."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from advisors.models import Advisor
from portal import clock
from portal.delivery import jobs
from portal.people.models import User
from trajectories import emails
from trajectories.enums import ActorKind, Status, TalkKind, TalkState
from trajectories.errors import Blocked, NoSuchMove, NotYours, TrajectoryError
from trajectories.models import Conversation, Handover, Trajectory
from trajectories.models.handover import ASKED
from trajectories.queries.candidates import Match
from trajectories.queries.cases import RUNNING
from trajectories.queries.handing_over import accepts_same_faculty, alone, can_hold, cause_of, choices, latest
from trajectories.services.moving import apply, kind_of, lock, save

HANDED_OVER = "trajectories.handed_over"
LEFT_ALONE = "trajectories.left_alone"
OFFERED = 3


@transaction.atomic
def ask_other_advisor(*, actor: User, trajectory: Trajectory) -> Handover:
    """Ask for another advisor, without saying why: the coordinator's board shows the case until there is one."""
    case = _running(actor, trajectory, None)
    if kind_of(actor, case) != ActorKind.PARTICIPANT:
        raise NotYours
    last = latest(actor, case)
    if last and last.new_id is None:
        return last
    if last and last.answered_at is None:
        last.answered_at = clock.now()
        last.save()
    row = Handover.objects.create(trajectory=case, cause=ASKED, old=_advisor(case), asked_at=clock.now())
    emails.other_advisor_asked(case)
    return row


@transaction.atomic
def hand_over(*, actor: User, trajectory: Trajectory, advisor: str, version: int | None = None) -> Trajectory:
    """Give a running case to another advisor (by reference), in one act.

    A coordinator may when the advisor is gone or the participant asked; the participant may at any time. The old
    advisor loses sight at once and keeps nothing; the new one reads what is agreed, and what was said and written
    before only once the participant agrees. Raises Blocked with what stands in the way of this advisor.
    """
    case = _running(actor, trajectory, version)
    kind = kind_of(actor, case)
    if kind not in (ActorKind.PARTICIPANT, ActorKind.COORDINATOR):
        raise NotYours
    cause = cause_of(actor, case) or (ASKED if kind == ActorKind.PARTICIPANT else None)
    if cause is None:
        raise Blocked(_("This case has an advisor who can go on."))
    found = choices(case)
    match = _pick(found, advisor)
    _mind_warnings(case, match, kind)
    row = latest(actor, case)
    if row is None or row.new_id is not None:
        row = Handover(trajectory=case, old=_advisor(case), cause=cause, asked_at=clock.now())
    others = [other for other in found if other.can_take_case and other is not match]
    row.offered = [_kept(other) for other in [match, *others][:OFFERED]]
    row.new, row.handed_by, row.handed_at = match.advisor.user, actor, clock.now()
    row.answered_at = clock.now() if kind == ActorKind.PARTICIPANT else None
    row.save()
    return _switch(actor, case, row)


@transaction.atomic
def answer_handover(
    *, actor: User, trajectory: Trajectory, reads_back: bool, advisor: str = ""
) -> Trajectory:
    """Say whether the new advisor may read what was before, and perhaps choose another of those offered."""
    case = _running(actor, trajectory, None)
    if actor.pk != case.participant_id:
        raise NotYours
    row = latest(actor, case)
    if row is None or row.new is None:
        raise NoSuchMove
    if advisor and advisor != _reference(row.new):
        if advisor not in {kept["advisor"] for kept in row.offered}:
            raise NoSuchMove
        row.new = _pick(choices(case), advisor).advisor.user
        row.handed_by, row.handed_at = actor, clock.now()
        case = _switch(actor, case, row)
    row.answered_at = clock.now()
    row.save()
    case.may_read_back = reads_back
    save(case)
    return case


def tell_alone(*, actor: User) -> None:
    """Tell the participant and the coordinators of each case that the coordinator sees without advisor; once each.

    Whoever lost account or role holds no conversation any more: a job calls off what was planned.
    """
    for row in alone(actor):
        if row.cause != ASKED:
            emails.alone(row.case)
        if not can_hold(row.case.advisor):
            key = f"alone:{row.case.reference}:{row.case.assigned_at:%Y%m%d%H%M%S}"
            jobs.enqueue(LEFT_ALONE, row.case.pk, viewer=row.case.participant, key=key)


@transaction.atomic
def call_off_alone(*, actor: User, trajectory: Trajectory) -> None:
    """Call off what is to come with an advisor who lost account or role; as the participant, harmless twice."""
    case = lock(actor, trajectory)
    coming = case.conversations.filter(state=TalkState.PLANNED, ends_at__gt=clock.now())
    if case.advisor is None or can_hold(case.advisor):
        return
    for talk in coming.select_related("advisor"):
        _call_off(talk, case)
        if talk.kind == TalkKind.INTAKE:
            case.intake_at = None
            save(case)


@transaction.atomic
def call_off(*, actor: User, trajectory: Trajectory) -> None:
    """Call off what was planned with an earlier advisor; what has been already is the new one's to record.

    A job does this as the participant, because a coordinator sees no appointments. Harmless when called twice.
    """
    case = lock(actor, trajectory)
    planned = case.conversations.filter(state=TalkState.PLANNED).exclude(advisor=case.advisor)
    for talk in planned.select_related("advisor"):
        if talk.ends_at < clock.now():
            talk.advisor = _advisor(case)
            talk.save()
        else:
            _call_off(talk, case)


def _call_off(talk: Conversation, case: Trajectory) -> None:
    """Cancel an appointment of a locked case in both calendars; nobody of the two did it, so it is never late."""
    talk.state, talk.sequence = TalkState.CANCELLED, talk.sequence + 1
    talk.trajectory = case
    talk.save()
    emails.appointment(talk)


def _running(actor: User, trajectory: Trajectory, version: int | None) -> Trajectory:
    case = lock(actor, trajectory, version)
    if case.advisor_id is None or case.status not in RUNNING:
        raise NoSuchMove
    return case


def _pick(found: list[Match], reference: str) -> Match:
    match = next((row for row in found if row.advisor.reference == reference), None)
    if match is None:
        raise Blocked(_("Choose an advisor first."))
    if match.blockers:
        raise Blocked(*(f"{match.advisor.user.full_name}: {sentence}" for sentence in match.blockers))
    return match


def _mind_warnings(case: Trajectory, match: Match, kind: ActorKind) -> None:
    """Leave an advisor of the own faculty to the participant, unless that was said to be fine (decision 4)."""
    if kind == ActorKind.COORDINATOR and match.warnings and not accepts_same_faculty(case):
        raise Blocked(*match.warnings, _("Only the participant can choose this advisor."))


def _switch(actor: User, case: Trajectory, row: Handover) -> Trajectory:
    """Change the advisor in the database's own function, and tell the three of it."""
    before = _advisor(case)
    with connection.cursor() as cursor:
        call = "select trajectories_hand_over(%s, %s, %s)"
        cursor.execute(call, [case.pk, row.new_id, clock.now()])
        if not cursor.fetchone()[0]:
            raise NoSuchMove
    case = lock(actor, case)
    if case.status == Status.AGREEMENT_PROPOSED:
        # It was agreed with somebody else: the next version asks for new signatures.
        reason = _("Another advisor takes over.")
        apply(case, actor=actor, kind=ActorKind.SYSTEM, to=Status.INTAKE_DONE, reason=reason)
    emails.handed_over(case, before)
    key = f"handover:{case.reference}:{case.version}"
    jobs.enqueue(HANDED_OVER, case.pk, viewer=case.participant, key=key)
    return case


def _kept(match: Match) -> dict[str, object]:
    return {"advisor": match.advisor.reference, "reasons": match.kept}


def _reference(person: User) -> str:
    record = Advisor.objects.filter(user=person).first()
    return record.reference if record else ""


def _advisor(case: Trajectory) -> User:
    if case.advisor is None:
        raise TrajectoryError(_("There is no advisor yet."))
    return case.advisor
