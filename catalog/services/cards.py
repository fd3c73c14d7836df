"""Saving a card: one door for forms, restoring, duplicating and the clock. Every save is a version."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import override

from catalog import errors
from catalog.enums import Act, Effect, Form, Informed, Pot, Setting, Status, StepType
from catalog.models import (
    Audience,
    CareerFactor,
    Kind,
    ManagerNotice,
    Offering,
    OfferingVersion,
    Provider,
    Theme,
)
from catalog.permissions import editable_by
from catalog.queries.cards import DATES, PLAIN, CardData, card_of, text_fields, with_parts
from catalog.services.content.cards import when
from catalog.services.content.dates import in_months
from catalog.services.search_index import index_offering
from catalog.workflow import LANGUAGES, missing
from portal import clock
from portal.organisation.models import Faculty
from portal.people.models import User

SLUG, REVIEW_MONTHS = 70, 12
# What most cards have; the editor changes it where it is otherwise.
START: CardData = {
    "form": Form.LOCATION.value,
    "setting": Setting.GROUP.value,
    "effect": Effect.PREVENTIVE.value,
    "informed": Informed.NO.value,
    "hours": "2.0",
    "cost_eur": 0,
    "is_public": True,
    "is_repeatable": False,
    "languages": ["nl"],
    "audiences": ["all_employees"],
    "career_factors": [],
    "related": [],
    "steps": [{"step": StepType.CONFIRMATION.value, "days": None, "note_nl": "", "note_en": ""}],
    "details": {},
}


@transaction.atomic
def save_card(
    *, offering: Offering, card: CardData, seen: int, actor: User, act: Act = Act.SAVED
) -> Offering:
    """Save a card as its next version; `seen` is the version that the editor started from.

    Raises Stale when somebody saved in between, and Incomplete when readers would see a card with a hole in it.
    """
    held = locked(offering, actor)
    if held.version != seen:
        raise errors.Stale
    if card == card_of(held):
        return held
    if held.status in {Status.PUBLISHED, Status.SCHEDULED} and (gaps := missing(card, today=clock.today())):
        raise errors.Incomplete(gaps)
    keep_first(held)
    _apply(held, card, actor)
    return record(held, act, actor)


@transaction.atomic
def restore(*, offering: Offering, number: int, seen: int, actor: User) -> Offering:
    """Put an earlier version back as the newest one; owner and review date stay as they are now.

    Raises Stale, Incomplete, and OfferingVersion.DoesNotExist.
    """
    now = card_of(locked(offering, actor))
    card: CardData = offering.versions.get(number=number).card
    kept = {name: now[name] for name in ("owner", "review_on", "faculty")}
    # What that version did not know yet stays as it is now.
    return save_card(offering=offering, card=now | card | kept, seen=seen, actor=actor, act=Act.RESTORED)


@transaction.atomic
def create(*, card: CardData, actor: User) -> Offering:
    """Make a draft."""
    offering = Offering(status=Status.DRAFT, slug=free_slug(card["title_nl"] or card["title_en"]))
    _apply(offering, card, actor)
    record(offering, Act.CREATED, actor)
    return offering


@transaction.atomic
def draft(*, kind: Kind, title_nl: str, title_en: str, faculty: str, actor: User) -> Offering:
    """Make a draft of a kind, filled in as far as can be known: as the editor's last card, reviewed in a year."""
    last = Offering.objects.filter(owner=actor).select_related("provider").order_by("-pk").first()
    quiet = ManagerNotice.objects.filter(is_manager_told=False).order_by("-is_list_shown", "pk").first()
    provider = last.provider if last else Provider.objects.order_by("kind", "order").last()
    blank: CardData = dict.fromkeys((*text_fields(), *DATES, "page_kind"), "")
    card = blank | {
        "title_nl": title_nl,
        "title_en": title_en,
        "kind": kind.key,
        "theme": kind.theme.key,
        "provider": provider.key if provider else "",
        "faculty": faculty,
        "owner": actor.reference,
        "owner_role_nl": (last.owner_role_nl if last else "") or "",  # type: ignore[attr-defined]
        "owner_role_en": (last.owner_role_en if last else "") or "",  # type: ignore[attr-defined]
        "contact_mailbox": last.contact_mailbox if last else actor.email,
        "review_on": in_months(clock.today(), REVIEW_MONTHS).isoformat(),
        "pots": {Pot.FREE.value: quiet.key} if quiet else {},
        **START,
    }
    return create(card=card, actor=actor)


