"""Writing in the three notebooks: notes, their changes, and what is being typed."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.interface.moments import hours
from portal.people.models import User
from trajectories.enums import ActorKind, Notebook
from trajectories.errors import Blocked, NotYours, OtherDevice, Stale
from trajectories.models import NotebookEntry, NoteDraft, Trajectory
from trajectories.services.moving import kind_of, lock

MAY_WRITE: dict[str, tuple[ActorKind, ...]] = {
    Notebook.OWN_PARTICIPANT: (ActorKind.PARTICIPANT,),
    Notebook.SHARED: (ActorKind.PARTICIPANT, ActorKind.ADVISOR),
    Notebook.OWN_ADVISOR: (ActorKind.ADVISOR,),
}
# The same words again within this time come from a double click.
DOUBLE_CLICK = timedelta(minutes=1)
# A draft may be longer than a note: it is still to be cut.
LONGEST_DRAFT = 200_000


@transaction.atomic
def write_note(
    *, actor: User, trajectory: Trajectory, kind: str, text: str, device: str = "", seen: int = 0
) -> NotebookEntry:
    """Write a note in one of the three notebooks; nobody writes in the other's own one.

    `device` and `seen` name the draft from which it came, which goes; a draft of another device stays.
    """
    case = _writing(actor, trajectory, kind)
    if not text.strip():
        raise Blocked(_("Write something first."))
    mine: dict[str, Any] = {"trajectory": case, "kind": kind, "author": actor}
    last = NotebookEntry.objects.filter(**mine).order_by("-pk").first()
    _drop(_draft(actor, case, kind, None), device, seen)
    if last and last.text == text.strip() and clock.now() - last.written_at < DOUBLE_CLICK:
        return last
    return NotebookEntry.objects.create(**mine, text=text.strip())


@transaction.atomic
def change_note(
    *, actor: User, note: NotebookEntry, text: str, version: int, device: str = "", seen: int = 0
) -> NotebookEntry:
    """Give one's own note other words; the earlier ones stay in its history. Raises Stale when it changed."""
    case = _writing(actor, note.trajectory, note.kind)
    row = case.notebookentrys.select_for_update().filter(pk=note.pk, author=actor).first()
    if row is None:
        raise NotYours
    if not text.strip():
        raise Blocked(_("Write something first."))
    if row.text != text.strip():
        if row.version != version:
            raise Stale
        row.text, row.version, row.edited_at = text.strip(), row.version + 1, clock.now()
        row.save()
    _drop(_draft(actor, case, row.kind, row), device, seen)
    return row


@transaction.atomic
def keep_note_draft(
    *,
    actor: User,
    trajectory: Trajectory,
    kind: str,
    text: str,
    device: str,
    seen: int = 0,
    note: NotebookEntry | None = None,
    base: int = 0,
) -> NoteDraft | None:
    """Keep what is being typed, for its writer only; nothing typed keeps nothing.

    A draft that another page has changed since is left as it is: raises OtherDevice.
    """
    case = _writing(actor, trajectory, kind)
    if len(text) > LONGEST_DRAFT:
        raise Blocked(_("This is too long to be kept while you type. Keep it in parts."))
    draft = _draft(actor, case, kind, note)
    if draft and not _is_of(draft, device, seen):
        raise OtherDevice(hours(draft.saved_at))
    if not text.strip():
        _drop(draft, device, seen)
        return None
    if draft is None:
        draft = NoteDraft(trajectory=case, kind=kind, author=actor, note=note, base=base, version=0)
    draft.text, draft.device, draft.saved_at = text, device, clock.now()
    draft.version += 1
    draft.save()
    return draft


@transaction.atomic
def throw_draft_away(
    *, actor: User, trajectory: Trajectory, kind: str, note: NotebookEntry | None = None
) -> None:
    """Throw away what was typed and not kept as a note."""
    draft = _draft(actor, _writing(actor, trajectory, kind), kind, note)
    if draft:
        draft.delete()


def _writing(actor: User, trajectory: Trajectory, kind: str) -> Trajectory:
    case = lock(actor, trajectory)
    if kind_of(actor, case) not in MAY_WRITE[Notebook(kind)]:
        raise NotYours
    return case


def _draft(actor: User, case: Trajectory, kind: str, note: NotebookEntry | None) -> NoteDraft | None:
    return case.notedrafts.filter(kind=kind, author=actor, note=note).first()


def _is_of(draft: NoteDraft, device: str, seen: int) -> bool:
    return draft.device == device or draft.version == seen


def _drop(draft: NoteDraft | None, device: str, seen: int) -> None:
    if draft and _is_of(draft, device, seen):
        draft.delete()
