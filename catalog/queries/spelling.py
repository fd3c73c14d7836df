"""Finds the words of the catalogue that somebody may have meant."""

from functools import reduce
from operator import or_

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q
from django.db.models.functions import Length

from catalog.models import SearchTerm
from catalog.queries import words

# Letters that begin words that sound alike, and spellings that are taken for each other.
LIKE = ("ck", "fvp", "sz", "iye", "ao")
SOUNDS = (
    ("ij", "ei"), ("y", "ei"), ("ou", "au"), ("ph", "f"), ("dt", "t"), ("ck", "k"), ("c", "k"), ("qu", "kw"),
    ("z", "s"), ("v", "f"), ("th", "t"), ("ie", "i"),
)  # fmt: skip
_LOOSEST, _MOST, _CANDIDATES = 0.25, 3, 200


def nearest(word: str) -> list[tuple[str, int]]:
    """Return up to three words near this one, with how many letters they differ, nearest first."""
    rows = (
        SearchTerm.objects.filter(is_word=True)
        .annotate(alike=TrigramSimilarity("term", word), size=Length("term"))
        .filter(Q(alike__gt=_LOOSEST) | Q(_starts_like(word), size__range=(len(word) - 2, len(word) + 2)))
        .order_by("-alike", "term")
        .values_list("term", "documents")[:_CANDIDATES]
    )
    # Who writes a word that exists seldom means another one.
    allowed = 1 if words.is_known(word) else allowed_distance(word)
    found = [(_apart(word, term), -documents, term) for term, documents in rows]
    close = sorted(row for row in found if 0 < row[0] <= allowed)
    return [(term, apart) for apart, _documents, term in close if apart == close[0][0]][:_MOST]


def _starts_like(word: str) -> Q:
    """Return the test for terms that begin with the letter, or with one that sounds like it."""
    letters = next((group for group in LIKE if word[0] in group), word[0])
    return reduce(or_, (Q(term__startswith=letter) for letter in letters))


def _apart(word: str, term: str) -> int:
    """Return how many letters differ; a word that sounds the same differs by one at most."""
    return min(distance(word, term), max(distance(sound(word), sound(term)), int(word != term)))


def sound(word: str) -> str:
    """Return roughly how a Dutch or English word sounds: letters that are often taken for each other are one."""
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    return "".join(sign for sign, after in zip(word, word[1:] + " ", strict=True) if sign != after)


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
