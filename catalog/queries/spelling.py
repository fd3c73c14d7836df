"""Finds the words of the catalogue that somebody may have meant."""

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q
from django.db.models.functions import Length

from catalog.models import SearchTerm

_LOOSEST, _MOST, _CANDIDATES = 0.25, 3, 200


def nearest(word: str) -> list[tuple[str, int]]:
    """Return up to three words near this one, with how many letters they differ, nearest first."""
    rows = (
        SearchTerm.objects.filter(is_word=True)
        .annotate(alike=TrigramSimilarity("term", word), size=Length("term"))
        .filter(
            Q(alike__gt=_LOOSEST) | Q(term__startswith=word[0], size__range=(len(word) - 1, len(word) + 1))
        )
        .order_by("-alike", "term")
        .values_list("term", "documents")[:_CANDIDATES]
    )
    allowed = allowed_distance(word)
    found = [(distance(word, term), -documents, term) for term, documents in rows]
    close = sorted(row for row in found if 0 < row[0] <= allowed)
    return [(term, apart) for apart, _documents, term in close if apart == close[0][0]][:_MOST]


def allowed_distance(word: str) -> int:
    """Return how many letters may be wrong: none in short words, more in longer ones."""
    return (len(word) >= 4) + (len(word) >= 7) + (len(word) >= 12)


def distance(one: str, other: str) -> int:
    """Return how many letters must be added, left out, changed or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        now = [i]
        for j, b in enumerate(other, start=1):
            cost = min(row[j] + 1, now[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            now.append(cost)
        before, row = row, now
    return row[-1]
