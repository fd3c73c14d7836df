"""Assignments: given by the advisor, handed in by the participant, answered, and perhaps asked again."""

import base64
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import clock
from portal.people.models import User
from trajectories import emails
from trajectories.enums import ActorKind, AssignmentState, PostKind, Status
from trajectories.enums.instruments import instruments
from trajectories.errors import Blocked, NoSuchMove, NotYours
from trajectories.models import Assignment, AssignmentFile, AssignmentPost, Trajectory
from trajectories.queries.tailoring import may_assign
from trajectories.services.moving import kind_of, lock

OPEN, HANDED_IN, ANSWERED = AssignmentState.OPEN, AssignmentState.HANDED_IN, AssignmentState.ANSWERED
# What was given can still be finished while the results are being rated.
WORKING = (Status.IN_PROGRESS, Status.ON_HOLD, Status.CLOSING)
# The same words again within this time come from a double click.
DOUBLE_CLICK = timedelta(minutes=1)
FARTHEST = timedelta(days=366)
GIVEN = gettext_lazy("There is something for you to do.")
ASKED_AGAIN = gettext_lazy("Your advisor answered and asks you to look at it once more.")
ANSWER = gettext_lazy("Your advisor answered what you handed in.")
TO_READ = gettext_lazy("Something was handed in for you to read.")


@dataclass(frozen=True)
class Upload:
    """A file that was checked: its own name, its media type and what is in it."""

    name: str
    content_type: str
    content: bytes


@transaction.atomic
def give_assignment(
    *, actor: User, trajectory: Trajectory, title: str, task: str, due_on: date, instrument: str = ""
) -> Assignment:
    """Ask the participant to do something by a day, with the words of an instrument or one's own."""
    case = _case(actor, trajectory, ActorKind.ADVISOR, (Status.IN_PROGRESS,))
    _check_instrument(actor, instrument)
    _check_day(due_on)
    same = (
        case.assignments.filter(given_by=actor, instrument=instrument, due_on=due_on).order_by("-pk").first()
    )
    if same and _is_double(same.given_at) and (same.title, same.task) == (title.strip(), task.strip()):
        return same
    row = Assignment.objects.create(
        trajectory=case,
        instrument=instrument,
        title=title.strip(),
        task=task.strip(),
        due_on=due_on,
        given_by=actor,
    )
    _tell(case, case.participant, row, "given", GIVEN)
    return row


@transaction.atomic
def hand_in(
    *, actor: User, assignment: Assignment, text: str = "", upload: Upload | None = None
) -> AssignmentPost:
    """Hand in words, a file or both; more may follow until the advisor has answered."""
    case = _case(actor, assignment.trajectory, ActorKind.PARTICIPANT, WORKING)
    row = _locked(case, assignment)
    if not text.strip() and upload is None:
        raise Blocked(_("Write something or choose a file."))
    last = row.posts.filter(author=actor).last()
    if last and _is_double(last.at) and last.text == text.strip() and _same_file(last, upload):
        return last
    if row.state not in (OPEN, HANDED_IN):
        raise NoSuchMove
    post = _post(row, actor, PostKind.HANDED_IN, text, HANDED_IN)
    if upload is not None:
        _keep(post, upload)
    if case.advisor:
        _tell(case, case.advisor, row, post.reference, TO_READ)
    return post


@transaction.atomic
def answer(
    *, actor: User, assignment: Assignment, text: str, again: bool = False, due_on: date | None = None
) -> AssignmentPost:
    """Answer what was handed in; `again` asks for it once more, perhaps by another day."""
    case = _case(actor, assignment.trajectory, ActorKind.ADVISOR, WORKING)
    row = _locked(case, assignment)
    if not text.strip():
        raise Blocked(_("Write an answer first."))
    last = row.posts.filter(author=actor).last()
    if last and _is_double(last.at) and last.text == text.strip():
        return last
    if row.state != HANDED_IN:
        raise NoSuchMove
    if again and due_on:
        _check_day(due_on)
        row.due_on = due_on
    kind, state = (PostKind.ASKED_AGAIN, OPEN) if again else (PostKind.ANSWERED, ANSWERED)
    post = _post(row, actor, kind, text, state)
    _tell(case, case.participant, row, post.reference, ASKED_AGAIN if again else ANSWER)
    return post


@transaction.atomic
def withdraw_assignment(*, actor: User, assignment: Assignment) -> Assignment:
    """Take back an assignment to which nothing was handed in."""
    case = _case(actor, assignment.trajectory, ActorKind.ADVISOR, WORKING)
    row = _locked(case, assignment)
    if row.state != OPEN or row.posts.exists():
        raise NoSuchMove
    row.state = AssignmentState.WITHDRAWN
    row.save()
    return row


def _case(actor: User, trajectory: Trajectory, kind: ActorKind, statuses: tuple[Status, ...]) -> Trajectory:
    case = lock(actor, trajectory)
    if kind_of(actor, case) != kind:
        raise NotYours
    if case.status not in statuses:
        raise NoSuchMove
    return case


def _locked(case: Trajectory, assignment: Assignment) -> Assignment:
    return case.assignments.select_for_update().get(pk=assignment.pk)


def _check_instrument(actor: User, key: str) -> None:
    tool = instruments().get(key) if key else None
    if key and tool is None:
        raise NoSuchMove
    if tool and not may_assign(actor, tool):
        raise Blocked(_("Only an advisor who is qualified to give tests may assign this."))


def _check_day(day: date) -> None:
    if not clock.today() <= day <= clock.today() + FARTHEST:
        raise Blocked(_("Choose a day from today on, within a year."))


def _is_double(moment: datetime) -> bool:
    return clock.now() - moment < DOUBLE_CLICK


def _same_file(post: AssignmentPost, upload: Upload | None) -> bool:
    kept = AssignmentFile.objects.filter(post=post).first()
    if kept is None or upload is None:
        return kept is None and upload is None
    return (kept.name, kept.content) == (upload.name, upload.content)


def _post(row: Assignment, actor: User, kind: PostKind, text: str, state: AssignmentState) -> AssignmentPost:
    row.state = state
    row.save()
    return AssignmentPost.objects.create(
        trajectory=row.trajectory, assignment=row, kind=kind, author=actor, text=text.strip()
    )


def _keep(post: AssignmentPost, upload: Upload) -> None:
    AssignmentFile.objects.create(
        trajectory=post.trajectory,
        post=post,
        name=upload.name,
        content_type=upload.content_type,
        size=len(upload.content),
        encoded=base64.b64encode(upload.content).decode("ascii"),
    )


def _tell(case: Trajectory, person: User, row: Assignment, key: str, sentence: Promise) -> None:
    emails.tell(case, person, f"assignment:{row.reference}:{key}", sentence, page="trajectories:instruments")
