"""What somebody may be about to type, and what to show when nothing was found."""

from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import FloatField
from django.db.models.functions import Greatest
from django.utils.translation import get_language

from catalog.queries import facets, words
from catalog.queries.catalogue import documents_for
from catalog.queries.listing import Listing, Result, ordered, results

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


def nearest(actor: Any, found: Listing) -> list[Result]:
    """Return what comes near when nothing was found: what fits the text and most filters, or titles like the text."""
    rows = documents_for(actor)
    if not found.unfiltered:
        alike = _alike(rows, " ".join(words.tokens(found.asked.text))).order_by("-alike", "dutch_title")
        return list(results(alike.values_list("pk", flat=True)[:NEAREST]))
    if found.asked.text:
        rows = rows.filter(pk__in=found.found.keys)
    met, scores = facets.met(rows, found.asked.chosen), found.found.scores
    in_order = ordered(rows, found.asked.order, found.found)
    return list(results(sorted(in_order, key=lambda key: -scores.get(key, 1) * (1 + met[key]))[:NEAREST]))


def _alike(rows: Any, text: str) -> Any:
    titles = [TrigramWordSimilarity(text, title) for title in ("dutch_title", "english_title")]
    return rows.annotate(alike=Greatest(*titles, output_field=FloatField()))
