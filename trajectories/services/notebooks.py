"""Writing in the three notebooks."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.people.models import User
from trajectories.enums import ActorKind, Notebook
from trajectories.errors import Blocked, NotYours
from trajectories.models import NotebookEntry, Trajectory
from trajectories.services.moving import kind_of, lock

MAY_WRITE: dict[str, tuple[ActorKind, ...]] = {
    Notebook.OWN_PARTICIPANT: (ActorKind.PARTICIPANT,),
    Notebook.SHARED: (ActorKind.PARTICIPANT, ActorKind.ADVISOR),
    Notebook.OWN_ADVISOR: (ActorKind.ADVISOR,),
}
# The same words again within this time come from a double click.
DOUBLE_CLICK = timedelta(minutes=1)


@transaction.atomic
def write_note(*, actor: User, trajectory: Trajectory, kind: str, text: str) -> NotebookEntry:
    """Write a note in one of the three notebooks; nobody writes in the other's own one."""
    case = lock(actor, trajectory)
    if kind_of(actor, case) not in MAY_WRITE[Notebook(kind)]:
        raise NotYours
    if not text.strip():
        raise Blocked(_("Write something first."))
    mine: dict[str, Any] = {"trajectory": case, "kind": kind, "author": actor}
    last = NotebookEntry.objects.filter(**mine).order_by("-pk").first()
    if last and last.text == text.strip() and clock.now() - last.written_at < DOUBLE_CLICK:
        return last
    return NotebookEntry.objects.create(**mine, text=text.strip())
