"""Full-text search over offerings and interventions, in both languages at once, best first.

The words of a query are concepts. Each concept has variants (forms, parts of compounds, synonyms, near
spellings) with a weight; an item scores the best variant of each concept times how rare the concept is,
and is marked down for concepts that it lacks.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import add, or_
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    Max,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest, Power

from catalog.models import SearchDocument, SearchPhrase
from catalog.queries import words
from catalog.queries.expansion import Concept, concepts

# Tuned on one half of `content/search_queries.yaml`, judged on the other (`manage.py search_quality`).
# How much a hit counts in the rest, the summary, search words and title (D to A, as PostgreSQL orders them).
WEIGHTS = [0.06, 0.26, 0.75, 1.0]
# How much it counts that the query is a title or a search phrase of the item; and how steeply.
ALIKE, STEEP = 5.5, 2.2
# Advice to employers and stories come after the thing itself.
INTERVENTION, STORY = 0.65, 0.9
# How much it counts that every word of the query is found.
COVERED = 0.4
LONGEST = 200


@dataclass(frozen=True)
class Found:
    """What a search found: the items' keys in `SearchDocument`, best first, and how it was read."""

    text: str
    scores: dict[int, float] = field(default_factory=dict)
    concepts: tuple[Concept, ...] = ()

    @property
    def keys(self) -> list[int]:
        """Keys, best first."""
        return list(self.scores)

    @property
    def also_searched(self) -> list[str]:
        """Other words that were searched for as well, for "we also searched for"."""
        said = [word for concept in self.concepts for word in concept.also]
        return list(dict.fromkeys(said))[:6]

    @property
    def forms(self) -> frozenset[str]:
        """Every form of a word that counts as a hit, for highlighting."""
        return frozenset[str]().union(*(concept.forms for concept in self.concepts))

    @property
    def corrected(self) -> str:
        """The query with words that nobody uses put right, or nothing."""
        if not any(concept.correction for concept in self.concepts):
            return ""
        return " ".join(concept.correction or concept.said for concept in self.concepts)


def search(text: str) -> Found:
    """Search for a text; without any word in it nothing is found."""
    asked = tuple(concepts(text[:LONGEST]))
    if not asked:
        return Found(text)
    rows = _scored(asked, text).order_by("-score", "dutch_title").values_list("pk", "score")
    return Found(text, dict(rows), asked)


class Lexemes(Func):
    """A query as PostgreSQL keeps it. `to_tsquery` would parse the words again and take the marks off."""

    template = "CAST(%(expressions)s AS tsquery)"
    output_field = TextField()

    def __init__(self, expression: str) -> None:
        super().__init__(Value(expression))


class Matches(Func):
    """Whether an item has what a query asks for."""

    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = BooleanField()

    def __init__(self, expression: str) -> None:
        super().__init__(F("vector"), Lexemes(expression))


def _rank(expression: str) -> Func:
    weights = Value("{" + ", ".join(map(str, WEIGHTS)) + "}")
    return Func(weights, F("vector"), Lexemes(expression), function="ts_rank", output_field=FloatField())


def _best_variant(concept: Concept) -> Any:
    # One rank per variant: PostgreSQL divides the rank of "a | b" by the number of words in it.
    ranks = [
        ExpressionWrapper(Value(weight) * _rank(expression), FloatField())
        for expression, weight in concept.variants.items()
    ]
    return ranks[0] if len(ranks) == 1 else Greatest(*ranks)


def _alike(asked: Iterable[Concept], text: str) -> Any:
    """Return how far the query is a title or a search word of the item, from 0 to 1."""
    right = " ".join(concept.correction or concept.said for concept in asked)
    spoken = sorted({right, " ".join(words.tokens(text))})
    alike = Greatest(*(TrigramSimilarity("text", one) for one in spoken), Value(0.0))
    best = SearchPhrase.objects.filter(document=OuterRef("pk")).values("document").annotate(best=Max(alike))
    return Cast(Coalesce(Subquery(best.values("best")), 0.0), FloatField())


def _any_of(asked: Iterable[Concept]) -> Q:
    return reduce(or_, (Q(Matches(concept.any_variant)) for concept in asked))


def _scored(asked: tuple[Concept, ...], text: str) -> Any:
    weight = sum(concept.weight for concept in asked)
    rank = reduce(add, (Value(concept.weight) * _best_variant(concept) for concept in asked))
    covered = reduce(
        add,
        (
            Case(
                When(Matches(concept.any_variant), then=Value(concept.weight / weight)),
                default=Value(0.0),
                output_field=FloatField(),
            )
            for concept in asked
        ),
    )
    prior = Case(
        When(intervention__isnull=False, then=Value(INTERVENTION)),
        When(kind__key="stories_videos", then=Value(STORY)),
        default=Value(1.0),
    )
    score = ExpressionWrapper(
        rank
        * Power(covered, COVERED)
        * prior
        * (Value(1.0) + Power(_alike(asked, text), STEEP) * Value(ALIKE)),
        output_field=FloatField(),
    )
    return SearchDocument.objects.filter(_any_of(asked)).annotate(score=score)