@transaction.atomic
def duplicate(*, offering: Offering, actor: User) -> Offering:
    """Make a draft that is the same in all but its titles; dates and what happened to it stay behind."""
    card = card_of(locked(offering, actor))
    titles = {"title_nl": ("kopie", card["title_nl"]), "title_en": ("copy", card["title_en"])}
    named = {name: f"{title[:150]} ({word})" for name, (word, title) in titles.items() if title}
    return create(
        card=card | named | {"owner": actor.reference, "closes_on": "", "starts_on": ""}, actor=actor
    )


def locked(offering: Offering, actor: User | None) -> Offering:
    """Lock a card that this editor may change (the clock may change all), with all its parts.

    Raises Offering.DoesNotExist for the card of another faculty.
    """
    rows = Offering.objects.all() if actor is None else editable_by(actor)
    rows.select_for_update(of=("self",)).get(pk=offering.pk)
    return with_parts(Offering.objects.all()).get(pk=offering.pk)


def keep_first(offering: Offering) -> None:
    """Keep a card that came without versions as it was, so that the first change can be compared."""
    if not offering.versions.exists():
        offering.versions.create(number=offering.version, act=Act.LOADED, card=card_of(offering))


def record(offering: Offering, act: Act, actor: User | None) -> Offering:
    """Write the next version and bring search up to date."""
    fresh = with_parts(Offering.objects.all()).get(pk=offering.pk)
    if act != Act.CREATED:
        fresh.version += 1
        fresh.save(update_fields=["version"])
    OfferingVersion.objects.create(
        offering=fresh, number=fresh.version, act=act, card=card_of(fresh), saved_by=actor
    )
    index_offering(offering=fresh, actor=actor)
    return fresh


def free_slug(title: str) -> str:
    """Return an address for a title that nothing else has."""
    stem = slugify(title)[:SLUG].strip("-") or "aanbod"
    taken = set(Offering.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)


def _apply(offering: Offering, card: CardData, actor: User) -> None:
    for name in (*text_fields(), *PLAIN):
        setattr(offering, name, card[name])
    for name in DATES:
        setattr(offering, name, card[name] or None)
    offering.hours = Decimal(card["hours"])
    offering.languages = card["languages"]
    offering.kind = Kind.objects.get(key=card["kind"])
    offering.theme = Theme.objects.get(key=card["theme"])
    offering.provider = Provider.objects.get(key=card["provider"])
    offering.faculty = Faculty.objects.filter(code=card["faculty"]).first()
    offering.owner = User.objects.filter(reference=card["owner"]).first() if card["owner"] else None
    offering.details = {**card["details"], "steps": [_step(row) for row in card["steps"] if row["step"]]}
    offering.save()
    if not editable_by(actor).filter(pk=offering.pk).exists():
        raise errors.OtherFaculty
    offering.audiences.set(Audience.objects.filter(key__in=card["audiences"]))
    offering.career_factors.set(CareerFactor.objects.filter(key__in=card["career_factors"]))
    offering.related.set(Offering.objects.filter(slug__in=card["related"]).exclude(pk=offering.pk))
    _pots(offering, card["pots"])


def _pots(offering: Offering, chosen: dict[str, str]) -> None:
    for order, (pot, notice) in enumerate(chosen.items()):
        values = {"notice": ManagerNotice.objects.get(key=notice), "order": order}
        offering.pots.update_or_create(pot=Pot(pot), defaults=values)
    offering.pots.exclude(pot__in=chosen).delete()


def _step(row: CardData) -> dict[str, Any]:
    """Return a step as the page shows it: words in both languages."""
    kind, days = StepType(row["step"]), row["days"]
    labels = {}
    for code in LANGUAGES:
        with override(code):
            labels[code] = str(kind.label)
    note = {"nl": row["note_nl"], "en": row["note_en"]}
    return {
        "step": kind.value,
        "days": days,
        "label": labels,
        "note": note if any(note.values()) else None,
        "when": when(days),
    }
