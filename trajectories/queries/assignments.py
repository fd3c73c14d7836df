"""Assignments as their two people see them."""

from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q, QuerySet

from portal.people.models import User
from portal.privacy import wall
from portal.privacy.lookup import get_visible
from trajectories.enums import AssignmentState
from trajectories.models import Assignment, AssignmentFile, AssignmentPost, Trajectory


def assignments(actor: User, case: Trajectory) -> QuerySet[Assignment]:
    """Return the assignments of a case that were not withdrawn, the first due first and what is answered last."""
    rows = wall.visible(Assignment, actor).filter(trajectory=case)
    is_answered = ExpressionWrapper(Q(state=AssignmentState.ANSWERED), output_field=BooleanField())
    return rows.exclude(state=AssignmentState.WITHDRAWN).order_by(is_answered, "due_on", "pk")


def unfinished(actor: User, case: Trajectory) -> list[Assignment]:
    """Return the assignments that wait for one of the two."""
    return list(assignments(actor, case).exclude(state=AssignmentState.ANSWERED))


def assignment(actor: User, case: Trajectory, reference: str) -> Assignment:
    """Return one assignment, or raise Http404."""
    rows = Assignment.objects.filter(trajectory=case).select_related("given_by", "trajectory")
    return get_visible(rows, actor, reference)


def posts(actor: User, row: Assignment) -> QuerySet[AssignmentPost]:
    """Return what was said in an assignment, the oldest first, with the names of files but not what is in them."""
    files = Prefetch("file", AssignmentFile.objects.defer("encoded"))
    rows = wall.visible(AssignmentPost, actor).filter(assignment=row)
    return rows.select_related("author").prefetch_related(files)


def file(actor: User, row: Assignment, reference: str) -> AssignmentFile:
    """Return one file of an assignment, or raise Http404."""
    return get_visible(AssignmentFile.objects.filter(post__assignment=row), actor, reference)
