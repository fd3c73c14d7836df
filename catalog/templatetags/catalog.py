"""Words of the catalogue in templates: `{% load catalog %}`."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.models import Offering, Session
from catalog.queries import words
from catalog.queries.listing import soonest
from catalog.queries.search import Found
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
def language_names(codes: list[str]) -> str:
    """Return "Dutch and English"."""
    names = {"nl": _("Dutch"), "en": _("English")}
    return _(" and ").join(names[code] for code in codes if code in names)


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
