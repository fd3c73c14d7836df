"""What somebody keeps for later."""

from typing import Any

from catalog.models import Bookmark, Offering
from catalog.queries.catalogue import readable_by, with_card
from portal.privacy import wall


def kept_by(actor: Any) -> frozenset[int]:
    """Return the keys of the offerings that this person keeps."""
    return frozenset(wall.visible(Bookmark, actor).values_list("offering_id", flat=True))


def kept_offerings(actor: Any) -> list[Offering]:
    """Return the kept offerings that can still be read, the newest first."""
    order = list(wall.visible(Bookmark, actor).values_list("offering_id", flat=True))
    rows = with_card(readable_by(actor)).in_bulk(order)
    return [rows[key] for key in order if key in rows]
