"""What somebody may be about to type, and what to show when nothing was found."""

from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import FloatField
from django.db.models.functions import Greatest
from django.utils.translation import get_language

from catalog.queries import words
from catalog.queries.catalogue import documents_for
from catalog.queries.listing import Result, results
from catalog.queries.search import Found

SHOWN, SHORTEST, LEAST_ALIKE, NEAREST = 7, 2, 0.45, 4


def suggestions(actor: Any, text: str) -> list[str]:
    """Return titles in the language of the page that hold what was typed so far, the most alike first."""
    typed = " ".join(words.tokens(text))
    if len(typed) < SHORTEST:
        return []
    rows = _alike(documents_for(actor), typed).filter(alike__gte=LEAST_ALIKE)
    rows = rows.select_related("offering", "intervention").order_by("-alike", "dutch_title")
    items = [row.offering or row.intervention for row in rows[: 2 * SHOWN]]
    language = get_language() or "nl"
    return [str(getattr(item, f"title_{language}")) for item in items if item][:SHOWN]


def nearest(actor: Any, found: Found) -> list[Result]:
    """Return what comes near when nothing was found with these filters, or at all."""
    rows = documents_for(actor)
    keys = [key for key in found.keys if key in set(rows.values_list("pk", flat=True))]
    if not keys and found.text:
        alike = _alike(rows, " ".join(words.tokens(found.text))).order_by("-alike", "dutch_title")
        keys = list(alike.values_list("pk", flat=True)[:NEAREST])
    return list(results(keys[:NEAREST]))


def _alike(rows: Any, text: str) -> Any:
    titles = [TrigramWordSimilarity(text, title) for title in ("dutch_title", "english_title")]
    return rows.annotate(alike=Greatest(*titles, output_field=FloatField()))
