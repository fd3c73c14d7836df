"""Draft, scheduled, published, archived: the moves of a card, by an editor or by the clock."""

import logging
from datetime import datetime

from django.db import transaction

from catalog import errors
from catalog.enums import Act, Status
from catalog.models import Offering
from catalog.queries.cards import card_of
from catalog.queries.editing import to_publish, to_take_off
from catalog.services.cards import keep_first, locked, record
from catalog.workflow import MOVES, missing
from portal import clock
from portal.people.models import User

logger = logging.getLogger(__name__)


@transaction.atomic
def publish(
    *, offering: Offering, actor: User, at: datetime | None = None, until: datetime | None = None
) -> Offering:
    """Publish a card now, or at a moment to come; with `until` it is taken off again by itself.

    Published already, only `until` changes. Raises Incomplete, MomentPassed and NotPossibleNow.
    """
    held, now = locked(offering, actor), clock.now()
    if gaps := missing(card_of(held), today=clock.today()):
        raise errors.Incomplete(gaps)
    if (at and at <= now) or (until and until <= (at or now)):
        raise errors.MomentPassed
    if held.status == Status.PUBLISHED and at is None:
        held.unpublish_at = until
        held.save(update_fields=["unpublish_at"])
        return held
    held.publish_at, held.unpublish_at = at, until
    return _move(held, "schedule" if at else "publish", actor)


@transaction.atomic
def withdraw(*, offering: Offering, actor: User) -> Offering:
    """Make a card a draft again; who has a place keeps it. Raises NotPossibleNow."""
    return _move(_without_moments(locked(offering, actor)), "withdraw", actor)


@transaction.atomic
def archive(*, offering: Offering, actor: User) -> Offering:
    """Put a card away; who has a place keeps it. Raises NotPossibleNow."""
    return _move(_without_moments(locked(offering, actor)), "archive", actor)


def keep_time() -> None:
    """Publish and take off what is due; run twice it does nothing more. Each card has its own transaction."""
    for row in to_publish():
        _each(row, "publish")
    for row in to_take_off():
        _each(row, "archive")


def _each(row: Offering, move: str) -> None:
    try:
        with transaction.atomic():
            held = locked(row, None)
            due = held.publish_at if move == "publish" else held.unpublish_at
            if held.status in MOVES[move].sources and due and due <= clock.now():
                _move(held, move, None)
    except Exception:
        logger.exception("Offering %s could not be moved", row.pk)


def _without_moments(held: Offering) -> Offering:
    held.publish_at = held.unpublish_at = None
    return held


def _move(held: Offering, name: str, actor: User | None) -> Offering:
    move = MOVES[name]
    if held.status not in move.sources:
        raise errors.NotPossibleNow
    keep_first(held)
    held.status = move.target
    if move.act == Act.PUBLISHED:
        held.publish_at = None
        held.published_on = held.published_on or clock.today()
    held.save(update_fields=["status", "publish_at", "unpublish_at", "published_on"])
    return record(held, move.act, actor)
