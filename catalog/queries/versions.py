"""Versions of a card side by side: what changed between two, and what somebody else changed meanwhile."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from catalog import enums, models
from catalog.models import Offering, OfferingVersion
from catalog.queries.cards import CardData, card_of, flat, merge
from catalog.workflow import FACTS, LANGUAGE_NAMES, LANGUAGES, MARKDOWN, TEXTS
from portal.organisation.models import Faculty
from portal.people.models import User

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: the same in both, only before, or only after."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One part of the card that differs, as text before and after, word by word."""

    label: str
    language: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        """The two texts as one, with what went and what came."""
        old, new = _tokens(self.before), _tokens(self.after)
        found = []
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=len(old) > 2000).get_opcodes():
            if tag == "equal":
                found.append(Piece("same", "".join(old[a:b])))
                continue
            found += [Piece("gone", "".join(old[a:b]))] if b > a else []
            found += [Piece("new", "".join(new[c:d]))] if d > c else []
        return found


def _tokens(text: str) -> list[str]:
    """Return words with the space behind them."""
    words = text.replace("\n", " \n ").split(" ")
    return [f"{word} " for word in words]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody saved meanwhile: the card with both changes, who it was, and what each changed."""

    card: CardData
    by: str
    taken: list[str]
    both: list[Change]


def conflict_with(fresh: Offering, mine: CardData, *, seen: int) -> Conflict:
    """Return how my card and the one that was saved meanwhile go together."""
    base = fresh.versions.filter(number=seen).first()
    theirs = card_of(fresh)
    before = base.card if base else theirs
    card, taken, both = merge(before, mine, theirs)
    last = fresh.versions.select_related("saved_by").first()
    who = last.saved_by.full_name if last and last.saved_by else ""
    words = _words([theirs, mine])
    clashes = list(_changes(flat(theirs), flat(mine), both, words))
    return Conflict(card, who, [label_of(name) for name in taken], clashes)


def compare(before: CardData, after: CardData) -> list[Change]:
    """Return every part that differs between two cards."""
    old, new = flat(before), flat(after)
    differing = [name for name in {**old, **new} if (old.get(name) or "") != (new.get(name) or "")]
    return list(_changes(old, new, differing, _words([before, after])))


def _changes(old: CardData, new: CardData, names: list[str], words: Words) -> Iterator[Change]:
    for name in names:
        language = name[-2:] if name[-3:-2] == "_" and name[-2:] in LANGUAGES else ""
        yield Change(
            label_of(name),
            language,
            in_words(name, old.get(name), words),
            in_words(name, new.get(name), words),
        )


def label_of(name: str) -> str:
    """Return what an editor calls a part of the card."""
    stem, _line, code = name.rpartition("_")
    if stem in TEXTS and code in LANGUAGES:
        return f"{TEXTS[stem].label} ({LANGUAGE_NAMES[code]})"
    if name in FACTS:
        return str(FACTS[name])
    return _("Part of this kind: %(name)s") % {"name": " ".join(name.split(".")[1:]).replace("_", " ")}


def in_words(name: str, value: Any, words: Words) -> str:
    """Return a value of the card as an editor reads it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value in (None, ""):
        return ""
    if name == "pots":
        return "; ".join(
            f"{enums.Pot(pot).label}: {words.get(f'notice.{key}', key)}" for pot, key in value.items()
        )
    if name == "steps":
        return "\n".join(_step(row) for row in value)
    if isinstance(value, list):
        return ", ".join(words.get(f"{name}.{item}", str(item)) for item in value)
    return words.get(f"{name}.{value}", str(value))


def _step(row: CardData) -> str:
    kind = str(enums.StepType(row["step"]).label) if row.get("step") else "-"
    days = _(" (day %(days)+d)") % {"days": row["days"]} if row.get("days") else ""
    note = " / ".join(filter(None, (row.get("note_nl"), row.get("note_en"))))
    return f"{kind}{days}{': ' if note else ''}{note}"


CHOICES: dict[str, Any] = {
    "form": enums.Form,
    "setting": enums.Setting,
    "effect": enums.Effect,
    "informed": enums.Informed,
    "page_kind": enums.PageKind,
}
LISTS: dict[str, Any] = {
    "kind": models.Kind,
    "theme": models.Theme,
    "provider": models.Provider,
    "audiences": models.Audience,
    "career_factors": models.CareerFactor,
}


def _words(cards: list[CardData]) -> Words:
    """Return the words for every key in these cards."""
    found = {f"languages.{code}": str(name) for code, name in LANGUAGE_NAMES.items()}
    for name, choice in CHOICES.items():
        found |= {f"{name}.{value}": str(label) for value, label in choice.choices}
    for name, model in LISTS.items():
        found |= {f"{name}.{row.key}": str(row.label) for row in model.objects.all()}
    found |= {f"notice.{row.key}": str(row.shown) for row in models.ManagerNotice.objects.all()}
    found |= {f"faculty.{row.code}": row.name for row in Faculty.objects.all()}
    owners = {card["owner"] for card in cards} - {""}
    found |= {f"owner.{row.reference}": row.full_name for row in User.objects.filter(reference__in=owners)}
    slugs = {slug for card in cards for slug in card["related"]}
    related = Offering.objects.filter(slug__in=slugs)
    return found | {f"related.{row.slug}": str(row.title) for row in related}


def chosen(versions: QuerySet[OfferingVersion], before: str, after: str) -> list[OfferingVersion]:
    """Return the two versions that an editor asks for, the older first; without a choice the last two."""
    numbers = sorted({int(text) for text in (before, after) if text.isdecimal() and len(text) < 9})
    rows = list(versions.filter(number__in=numbers) if len(numbers) == 2 else versions[:2])
    return sorted(rows, key=lambda row: row.number)


@dataclass(frozen=True, slots=True)
class Read:
    """One text as readers of a language will see it; `language` is another one when it falls back."""

    name: str
    label: str | Promise
    text: str
    language: str
    is_fallback: bool
    is_markdown: bool


def shown_as_read(typed: Mapping[str, Any]) -> list[tuple[str, str | Promise, list[Read]]]:
    """Return, per language, the texts as readers will see them."""
    return [(code, LANGUAGE_NAMES[code], list(_read(typed, code))) for code in LANGUAGES]


def _read(typed: Mapping[str, Any], code: str) -> Iterator[Read]:
    other = "en" if code == "nl" else "nl"
    for name, text in TEXTS.items():
        if name in {"keywords", "owner_role", "time_text"}:
            continue
        own, fallback = typed.get(f"{name}_{code}", "").strip(), typed.get(f"{name}_{other}", "").strip()
        if own or fallback:
            language = code if own else other
            yield Read(name, text.label, own or fallback, language, not own, name in MARKDOWN)
