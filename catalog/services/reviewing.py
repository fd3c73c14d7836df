"""Telling owners, once for each review date, that lists leave their card out."""

import logging

from django.db import transaction

from catalog.emails.reviewing import send_dropped
from catalog.models import Offering
from catalog.queries.editing import to_tell

logger = logging.getLogger(__name__)


def tell_owners() -> None:
    """Tell every owner who has not been told; run twice it does nothing more."""
    for offering in to_tell():
        try:
            tell_owner(offering=offering)
        except Exception:
            logger.exception("The owner of offering %s could not be told", offering.pk)


@transaction.atomic
def tell_owner(*, offering: Offering) -> bool:
    """Tell the owner of one card, and remember it; tell whether a letter was queued."""
    rows = to_tell().filter(pk=offering.pk).select_for_update(of=("self",), skip_locked=True)
    held = rows.select_related("owner").first()
    if held is None:
        return False
    send_dropped(held)
    held.told_review_on = held.review_on
    held.save(update_fields=["told_review_on"])
    return True
