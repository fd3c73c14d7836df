"""Words of the catalogue in templates: `{% load catalog %}`."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from catalog.models import Offering, Session
from catalog.queries import languages, words
from catalog.queries.editing import Sought
from catalog.queries.listing import soonest
from catalog.queries.search import Found
from catalog.queries.structured import structured_data
from catalog.workflow import MARKDOWN
from portal.entitlements import amounts
from portal.entitlements.enums import Unit
from portal.interface.moments import day_short
from portal.interface.money import money

register = template.Library()


@register.filter
def here(pair: Mapping[str, Any] | None) -> Any:
    """Return a pair of texts in the language of the page, or the other one when it is missing."""
    found = pair or {}
    language = "en" if get_language() == "en" else "nl"
    return found.get(language) or found.get("nl") or found.get("en") or ""


@register.filter
def cost(offering: Offering) -> str:
    """Return the price, or that it is free."""
    return money(offering.cost_eur) if offering.cost_eur else _("Free of charge")


@register.filter
def time_of(offering: Offering) -> str:
    """Return how long it takes: in the editor's words, else its hours."""
    hours = int(offering.hours * 100)
    return str(offering.time_text or (amounts.words(hours, Unit.HOUR) if hours else ""))


@register.filter
def language_names(codes: list[str]) -> str:
    """Return "Dutch and English"."""
    names = {"nl": _("Dutch"), "en": _("English")}
    return _(" and ").join(names[code] for code in codes if code in names)


LACKING = {"nl": _l("Only in Dutch"), "en": _l("Only in English")}
FOUND_IN = {"nl": _l("Found in the Dutch text"), "en": _l("Found in the English text")}


@register.filter
def lacking(item: Any) -> str:
    """Say in which language an item is, when it has no text in that of the page."""
    return str(LACKING.get(languages.lacking(item), ""))


@register.filter
def found_in(item: Any, found: Found | None) -> str:
    """Say that a search hit the other language's text, when it did not hit that of the page."""
    return str(FOUND_IN.get(languages.found_in(item, found), "")) if found else ""


@register.filter
def dates(offering: Offering) -> str:
    """Return the first days on which an offering runs."""
    runs = getattr(offering, "upcoming", [])
    shown = _(" and ").join(day_short(run.starts_at) for run in runs[:2])
    more = len(runs) - 2
    return shown if more <= 0 else _("%(days)s, and %(more)d more") % {"days": shown, "more": more}


@register.filter
def first_free(offering: Offering) -> Session | None:
    """Return the first session with a free place."""
    start = soonest(offering)
    runs = getattr(offering, "upcoming", [])
    return next((run for run in runs if start and run.is_open), None)


@register.inclusion_tag("catalog/parts/only_in.html")
def only_in(language: str) -> dict[str, Any]:
    """Say that a text is there in one language only."""
    return {"language": language}


@register.inclusion_tag("catalog/parts/text.html")
def card_text(offering: Offering, name: str) -> dict[str, Any]:
    """Draw a text of the card; where the page's language is missing, the other one with its label."""
    own, other = ("en", "nl") if get_language() == "en" else ("nl", "en")
    text, fallback = (getattr(offering, f"{name}_{code}") or "" for code in (own, other))
    language = other if fallback and not text else ""
    return {"text": text or fallback, "language": language, "is_markdown": name in MARKDOWN}


@register.filter
def desk_address(sought: Sought, state: str) -> str:
    """Return the address of the editors' list with another state."""
    values = {"q": sought.text, "state": state, "kind": sought.kind, "sort": sought.sort}
    mine = {"mine": "on"} if sought.mine else {}
    return "?" + urlencode({name: value for name, value in (values | mine).items() if value})


RATINGS = {
    "good": _l("Good"),
    "sufficient": _l("Sufficient"),
    "insufficient": _l("Insufficient"),
    "not_assessed": _l("Not assessed"),
}
CRITERIA = {
    "starting_points_of_test_construction": _l("Starting points of the test"),
    "quality_of_test_material": _l("Quality of the material"),
    "quality_of_manual": _l("Quality of the manual"),
    "norms": _l("Norms"),
    "reliability": _l("Reliability"),
    "construct_validity": _l("Construct validity"),
    "criterion_validity": _l("Criterion validity"),
}
BANDS = {
    "under_10": _l("fewer than 10 people"),
    "10_to_24": _l("10 to 24 people"),
    "25_or_more": _l("25 people or more"),
}
TEXT_LOADS = {"low": _l("little text"), "medium": _l("a fair amount of text"), "high": _l("much text")}


@register.filter
def criteria(cotan: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the criteria of an assessed test with their ratings."""
    rated = cotan.get("criteria", {})
    return [(str(label), str(RATINGS[rated[key]])) for key, label in CRITERIA.items() if key in rated]


@register.filter
def band(key: str) -> str:
    """Return how many people have a job, in a band."""
    return str(BANDS.get(key, ""))


@register.filter
def text_load(key: str) -> str:
    """Return how much there is to read."""
    return str(TEXT_LOADS.get(key, ""))


@register.filter
def as_day(text: str) -> date:
    """Return a date that was kept as text."""
    return date.fromisoformat(text)


@register.filter
def highlight(text: str, found: Found) -> SafeString:
    """Mark the words of a text by which it was found."""
    text, forms = str(text), found.forms
    if not forms:
        return conditional_escape(text)
    pieces, at = [], 0
    for start, end, word in words.spans(text):
        if word not in words.STOPWORDS and words.forms(word) & forms:
            pieces += [escape(text[at:start]), format_html("<mark>{}</mark>", text[start:end])]
            at = end
    return mark_safe("".join([*pieces, escape(text[at:])]))  # noqa: S308  every piece is escaped


@register.simple_tag
def search_engine_data(offering: Offering) -> SafeString:
    """Write an offering as data for search engines; no script runs, the browser skips it."""
    signs = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
    blocks = [json.dumps(data, ensure_ascii=False).translate(signs) for data in structured_data(offering)]
    return mark_safe("".join(f'<script type="application/ld+json">{block}</script>' for block in blocks))  # noqa: S308
