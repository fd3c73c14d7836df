"""The participant's workbook: kept while typing, shared per chapter, and withdrawn again."""

from collections.abc import Mapping

from django.db import transaction

from portal import clock
from portal.people.models import User
from trajectories.enums import ActorKind
from trajectories.errors import NoSuchMove, NotYours, Stale
from trajectories.models import Trajectory, WorkbookChapter
from trajectories.queries.workbook import chapters, has_workbook
from trajectories.services.moving import kind_of, lock


@transaction.atomic
def save_chapter(
    *, actor: User, trajectory: Trajectory, key: str, answers: Mapping[str, str], version: int | None = None
) -> WorkbookChapter:
    """Keep what was written in a chapter; Stale when it was changed elsewhere since `version`."""
    row = _chapter(actor, trajectory, key)
    kept = {prompt.key: answers.get(prompt.key, "").strip() for prompt in chapters()[key].prompts}
    if row.answers == kept:
        return row
    if version is not None and version != row.version:
        raise Stale
    row.answers, row.saved_at, row.version = kept, clock.now(), row.version + 1
    row.save()
    return row


@transaction.atomic
def share_chapter(*, actor: User, trajectory: Trajectory, key: str, share: bool) -> WorkbookChapter:
    """Let the advisor read a chapter, or no longer."""
    row = _chapter(actor, trajectory, key)
    row.is_shared, row.shared_at = share, clock.now() if share else None
    row.save()
    return row


def _chapter(actor: User, trajectory: Trajectory, key: str) -> WorkbookChapter:
    case = lock(actor, trajectory)
    if kind_of(actor, case) != ActorKind.PARTICIPANT:
        raise NotYours
    if key not in chapters() or not has_workbook(case):
        raise NoSuchMove
    row = case.workbookchapters.select_for_update().filter(key=key).first()
    return row or WorkbookChapter(trajectory=case, key=key, version=0)
