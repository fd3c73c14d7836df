"""The notes that somebody may read."""

import unicodedata
from typing import Any

from django.db.models import Q, QuerySet

from portal.people.models import User
from portal.privacy import wall
from portal.privacy.lookup import get_visible
from trajectories.enums import Notebook
from trajectories.models import NotebookEntry, NoteDraft, Trajectory


def notes(actor: User, case: Trajectory, kind: str) -> QuerySet[NotebookEntry]:
    """Return the notes of one notebook that the actor may read, newest first."""
    rows = wall.visible(NotebookEntry, actor).filter(trajectory=case, kind=kind)
    return rows.select_related("author", "conversation")


def own_note(actor: User, case: Trajectory, kind: str, reference: str) -> NotebookEntry:
    """Return one note of the actor's own hand, or raise Http404."""
    rows = NotebookEntry.objects.filter(trajectory=case, kind=kind, author=actor)
    return get_visible(rows.select_related("trajectory", "author"), actor, reference)


def note(actor: User, case: Trajectory, kind: str, reference: str) -> NotebookEntry:
    """Return one readable note, or raise Http404."""
    return get_visible(notes(actor, case, kind).select_related("trajectory"), actor, reference)


def earlier(actor: User, row: NotebookEntry) -> list[Any]:
    """Return the earlier versions of a note from its history, newest first."""
    events = wall.visible(NotebookEntry.pgh_event_model, actor).filter(  # type: ignore[attr-defined]
        pgh_obj_id=row.pk, version__lt=row.version
    )
    return list(events.order_by("version", "-pgh_id").distinct("version"))[::-1]


def draft(actor: User, case: Trajectory, kind: str, row: NotebookEntry | None = None) -> NoteDraft | None:
    """Return what the actor was typing."""
    return wall.visible(NoteDraft, actor).filter(trajectory=case, kind=kind, note=row).first()


def found(actor: User, case: Trajectory, kind: str, words: str) -> list[NotebookEntry]:
    """Return the notes that hold every one of these words, compared after decryption (decision 23).

    Whose dossier it is searches all that they may read; an advisor searches what they wrote.
    """
    whose = Q() if case.participant_id == actor.pk else Q(author=actor)
    wanted = _plain(words).split()
    return [row for row in notes(actor, case, kind).filter(whose) if _holds(_plain(row.text), wanted)]


def _holds(text: str, wanted: list[str]) -> bool:
    return bool(wanted) and all(word in text for word in wanted)


def _plain(text: str) -> str:
    """Return the text without capitals and accents."""
    signs = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


def latest_notes(actor: User, case: Trajectory) -> dict[str, NotebookEntry]:
    """Return the newest readable note of each notebook, in one query."""
    rows = wall.visible(NotebookEntry, actor).filter(trajectory=case).select_related("author")
    newest = rows.order_by("kind", "-written_at", "-pk").distinct("kind")
    return {row.kind: row for row in newest}


def notebooks_of(kind: str) -> tuple[str, ...]:
    """Return the notebooks that this side opens."""
    own = Notebook.OWN_ADVISOR if kind == "advisor" else Notebook.OWN_PARTICIPANT
    return (own, Notebook.SHARED)
