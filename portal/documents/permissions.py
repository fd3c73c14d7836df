"""Who may see files and drawings."""

from django.db.models import Q

from portal.documents.models import Document, Drawing
from portal.privacy import wall

_own: wall.Relations = {"owner": lambda v: Q(owner_id=v)}
_nobodys: wall.Relations = {"nobody": lambda v: Q(owner__isnull=True)}

wall.protect(
    Document,
    read=_own,
    insert={**_own, **_nobodys},
    update={},
    delete=_own,
    jobs={"files": _nobodys["nobody"]},
)
# Read by its key only, through a function: the table itself looks empty to everybody.
wall.protect(
    Drawing, read={"nobody": lambda v: Q(pk__in=[])}, insert={"everyone": wall.everyone}, insert_only=True
)
