"""A card as plain data: what forms show, versions keep, and editors compare. Nothing but JSON in it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from catalog.models import Offering
from catalog.workflow import LANGUAGES, TEXTS

CardData = dict[str, Any]
PLAIN = (
    "form",
    "setting",
    "effect",
    "page_kind",
    "informed",
    "cost_eur",
    "is_public",
    "is_repeatable",
    "contact_mailbox",
)
DATES = ("closes_on", "starts_on", "internal_until", "review_on")
LISTS = ("kind", "theme", "provider")


def with_parts(rows: QuerySet[Offering]) -> QuerySet[Offering]:
    """Load with the offerings all that belongs to their cards."""
    related = Prefetch("related", Offering.objects.only("slug"))
    return rows.select_related("kind", "theme", "provider", "faculty", "owner").prefetch_related(
        "audiences", "career_factors", "pots__notice", related
    )


def card_of(offering: Offering) -> CardData:
    """Return the whole card of an offering, its lists and ways to pay included."""
    details = {name: value for name, value in offering.details.items() if name != "steps"}
    return {
        **{field: getattr(offering, field) or "" for field in text_fields()},
        **{name: getattr(offering, name) for name in PLAIN},
        **{name: _day(getattr(offering, name)) for name in DATES},
        **{name: getattr(offering, name).key for name in LISTS},
        "hours": f"{offering.hours:.1f}",
        "languages": list(offering.languages),
        "faculty": offering.faculty.code if offering.faculty else "",
        "owner": offering.owner.reference if offering.owner else "",
        "audiences": sorted(row.key for row in offering.audiences.all()),
        "career_factors": sorted(row.key for row in offering.career_factors.all()),
        "related": sorted(row.slug for row in offering.related.all()),
        "pots": {row.pot: row.notice.key for row in offering.pots.all()},
        "steps": [_step(row) for row in offering.details.get("steps", [])],
        "details": details,
    }


def text_fields() -> list[str]:
    """Return the columns of all texts, Dutch before English."""
    return [f"{name}_{code}" for name in TEXTS for code in LANGUAGES]


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _step(row: CardData) -> CardData:
    note = row.get("note") or {}
    return {
        "step": row.get("step", ""),
        "days": row.get("days"),
        "note_nl": note.get("nl", ""),
        "note_en": note.get("en", ""),
    }


def flat(card: CardData) -> CardData:
    """Return a card with the parts of its kind taken apart: `details.vacancy.scale`."""
    found = {name: value for name, value in card.items() if name != "details"}
    return found | dict(_leaves("details", card.get("details") or {}))


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        yield path, value
        return
    for name, part in value.items():
        yield from _leaves(f"{path}.{name}", part)


def whole(parts: CardData) -> CardData:
    """Undo `flat`."""
    card: CardData = {"details": {}}
    for path, value in parts.items():
        *way, last = path.split(".")
        place = card
        for name in way:
            place = place.setdefault(name, {})
        place[last] = value
    return card


def merge(before: CardData, mine: CardData, theirs: CardData) -> tuple[CardData, list[str], list[str]]:
    """Join two changes of one card.

    Returns the card with both, where only one of the two touched a part, and otherwise mine; the parts that
    only they changed; and the parts that both changed in different ways.
    """
    old, own, other = flat(before), flat(mine), flat(theirs)
    taken = [name for name in other if other[name] != old.get(name) and own.get(name) == old.get(name)]
    both = [
        name
        for name in other
        if other[name] != old.get(name) and own.get(name) != old.get(name) and own.get(name) != other[name]
    ]
    return whole(own | {name: other[name] for name in taken}), taken, both
