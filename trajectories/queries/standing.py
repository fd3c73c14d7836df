"""Where a trajectory stands: the strip, whose turn it is, and what comes next."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import clock
from portal.interface.moments import day_short
from trajectories.enums import ActorKind, Status
from trajectories.enums.words import Text, items
from trajectories.models import Trajectory
from trajectories.queries.closing import closes_alone_on

Words = str | Promise


@dataclass(frozen=True)
class Standing:
    """Who is to act (nobody: None), what comes next, and on which page (name of the address, and what it asks)."""

    turn: ActorKind | None
    action: Words
    page: str = "page"
    more: tuple[str, ...] = ()


PARTICIPANT, ADVISOR, COORDINATOR = ActorKind.PARTICIPANT, ActorKind.ADVISOR, ActorKind.COORDINATOR
PLAN_INTAKE = gettext_lazy("Plan the intake")
SIGN = gettext_lazy("Read and sign the agreement")
PAYER_SIGNS = gettext_lazy("Who pays has still to sign for cost and planning")
RATE = gettext_lazy("Give a view of the results")
CLOSE_ALONE = gettext_lazy("Close, or ask for the view of the participant once more")
NO_INTAKE = gettext_lazy("The intake has no date yet")
OWN_STEP = gettext_lazy("Take the next step of your plan")
THEIR_STEP = gettext_lazy("Take the next step of the plan")
LOOKING = Standing(COORDINATOR, gettext_lazy("Find another advisor"))
ENDED = Standing(None, gettext_lazy("Nothing: it is over"))


def standing(case: Trajectory, seen_by: ActorKind = PARTICIPANT) -> Standing:
    """Return whose turn it is; where both must act, the viewer's own act goes first."""
    if case.has_question_for_participant:  # type: ignore[attr-defined]
        return Standing(PARTICIPANT, gettext_lazy("Answer the question of the advisor"))
    tell = STANDINGS.get(case.status)
    return tell(case, seen_by) if tell else ENDED


def _requested(case: Any, seen_by: ActorKind) -> Standing:
    if case.advisor_id:
        return _first([ADVISOR, PARTICIPANT], seen_by, PLAN_INTAKE, "plan_intake")
    if case.has_suggestions:
        return Standing(PARTICIPANT, gettext_lazy("Choose an advisor"))
    return Standing(COORDINATOR, gettext_lazy("Find an advisor"), "assign")


def _intake_planned(case: Any, seen_by: ActorKind) -> Standing:
    if is_without_intake(case):
        return _first([ADVISOR, PARTICIPANT], seen_by, PLAN_INTAKE, "plan_intake")
    return Standing(ADVISOR, gettext_lazy("Record the intake"), "intake")


def is_without_intake(case: Any) -> bool:
    """Tell whether there is no intake to come: another advisor came, or nobody came to the planned one."""
    called_off = case.next_talk_at is None and not case.has_unrecorded_talk
    return bool(case.status == Status.INTAKE_PLANNED and called_off)


def status_words(case: Trajectory) -> Words | Text:
    """Return the name of the status; of an intake that has to be planned anew: that it has no date."""
    return NO_INTAKE if is_without_intake(case) else case.status_label


def _before_agreement(case: Any, _seen_by: ActorKind) -> Standing:
    if case.is_referred and case.client_points_agreed < len(items("intake", "client_alignment_points")):
        return Standing(ADVISOR, gettext_lazy("Agree three points with the client"), "client")
    return Standing(ADVISOR, gettext_lazy("Write the agreement"), "agreement_edit")


def _proposed(case: Any, seen_by: ActorKind) -> Standing:
    waiting = [PARTICIPANT] * (not case.signed_by_participant) + [ADVISOR] * (not case.signed_by_advisor)
    return _first(waiting, seen_by, SIGN if waiting else PAYER_SIGNS, "agreement")


