"""Conversations: plan, move, record, cancel."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.people.models import User
from trajectories import emails
from trajectories.enums import ActorKind, Notebook, Status, TalkKind, TalkMode, TalkState
from trajectories.errors import Blocked, NoSuchMove, NotYours, Stale, TrajectoryError
from trajectories.models import Conversation, NotebookEntry, Trajectory
from trajectories.services.booking import check_free, check_number, check_times, one_at_a_time
from trajectories.services.calling_off import call_off
from trajectories.services.moving import kind_of, lock, save


def make_talk(
    case: Trajectory,
    *,
    kind: str,
    mode: str,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    extra_reason: str = "",
) -> Conversation:
    """Add an appointment to a locked case and send both the invitation; raises Taken."""
    if case.advisor is None:
        raise NoSuchMove
    with one_at_a_time():
        talk = Conversation.objects.create(
            trajectory=case,
            advisor=case.advisor,
            kind=kind,
            mode=mode,
            place=place,
            starts_at=starts_at,
            ends_at=ends_at,
            extra_reason=extra_reason,
        )
    emails.appointment(talk)
    return talk


@transaction.atomic
def plan_conversation(
    *,
    actor: User,
    trajectory: Trajectory,
    starts_at: datetime,
    ends_at: datetime,
    mode: str = TalkMode.FACE_TO_FACE,
    place: str = "",
    kind: str = TalkKind.TALK,
    extra_reason: str = "",
    version: int | None = None,
) -> Conversation:
    """Plan a conversation while the trajectory runs: the advisor at any moment, the participant at a free time.

    Raises Taken when one of the two has another appointment then, Blocked over the agreed number.
    """
    case = lock(actor, trajectory, version)
    side = _one_of_two(actor, case)
    if case.status != Status.IN_PROGRESS or kind == TalkKind.INTAKE:
        raise NoSuchMove
    check_times(starts_at, ends_at)
    check_number(side, case, extra_reason)
    check_free(side, case, starts_at, ends_at)
    save(case)
    times = {"starts_at": starts_at, "ends_at": ends_at}
    return make_talk(case, kind=kind, mode=mode, place=place, extra_reason=extra_reason, **times)


@transaction.atomic
def move_conversation(
    *, actor: User, talk: Conversation, starts_at: datetime, ends_at: datetime, sequence: int | None = None
) -> Conversation:
    """Put a planned conversation at another time with the same advisor; both calendars change along."""
    case, fresh = _planned(actor, talk, sequence)
    check_times(starts_at, ends_at)
    check_free(kind_of(actor, case), case, starts_at, ends_at, besides=fresh)
    fresh.starts_at, fresh.ends_at, fresh.sequence = starts_at, ends_at, fresh.sequence + 1
    with one_at_a_time():
        fresh.save()
    if fresh.kind == TalkKind.INTAKE:
        case.intake_at = starts_at
    save(case)
    emails.appointment(fresh)
    return fresh


@transaction.atomic
def cancel_conversation(*, actor: User, talk: Conversation, sequence: int | None = None) -> Conversation:
    """Cancel a planned conversation; an intake is moved, not cancelled."""
    case, fresh = _planned(actor, talk, sequence)
    if fresh.kind == TalkKind.INTAKE:
        raise TrajectoryError(_("Move the intake to another day, or withdraw the request."))
    call_off(fresh, by=actor)
    save(case)
    return fresh


@transaction.atomic
def record_absence(*, actor: User, talk: Conversation, sequence: int | None = None) -> Conversation:
    """Record that the participant did not come; it does not count for the agreed number.

    An intake to which nobody came is planned anew, by either of the two.
    """
    case, fresh = _planned(actor, talk, sequence)
    if kind_of(actor, case) != ActorKind.ADVISOR:
        raise NotYours
    if fresh.starts_at > clock.now():
        raise TrajectoryError(_("This conversation has not taken place yet."))
    fresh.state, fresh.recorded_at = TalkState.MISSED, clock.now()
    fresh.save()
    if fresh.kind == TalkKind.INTAKE:
        case.intake_at = None
        emails.nobody_came(case, fresh)
    save(case)
    return fresh


@transaction.atomic
def record_conversation(
    *,
    actor: User,
    talk: Conversation,
    agreed: str,
    own: str = "",
    held_on: date | None = None,
    sequence: int | None = None,
) -> Conversation:
    """Record that a conversation was held, what was agreed (shared) and the advisor's own note.

    Held on another day than planned, it moves to that day.
    """
    case, fresh = _planned(actor, talk, sequence)
    if kind_of(actor, case) != ActorKind.ADVISOR:
        raise NotYours
    if fresh.kind == TalkKind.INTAKE:
        raise NoSuchMove
    if not agreed.strip():
        raise Blocked(_("Write in a few words what you agreed."))
    hold(fresh, held_on or _day(fresh))
    for kind, text in ((Notebook.SHARED, agreed), (Notebook.OWN_ADVISOR, own)):
        if text.strip():
            NotebookEntry.objects.create(
                trajectory=case, kind=kind, author=actor, conversation=fresh, text=text
            )
    save(case)
    return fresh


def hold(talk: Conversation, on: date) -> None:
    """Mark a conversation as held on that day; an appointment still to come is called off in both calendars."""
    # Talks start early or move within the day; only another day has certainly not been yet.
    if on > clock.today():
        raise TrajectoryError(_("This conversation has not taken place yet."))
    if _day(talk) > clock.today():
        talk.sequence += 1
        emails.appointment(talk, called_off=True)
    by = on - _day(talk)
    # Whole days in wall-clock time, so that ten o'clock stays ten o'clock over a change of summer time.
    talk.starts_at = talk.starts_at.astimezone(clock.AMSTERDAM) + by
    talk.ends_at = talk.ends_at.astimezone(clock.AMSTERDAM) + by
    talk.state, talk.recorded_at = TalkState.HELD, clock.now()
    talk.save()


def _day(talk: Conversation) -> date:
    return talk.starts_at.astimezone(clock.AMSTERDAM).date()


def _planned(actor: User, talk: Conversation, sequence: int | None) -> tuple[Trajectory, Conversation]:
    case = lock(actor, talk.trajectory)
    _one_of_two(actor, case)
    fresh = case.conversations.get(pk=talk.pk)
    if fresh.state != TalkState.PLANNED or sequence not in (None, fresh.sequence):
        raise Stale
    fresh.trajectory = case
    return case, fresh


def _one_of_two(actor: User, case: Trajectory) -> ActorKind:
    side = kind_of(actor, case)
    if side not in (ActorKind.PARTICIPANT, ActorKind.ADVISOR):
        raise NotYours
    return side
