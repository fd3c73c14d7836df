"""The scan that keeps every queue moving: what a lost job or a stopped worker left is found here.

Each row is dealt with in a transaction of its own, so that one failure does not hold up the others.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from catalog.queries import due
from catalog.services import approving, replacing, sessions, waiting

logger = logging.getLogger(__name__)


def keep_queues() -> None:
    """Do everything that is due, in the order in which one makes room for the next."""
    _each(due.offers_over(), lambda row: waiting.end_offer(enrolment=row))
    _each(due.questions_over(), lambda row: approving.lapse(approval=row))
    _each(due.replacements_over(), lambda row: replacing.lapse(replacement=row))
    _each(due.questions_to_remind(), lambda row: approving.remind(approval=row))
    _each(due.queues_over(), lambda row: waiting.close_queue(session=row))
    _each(due.to_be_paid(), lambda row: sessions.pay(enrolment=row))
    _each(due.sessions_with_room(), lambda row: waiting.fill(session=row))


def _each(rows: Iterable[Any], act: Callable[[Any], object]) -> None:
    for row in list(rows):
        try:
            act(row)
        except Exception:
            logger.exception("%s %s could not be dealt with", type(row).__name__, row.pk)
