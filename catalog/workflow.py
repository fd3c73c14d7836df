"""The life of a card: its parts, which moves there are, and what is missing before it may be published.

Works on the card as plain data (`queries.cards`), so that forms, services and the clock ask the same question.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.enums import Act, Pot, Status

Card = Mapping[str, Any]
LANGUAGES = ("nl", "en")
LANGUAGE_NAMES = {"nl": _("Dutch"), "en": _("English")}


@dataclass(frozen=True, slots=True)
class Text:
    """One translated text of the card."""

    label: str | Promise
    longest: int
    rows: int = 1
    is_markdown: bool = False
    needed: int = 0  # in how many languages, before publishing


TEXTS: dict[str, Text] = {
    "title": Text(_("Title"), 160, needed=2),
    "summary": Text(_("Summary"), 300, rows=3, needed=2),
    "description": Text(_("Description"), 20_000, rows=7, is_markdown=True, needed=1),
    "result": Text(_("What it brings"), 5_000, rows=4, is_markdown=True, needed=1),
    "content": Text(_("Content and instruments"), 5_000, rows=4, is_markdown=True, needed=1),
    "structure": Text(_("How it is built up"), 5_000, rows=4, is_markdown=True, needed=1),
    "fits_when": Text(_("Fits when"), 5_000, rows=3, is_markdown=True, needed=1),
    "fits_not_when": Text(_("Does not fit when"), 5_000, rows=3, is_markdown=True, needed=1),
    "prerequisites": Text(_("What you need beforehand"), 5_000, rows=2, is_markdown=True),
    "story": Text(_("The story"), 40_000, rows=12, is_markdown=True),
    "time_text": Text(_("Time in words"), 160),
    "owner_role": Text(_("Who you can ask"), 120, needed=1),
    "keywords": Text(_("Search words"), 2_000, rows=2),
}
MARKDOWN = tuple(name for name, text in TEXTS.items() if text.is_markdown)
# Lazy words.
FACTS: dict[str, Any] = {
    "kind": _("Kind"),
    "theme": _("Theme"),
    "audiences": _("For whom"),
    "career_factors": _("Career factors"),
    "languages": _("Languages"),
    "form": _("Form of the offering"),
    "setting": _("Alone or in a group"),
    "effect": _("What kind of help"),
    "hours": _("Hours"),
    "provider": _("Given by"),
    "faculty": _("Only for"),
    "page_kind": _("Page"),
    "is_public": _("Readable without sign-in"),
    "is_repeatable": _("May be attended more than once"),
    "closes_on": _("Respond until"),
    "starts_on": _("Start"),
    "internal_until": _("For colleagues first until"),
    "related": _("Related"),
    "cost_eur": _("Cost in euros"),
    "pots": _("Who pays, and who hears of it"),
    "informed": _("Is your manager told"),
    "owner": _("Owner"),
    "contact_mailbox": _("Mailbox"),
    "review_on": _("Review on"),
    "steps": _("What happens after you enrol"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """One way in which a card changes its state."""

    act: Act
    sources: frozenset[str]
    target: Status


_ALIVE = frozenset({Status.DRAFT, Status.SCHEDULED, Status.PUBLISHED})
MOVES: dict[str, Move] = {
    "publish": Move(Act.PUBLISHED, frozenset({Status.DRAFT, Status.SCHEDULED}), Status.PUBLISHED),
    "schedule": Move(Act.SCHEDULED, frozenset({Status.DRAFT, Status.SCHEDULED}), Status.SCHEDULED),
    "withdraw": Move(
        Act.WITHDRAWN, frozenset({Status.SCHEDULED, Status.PUBLISHED, Status.ARCHIVED}), Status.DRAFT
    ),
    "archive": Move(Act.ARCHIVED, _ALIVE, Status.ARCHIVED),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing before publishing: where, and what to do."""

    field: str
    sentence: str | Promise


def missing(card: Card, *, today: date) -> list[Gap]:
    """Return what has to be done before readers may see this card."""
    return [*_texts_missing(card), *_facts_missing(card, today), *_money_missing(card)]


def untranslated(card: Card) -> list[tuple[str, str]]:
    """Return the texts that are there in one language only: the field, and the language that is missing."""
    found = []
    for name in TEXTS:
        there = [code for code in LANGUAGES if card.get(f"{name}_{code}")]
        if len(there) == 1:
            found.append((name, "en" if there == ["nl"] else "nl"))
    return found


def _texts_missing(card: Card) -> list[Gap]:
    gaps = []
    for name, text in TEXTS.items():
        without = [code for code in LANGUAGES if not card.get(f"{name}_{code}")]
        if text.needed == 2:
            gaps += [Gap(f"{name}_{code}", _WRITE[code] % {"part": text.label}) for code in without]
        elif text.needed == 1 and len(without) == len(LANGUAGES):
            gaps.append(Gap(f"{name}_nl", _EITHER % {"part": text.label}))
    return gaps


_WRITE = {"nl": _("Write “%(part)s” in Dutch."), "en": _("Write “%(part)s” in English.")}
_EITHER = _("Write “%(part)s” in Dutch or in English; best in both.")
_CHOOSE = {
    "owner": _("Choose an owner: the colleague who keeps this text right."),
    "contact_mailbox": _("Fill in a mailbox for questions."),
    "audiences": _("Choose for whom it is."),
    "languages": _("Choose in which language it is given."),
}


def _facts_missing(card: Card, today: date) -> list[Gap]:
    gaps = [Gap(name, sentence) for name, sentence in _CHOOSE.items() if not card.get(name)]
    if (card.get("review_on") or "") <= today.isoformat():
        gaps.append(
            Gap("review_on", _("Choose the day, still to come, on which the owner reads this text again."))
        )
    return gaps


def _money_missing(card: Card) -> list[Gap]:
    pots = set(card.get("pots") or {})
    if not pots:
        return [Gap(f"pot_{Pot.FREE}", _("Choose at least one way to pay, with what the manager hears."))]
    if card.get("cost_eur") and pots == {Pot.FREE}:
        return [Gap("cost_eur", _("It costs money, but no budget pays. Choose a budget, or make it free."))]
    return []
