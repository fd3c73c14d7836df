"""The report-back: the advisor drafts, the participant edits and releases exactly one text to one person."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.people.models import User
from trajectories import emails
from trajectories.enums import ActorKind, Status
from trajectories.errors import Blocked, NoSuchMove, NotYours, Stale
from trajectories.models import ReportBack, ReportDraft, Trajectory
from trajectories.queries.report_back import candidates
from trajectories.services.moving import kind_of, lock

# From the agreement on, and after an early stop, which may have to be told.
RUNS = (Status.IN_PROGRESS, Status.ON_HOLD, Status.CLOSING, Status.CLOSED, Status.STOPPED_EARLY)


@transaction.atomic
def draft_report(*, actor: User, trajectory: Trajectory, text: str, version: int = 0) -> ReportDraft:
    """Keep the advisor's draft; until it is given to the participant nobody else sees it."""
    case = _locked(actor, trajectory, ActorKind.ADVISOR)
    draft = ReportDraft.objects.filter(trajectory=case).first() or ReportDraft(trajectory=case, version=0)
    if draft.handed_at or draft.version != version:
        raise Stale
    _write(draft, text)
    return draft


@transaction.atomic
def hand_over_report(*, actor: User, trajectory: Trajectory, version: int) -> ReportDraft:
    """Give the draft to the participant, who decides what becomes of it."""
    case = _locked(actor, trajectory, ActorKind.ADVISOR)
    draft = _draft(case, version)
    if draft.handed_at:
        raise Stale
    draft.handed_at = clock.now()
    draft.save()
    emails.report_drafted(case, draft)
    return draft


@transaction.atomic
def save_report(
    *, actor: User, trajectory: Trajectory, text: str, recipient: str, version: int
) -> ReportDraft:
    """Keep the participant's words, and to whom (a person's reference) they are to go."""
    case = _locked(actor, trajectory, ActorKind.PARTICIPANT)
    draft = _draft(case, version)
    chosen = next((row for row in candidates(case) if row.user.reference == recipient), None)
    if chosen is None:
        raise Blocked(_("Choose who gets the text."))
    draft.recipient = chosen.user
    _write(draft, text)
    return draft


@transaction.atomic
def withdraw_report(*, actor: User, trajectory: Trajectory, version: int) -> None:
    """Let nothing go out: the participant drops the draft, or the advisor takes it back."""
    case = lock(actor, trajectory)
    if kind_of(actor, case) not in (ActorKind.PARTICIPANT, ActorKind.ADVISOR):
        raise NotYours
    draft = _draft(case, version)
    was_handed = draft.handed_at is not None
    _drop(draft)
    if was_handed:
        emails.report_withdrawn(case, draft, by=actor)


@transaction.atomic
def release_report(*, actor: User, trajectory: Trajectory, version: int) -> ReportBack:
    """Release exactly the text that was shown last; it is frozen and the recipient is told that it is there."""
    case = _locked(actor, trajectory, ActorKind.PARTICIPANT)
    draft = _draft(case, version)
    chosen = next((row for row in candidates(case) if row.user.pk == draft.recipient_id), None)
    if chosen is None:
        raise Blocked(_("Choose who gets the text."))
    report = ReportBack.objects.create(
        trajectory=case,
        participant=actor,
        recipient=chosen.user,
        role=chosen.role,
        text=draft.text,
        released_at=clock.now(),
    )
    _drop(draft)
    emails.report_released(case, report)
    return report


def _locked(actor: User, trajectory: Trajectory, kind: ActorKind) -> Trajectory:
    case = lock(actor, trajectory)
    if kind_of(actor, case) != kind:
        raise NotYours
    if case.status not in RUNS:
        raise NoSuchMove
    return case


def _draft(case: Trajectory, version: int) -> ReportDraft:
    """Return the draft that the page showed; Stale when it was changed, released or withdrawn since."""
    draft = ReportDraft.objects.filter(trajectory=case, version=version).first()
    if draft is None:
        raise Stale
    return draft


def _write(draft: ReportDraft, text: str) -> None:
    if not text.strip():
        raise Blocked(_("Write something first."))
    draft.text, draft.version, draft.saved_at = text.strip(), draft.version + 1, clock.now()
    draft.save()


def _drop(draft: ReportDraft) -> None:
    ReportDraft.objects.filter(pk=draft.pk).delete()
