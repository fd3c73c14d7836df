"""From answers to scores, and from scores to what pages show. Pure: no database, no viewer."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format

from trajectories.enums.self_test import Band, Factor, instrument

Answers = Mapping[str, int]
# Mean per factor key, to two decimals; a factor with too few answers is absent.
Scores = Mapping[str, float]
TENTH = Decimal("0.1")
MOST_SHOWN = 3


def scores_of(answers: Answers) -> dict[str, float]:
    """Return the mean per factor, from `lowest` to `highest`; reversed statements count the other way."""
    test = instrument()
    found = {}
    for factor in test.factors:
        points = [
            test.lowest + test.highest - answers[row.key] if row.is_reversed else answers[row.key]
            for row in factor.statements
            if row.key in answers
        ]
        if len(points) >= test.fewest_answers:
            found[factor.key] = round(sum(points) / len(points), 2)
    return found


def unfinished(answers: Answers) -> list[Factor]:
    """Return the factors that have too few answers for a score."""
    scores = scores_of(answers)
    return [factor for factor in instrument().factors if factor.key not in scores]


def band_of(score: float) -> Band:
    """Return the band in which a score lies."""
    return [band for band in instrument().bands if band.begins <= score][-1]


def weak(scores: Scores) -> frozenset[str]:
    """Return the factors in the lowest band."""
    lowest = instrument().bands[0]
    return frozenset(key for key, score in scores.items() if band_of(score) == lowest)


def to_strengthen(scores: Scores) -> list[str]:
    """Return the factors with the lowest scores, the lowest first; never one in the highest band."""
    highest = instrument().bands[-1]
    below = [key for key, score in scores.items() if band_of(score) != highest]
    return sorted(below, key=lambda key: scores[key])[:MOST_SHOWN]


def shown(score: float) -> Decimal:
    """Return a score as people read it: one decimal, halves up."""
    return Decimal(str(score)).quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Line:
    """One factor of an outcome."""

    factor: Factor
    value: Decimal
    band: Band

    @property
    def percent(self) -> int:
        """The length of its bar, which starts at zero."""
        return round(self.value * 100 / instrument().highest)

    @property
    def feedback(self) -> str:
        """What is said of a score in this band."""
        return str(self.factor.feedback[self.band.key])


@dataclass(frozen=True)
class Change:
    """One factor in two outcomes."""

    factor: Factor
    before: Line
    after: Line

    @property
    def difference(self) -> Decimal:
        """The later score minus the earlier one, as they are shown."""
        return self.after.value - self.before.value

    @property
    def signed(self) -> str:
        """The difference in words of figures: +0,5, −0,3 or 0,0."""
        sign = {1: "+", -1: "−"}.get(int(self.difference.compare(0)), "")
        return sign + number_format(abs(self.difference), 1)


def lines(scores: Scores) -> list[Line]:
    """Return an outcome factor by factor, in the order of the test."""
    return [
        Line(factor, shown(scores[factor.key]), band_of(scores[factor.key]))
        for factor in instrument().factors
        if factor.key in scores
    ]


def changes(before: Scores, after: Scores) -> list[Change]:
    """Return the factors that stand in both outcomes."""
    earlier = {line.factor.key: line for line in lines(before)}
    return [
        Change(line.factor, earlier[line.factor.key], line)
        for line in lines(after)
        if line.factor.key in earlier
    ]


def summary(rows: list[Change]) -> dict[str, int]:
    """Return how many factors went up, went down and stayed."""
    ways = [int(row.difference.compare(0)) for row in rows]
    return {"higher": ways.count(1), "lower": ways.count(-1), "same": ways.count(0)}
