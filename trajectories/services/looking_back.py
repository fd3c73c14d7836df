"""What is said at and after a closing: where the participant stands, the talk about it, an address for later."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.people.models import User
from trajectories.enums import ActorKind, Status
from trajectories.enums.words import items
from trajectories.errors import Blocked, NoSuchMove, NotYours
from trajectories.models import Discussion, LaterAddress, Outcome, Trajectory
from trajectories.queries.closing import may_leave_address
from trajectories.services.moving import kind_of, lock, save

OUTCOMES = items("trajectory", "closing", "mobility_outcomes")
QUESTIONS = items("trajectory", "closing", "discussion_questions")


def state_outcome(case: Trajectory, main: str, others: Collection[str]) -> Outcome:
    """Keep where the participant stands: one main outcome, and others beside it."""
    if main not in OUTCOMES or not set(others) <= set(OUTCOMES):
        raise Blocked(_("Choose where you stand now."))
    beside = [key for key in OUTCOMES if key in others and key != main]
    return Outcome.objects.create(trajectory=case, round=case.round, main=main, others=beside)


@transaction.atomic
def discuss(
    *, actor: User, trajectory: Trajectory, answers: Mapping[str, str], version: int | None = None
) -> Trajectory:
    """Keep what the two said about the questions of the closing; an emptied answer goes."""
    case = lock(actor, trajectory, version)
    if kind_of(actor, case) not in (ActorKind.PARTICIPANT, ActorKind.ADVISOR):
        raise NotYours
    if not case.both_rated or case.status != Status.CLOSED:
        raise NoSuchMove
    rows = {row.key: row for row in case.discussions.filter(round=case.round)}
    for key in QUESTIONS:
        _answer(case, rows.get(key), key, answers.get(key, "").strip(), actor)
    save(case)
    return case


def _answer(case: Trajectory, row: Discussion | None, key: str, text: str, actor: User) -> None:
    if row and row.text == text:
        return
    if row and not text:
        row.delete()
    elif text:
        row = row or Discussion(trajectory=case, round=case.round, key=key)
        row.text, row.written_by, row.written_at = text, actor, clock.now()
        row.save()


@transaction.atomic
def keep_address(*, actor: User, trajectory: Trajectory, email: str, agrees: bool) -> LaterAddress | None:
    """Keep an address for the follow-up of somebody who has left by then, or forget it without consent."""
    case = lock(actor, trajectory)
    if kind_of(actor, case) != ActorKind.PARTICIPANT:
        raise NotYours
    if not may_leave_address(case):
        raise NoSuchMove
    LaterAddress.objects.filter(trajectory=case).delete()
    if not agrees or not email:
        return None
    if email.rpartition("@")[2].casefold() == actor.email.rpartition("@")[2].casefold():
        raise Blocked(_("Give an address that stays yours when you leave."))
    return LaterAddress.objects.create(trajectory=case, email=email)


@transaction.atomic
def forget_address(*, actor: User, trajectory: Trajectory) -> None:
    """Forget the address once it has served: the floor above says that the follow-up is over."""
    LaterAddress.objects.filter(trajectory=trajectory, trajectory__participant=actor).delete()
