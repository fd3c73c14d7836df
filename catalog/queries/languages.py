"""In which language an item of the catalogue speaks to this reader."""

from typing import Any

from django.utils.translation import get_language
from modeltranslation.translator import translator

from catalog.queries import words
from catalog.queries.search import Found

OTHER = {"nl": "en", "en": "nl"}


def lacking(item: Any) -> str:
    """Return the only language of what an item says of itself, when it is not that of the page; else nothing."""
    here = _here()
    texts = [getattr(item, f"{field}_{here}", "-") for field in ("title", "summary", "description")]
    return "" if all(texts) else OTHER[here]


def found_in(item: Any, found: Found) -> str:
    """Return the other language when only its texts hold what was searched for; else nothing."""
    here = _here()
    if not found.forms or _has(item, here, found.forms):
        return ""
    return OTHER[here] if _has(item, OTHER[here], found.forms) else ""


def _here() -> str:
    return "en" if get_language() == "en" else "nl"


def _has(item: Any, language: str, forms: frozenset[str]) -> bool:
    fields = translator.get_options_for_model(type(item)).get_field_names()
    texts = (str(getattr(item, f"{field}_{language}") or "") for field in fields)
    return any(
        words.forms(word) & forms
        for text in texts
        for word in words.tokens(text)
        if word not in words.STOPWORDS
    )
