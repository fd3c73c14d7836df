"""The read log: who opened which dossier. The participant can read all of it."""

from django.db.models import QuerySet

from portal.people.models import User
from portal.privacy.models import DossierRead


def record_read(*, actor: User, subject: User, dossier: str, what: str, relation: str) -> None:
    """Record that somebody opened part of a dossier; one's own reading is not recorded.

    `dossier` is the reference of the trajectory, `what` and `relation` are keys with a label in the
    app that records.
    """
    if actor.pk == subject.pk:
        return
    row = DossierRead(reader=actor, subject=subject, dossier=dossier, what=what, relation=relation)
    # The reader may not read the log, so nothing may be asked back from the insert.
    DossierRead.objects.bulk_create([row])


def openings_of(subject: User, dossier: str) -> QuerySet[DossierRead]:
    """Return who opened this dossier, newest first."""
    rows = DossierRead.objects.filter(subject=subject, dossier=dossier)
    return rows.select_related("reader")
