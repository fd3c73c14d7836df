"""Writing the letters of steps, once each, by the worker."""

import logging

from django.db import transaction

from catalog.emails.steps import send_step
from catalog.models import Enrolment
from catalog.queries.steps import due_of, enrolments_due

logger = logging.getLogger(__name__)


def write_letters() -> None:
    """Write every letter that is due; run twice it does nothing more."""
    for pk in enrolments_due():
        try:
            write_to(pk)
        except Exception:
            logger.exception("The steps of enrolment %s could not be written", pk)


@transaction.atomic
def write_to(pk: int) -> int:
    """Write the letters that are due to one participant, and remember them; return how many."""
    rows = Enrolment.objects.select_for_update(of=("self",), skip_locked=True)
    held = rows.select_related("participant", "notice", "session__offering").filter(pk=pk).first()
    due = due_of(held) if held is not None and held.is_active else []
    for letter in due:
        send_step(letter)
    if held is not None and due:
        held.told_steps = [*held.told_steps, *(letter.mark for letter in due)]
        held.save(update_fields=["told_steps"])
    return len(due)
