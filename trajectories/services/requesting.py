"""From a question to an advisor: request, suggestions, choice, assignment."""

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from advisors.models import Advisor
from portal import clock
from portal.organisation.models import Faculty
from portal.organisation.queries import appointments_of
from portal.people.models import User
from trajectories import emails
from trajectories.enums import ActorKind, Route, Status
from trajectories.enums.words import content
from trajectories.errors import Blocked, NoSuchMove, NotYours, TrajectoryError
from trajectories.models import Move, Referral, Request, RequestDraft, Suggestion, Trajectory
from trajectories.queries.candidates import Match, matches
from trajectories.queries.informing import is_required
from trajectories.queries.waiting import REPLY_WORKING_DAYS, working_days_later
from trajectories.services.moving import kind_of, lock, save
from trajectories.services.referring import accept

# Nobody says of themselves that a manager or HR sent them: those invite, and the employee answers (decisions 1, 11).
INVITED = (Route.MANAGER, Route.HR)
SUGGEST_INSTEAD = gettext_noop("Suggest this advisor instead, so that the participant can decide.")


@transaction.atomic
def request_trajectory(
    *,
    actor: User,
    question: str,
    question_types: Collection[str],
    frame: str,
    route: str = Route.SELF,
    faculty: Faculty | None = None,
    language: str = "",
    wishes: str = "",
    referral: Referral | None = None,
    **choices: bool,
) -> Trajectory:
    """Ask for a trajectory for oneself and tell the career service. Raises Blocked without a question.

    With an invitation, asking accepts it; route and frame are then those of the invitation.
    """
    if referral is not None:
        referral = accept(actor=actor, referral=referral)
        route, frame = referral.route, referral.frame
    elif route in INVITED or is_required(frame):
        raise Blocked(_("This way in takes an invitation of your manager or HR."))
    if not question.strip() or frame not in _frames():
        raise Blocked(_("Describe your question first."))
    place = _place(actor, faculty)
    try:
        with transaction.atomic():
            case = Trajectory.objects.create(
                participant=actor,
                faculty=place[0],
                department=place[1],
                route=route,
                frame=frame,
                language=language or actor.language,
                requested_at=clock.now(),
                status_since=clock.now(),
                reply_due_on=working_days_later(clock.today(), REPLY_WORKING_DAYS),
            )
    except IntegrityError as error:
        if "trajectory_one_at_a_time" not in str(error):
            raise
        raise TrajectoryError(_("You already have a trajectory that runs.")) from error
    Request.objects.create(
        trajectory=case,
        question=question,
        question_types=list(question_types),
        wishes=wishes,
        referral=referral,
        **choices,
    )
    Move.objects.create(trajectory=case, target=Status.REQUESTED, actor=actor, kind=ActorKind.PARTICIPANT)
    RequestDraft.objects.filter(user=actor).delete()
    emails.requested(case)
    return case


def _frames() -> set[str]:
    return {item["key"] for item in content("intake")["frameworks"]["items"]}


def _place(actor: User, faculty: Faculty | None) -> tuple[Faculty, Any]:
    """Return the faculty of record (decision 21) and the department there."""
    rows = list(appointments_of(actor.pk))
    if faculty is not None:
        rows = [row for row in rows if row.department.faculty_id == faculty.pk]
    if not rows:
        raise TrajectoryError(
            _("You have no running appointment at this university, so we can't place your request.")
        )
    return rows[0].department.faculty, rows[0].department


@transaction.atomic
def suggest_advisors(
    *, actor: User, trajectory: Trajectory, chosen: Collection[str], version: int | None = None
) -> list[Suggestion]:
    """Put up to three advisors (by reference) before the participant, with the reasons of today."""
    case = _unassigned(actor, trajectory, version)
    found = _pick(case, chosen)
    case.suggestions.all().delete()
    rows = [_suggestion(case, match, rank, actor) for rank, match in enumerate(found[:3], start=1)]
    save(case)
    emails.suggested(case)
    return rows


@transaction.atomic
def assign_advisor(
    *, actor: User, trajectory: Trajectory, advisor: str, version: int | None = None
) -> Trajectory:
    """Give a request to one advisor (by reference) in one act; the three best and their reasons are kept."""
    case = _unassigned(actor, trajectory, version)
    match = _pick(case, [advisor])[0]
    if match.warnings and not case.request.accepts_same_faculty:
        raise Blocked(*match.warnings, _(SUGGEST_INSTEAD))
    others = [
        other for other in matches(case) if other.advisor.pk != match.advisor.pk and other.can_take_case
    ]
    case.suggestions.all().delete()
    for rank, row in enumerate([match, *others][:3], start=1):
        _suggestion(case, row, rank, actor)
    return _assign(case, match.advisor)


@transaction.atomic
def choose_advisor(
    *, actor: User, trajectory: Trajectory, advisor: str, version: int | None = None
) -> Trajectory:
    """Choose one of the suggested advisors oneself; refused when that advisor filled up meanwhile."""
    case = lock(actor, trajectory, version)
    if actor.pk != case.participant_id:
        raise NotYours
    if case.status != Status.REQUESTED or case.advisor_id:
        raise NoSuchMove
    suggested = set(case.suggestions.values_list("advisor__advisor__reference", flat=True))
    if advisor not in suggested:
        raise NoSuchMove
    return _assign(case, _pick(case, [advisor], to_participant=True)[0].advisor)


def _unassigned(actor: User, trajectory: Trajectory, version: int | None) -> Trajectory:
    case = lock(actor, trajectory, version)
    if kind_of(actor, case) != ActorKind.COORDINATOR:
        raise NotYours
    if case.status != Status.REQUESTED or case.advisor_id:
        raise NoSuchMove
    return case


def _pick(case: Trajectory, references: Collection[str], *, to_participant: bool = False) -> list[Match]:
    """Return the matches with these references, in order of fit; Blocked names what stands in the way."""
    everyone = matches(case, to_participant=to_participant)
    found = [match for match in everyone if match.advisor.reference in set(references)]
    if not found:
        raise Blocked(_("Choose an advisor first."))
    blocked = [match for match in found if not match.can_take_case]
    if blocked:
        raise Blocked(
            *(f"{m.advisor.user.full_name}: {sentence}" for m in blocked for sentence in m.blockers)
        )
    return found


def _suggestion(case: Trajectory, match: Match, rank: int, actor: User) -> Suggestion:
    return Suggestion.objects.create(
        trajectory=case, advisor=match.advisor.user, rank=rank, reasons=match.kept, suggested_by=actor
    )


def _assign(case: Trajectory, advisor: Advisor) -> Trajectory:
    case.advisor, case.assigned_at = advisor.user, clock.now()
    save(case)
    emails.assigned(case)
    return case
