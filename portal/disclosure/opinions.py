"""Opinions: shares and means over enough answers, and never "everybody but one said so"."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from portal.disclosure.counts import TOTAL, protect_counts
from portal.disclosure.rule import Rule
from portal.disclosure.shown import HIDDEN, Figure, Shown, value

STEP = 5
TENTH = Decimal("0.1")
LOWEST, HIGHEST = Decimal("1.5"), Decimal("4.5")
SCALE = (Decimal(1), Decimal(5))


def share(numerator: int, base: int, rule: Rule | None = None, *, key: str = "share") -> Figure:
    """Return the percentage that answered so: in steps of 5 points, or a band at either end.

    Only for a base that is itself not hidden. Raises ValueError when the part exceeds the whole.
    """
    kept = rule or Rule()
    rest = base - numerator
    if numerator < 0 or rest < 0:
        raise ValueError("A part lies between nothing and the whole.")
    if base < kept.answers or (numerator < kept.side and rest < kept.side):
        return HIDDEN
    rounded = (200 * numerator + STEP * base) // (2 * STEP * base) * STEP
    if min(numerator, rest) < kept.side or rounded in (0, 100):
        return edge_band(key, numerator, base, kept)
    return value(key, rounded)


def edge_band(key: str, numerator: int, base: int, rule: Rule) -> Shown:
    """Return "under x %" or "over 100 - x %": x is the least number on a side, up to the next 5 points."""
    width = -(-100 * rule.side // (STEP * base)) * STEP
    return Shown(key, 0, width) if 2 * numerator < base else Shown(key, 100 - width, 100)


def mean(total: int, base: int, rule: Rule | None = None, *, key: str = "mean") -> Figure:
    """Return the mean of answers on a scale of 1 to 5, to one decimal, or a band at either end.

    `total` is the sum of the answers. Only for a base that is itself not hidden.
    Raises ValueError when no such answers can add up to that sum.
    """
    if not base <= total <= 5 * base:
        raise ValueError("Answers from 1 to 5 can't add up to that.")
    if base < (rule or Rule()).answers:
        return HIDDEN
    exact = Decimal(total) / Decimal(base)
    if exact > HIGHEST:
        return Shown(key, HIGHEST, SCALE[1])
    if exact < LOWEST:
        return Shown(key, SCALE[0], LOWEST)
    return value(key, exact.quantize(TENTH, ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class ProtectedMeans:
    """Means per key and over all, hidden wherever their base is hidden."""

    cells: Mapping[str, Figure]
    total: Figure


def protect_means(table: Mapping[str, tuple[int, int]], rule: Rule | None = None) -> ProtectedMeans:
    """Return means per key and over all; the table holds the sum and the number of answers of each.

    The bases take the pattern of a table of counts with the threshold of opinions, so that no mean
    of a small group can be worked out from the others and the mean over all.
    """
    kept = rule or Rule()
    bases = protect_counts(
        {key: base for key, (_sum, base) in table.items()}, kept, threshold=max(kept.answers, kept.people)
    )
    cells = {
        key: mean(total, base, kept, key=key) if bases.cells[key] and base else HIDDEN
        for key, (total, base) in table.items()
    }
    whole = sum(total for total, _base in table.values()), sum(base for _sum, base in table.values())
    overall = mean(*whole, kept, key=TOTAL) if bases.total and whole[1] else HIDDEN
    return ProtectedMeans(cells, overall)