def _closing(case: Any, seen_by: ActorKind) -> Standing:
    waiting = [PARTICIPANT] * (not case.participant_rated_at) + [ADVISOR] * (not case.advisor_rated_at)
    may_close_on = closes_alone_on(case)
    if seen_by == ADVISOR and may_close_on and may_close_on <= clock.today():
        return Standing(ADVISOR, CLOSE_ALONE, "closing")
    return _first(waiting, seen_by, RATE, "closing")


def _first(waiting: list[ActorKind], seen_by: ActorKind, action: Words, page: str) -> Standing:
    if not waiting:
        return Standing(None, action, page)
    return Standing(seen_by if seen_by in waiting else waiting[0], action, page)


def _in_progress(case: Any, seen_by: ActorKind) -> Standing:
    if case.has_unrecorded_talk:
        return Standing(ADVISOR, gettext_lazy("Record the conversation"), "record_waiting")
    if case.has_assignment_to_answer and (seen_by == ADVISOR or not case.has_assignment_to_do):
        return Standing(ADVISOR, gettext_lazy("Answer what was handed in"), "instruments")
    if case.next_talk_at is None:
        return Standing(ADVISOR, gettext_lazy("Plan the next conversation"), "plan_talk")
    if case.has_assignment_to_do:
        return Standing(PARTICIPANT, gettext_lazy("Do the assignment"), "instruments")
    if case.has_open_step:
        step = OWN_STEP if seen_by == PARTICIPANT else THEIR_STEP
        return Standing(PARTICIPANT, step)
    return Standing(PARTICIPANT, gettext_lazy("Prepare the next conversation"), "notebook", ("shared",))


STANDINGS: dict[str, Callable[[Any, ActorKind], Standing]] = {
    Status.REQUESTED: _requested,
    Status.INTAKE_PLANNED: _intake_planned,
    Status.INTAKE_DONE: _before_agreement,
    Status.CLIENT_ALIGNMENT: _before_agreement,
    Status.AGREEMENT_PROPOSED: _proposed,
    Status.IN_PROGRESS: _in_progress,
    Status.ON_HOLD: lambda *_a: Standing(PARTICIPANT, gettext_lazy("Go on when the time is right")),
    Status.CLOSING: _closing,
    Status.CLOSED: lambda *_a: Standing(None, gettext_lazy("Wait for the follow-up")),
}


def follow_up_on(case: Trajectory) -> date | None:
    """Return the day six calendar months after closing (decision 9)."""
    return six_months_after(case.closed_at.astimezone(clock.AMSTERDAM).date()) if case.closed_at else None


def six_months_after(closed: date) -> date:
    """Return the same day six calendar months later, or the last day of that month."""
    year, month = closed.year + (closed.month + 5) // 12, (closed.month + 5) % 12 + 1
    return date(year, month, min(closed.day, monthrange(year, month)[1]))


def strip(case: Trajectory) -> list[dict[str, Any]]:
    """Return the six phases with a date and whether each is done, now or still to come."""
    phase = case.rules.phase_of(case.status)
    keys = [p.key for p in case.rules.phases]
    here = keys.index(phase.key) if phase else _last_reached(case)
    until = None if case.is_over else getattr(case, "agreed_until", None)
    dates: dict[str, str] = {
        "request": day_short(case.requested_at),
        "intake": day_short(case.intake_at),
        "agreement": day_short(case.started_at),
        "closing": _around(until) if until else day_short(case.closed_at),
        "follow_up": day_short(follow_up_on(case)) or _around(six_months_after(until) if until else None),
    }
    return [
        {
            "name": p.label,
            "state": "done" if index < here or not phase else "now" if index == here else "todo",
            "date": _("now") if phase and index == here else dates.get(p.key, ""),
        }
        for index, p in enumerate(case.rules.phases)
        if phase or index <= here
    ]


def _around(day: date | None) -> str:
    return _("around %(day)s") % {"day": day_short(day)} if day else ""


def _last_reached(case: Trajectory) -> int:
    return 3 if case.started_at else 1 if case.intake_at else 0
