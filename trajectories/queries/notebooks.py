"""The notes that somebody may read."""

from django.db.models import QuerySet

from portal.people.models import User
from portal.privacy import wall
from trajectories.enums import Notebook
from trajectories.models import NotebookEntry, Trajectory


def notes(actor: User, case: Trajectory, kind: str) -> QuerySet[NotebookEntry]:
    """Return the notes of one notebook that the actor may read, newest first."""
    return wall.visible(NotebookEntry, actor).filter(trajectory=case, kind=kind).select_related("author")


def latest_notes(actor: User, case: Trajectory) -> dict[str, NotebookEntry]:
    """Return the newest readable note of each notebook, in one query."""
    rows = wall.visible(NotebookEntry, actor).filter(trajectory=case).select_related("author")
    newest = rows.order_by("kind", "-written_at", "-pk").distinct("kind")
    return {row.kind: row for row in newest}


def notebooks_of(kind: str) -> tuple[str, ...]:
    """Return the notebooks that this side opens."""
    own = Notebook.OWN_ADVISOR if kind == "advisor" else Notebook.OWN_PARTICIPANT
    return (own, Notebook.SHARED)
