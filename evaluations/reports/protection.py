"""Shares of opinions per faculty and over all, so that no group's opinion can be worked out.

The bases follow the pattern of a table of counts; then the reader's arithmetic is repeated on the
shares themselves (disclosure, section 7): what is shown must not pin anybody's side below the limit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from portal.disclosure import HIDDEN, Figure, Rule, Shown, protect_counts, share

TOTAL = "total"
HALF_STEP = Fraction(5, 2)


@dataclass(frozen=True, slots=True)
class ProtectedShares:
    """A share per key, and over all."""

    cells: Mapping[str, Figure]
    total: Figure


def protect_shares(table: Mapping[str, tuple[int, int]], rule: Rule | None = None) -> ProtectedShares:
    """Return the shares; the table holds the favourable answers and all answers of each key."""
    kept = rule or Rule()
    bases = {key: base for key, (_favourable, base) in table.items()}
    pattern = protect_counts(bases, kept, threshold=kept.answers)
    cells = {
        key: share(favourable, base, kept, key=key) if pattern.cells[key] and base else HIDDEN
        for key, (favourable, base) in table.items()
    }
    favourable = sum(part for part, _base in table.values())
    base = sum(bases.values())
    total = share(favourable, base, kept, key=TOTAL) if pattern.total and base else HIDDEN
    if isinstance(total, Shown):
        _hide_until_safe(cells, bases, total, kept)
    return ProtectedShares(cells, total)


def _hide_until_safe(cells: dict[str, Figure], bases: Mapping[str, int], total: Shown, rule: Rule) -> None:
    """Hide the share of the smallest faculty until nothing is pinned; with all hidden nothing is."""
    while is_pinned(cells, bases, total, rule):
        shown = sorted((bases[key], key) for key, figure in cells.items() if figure)
        if not shown:
            return
        cells[shown[0][1]] = HIDDEN


def is_pinned(cells: Mapping[str, Figure], bases: Mapping[str, int], total: Shown, rule: Rule) -> bool:
    """Tell whether a reader who knows all bases can pin a group's favourable count to one side.

    The groups are each faculty shown, and all that is not shown together.
    """
    groups = {
        key: bounds(figure, bases[key], rule) for key, figure in cells.items() if isinstance(figure, Shown)
    }
    sizes = {key: bases[key] for key in groups}
    rest = sum(bases.values()) - sum(sizes.values())
    if rest:
        groups["rest"], sizes["rest"] = (0, rest), rest
    low, high = bounds(total, sum(bases.values()), rule)
    lows, highs = sum(pair[0] for pair in groups.values()), sum(pair[1] for pair in groups.values())
    for key, (least, most) in groups.items():
        known_least = max(least, low - (highs - most))
        known_most = min(most, high - (lows - least))
        if known_most < rule.side or known_least > sizes[key] - rule.side:
            return True
    return False


def bounds(figure: Shown, base: int, rule: Rule) -> tuple[int, int]:
    """Return the least and most favourable answers that a shown share leaves possible.

    Whoever knows the program knows that an exact share has enough answers on both sides.
    """
    low, high = Fraction(figure.low), Fraction(figure.high)
    if not figure.is_exact:
        return int(-(-low * base // 100)), int(high * base // 100)
    # Rounded half up to steps of 5: from 2.5 below, to just under 2.5 above.
    least = -(-(low - HALF_STEP) * base // 100)
    most = -(-(high + HALF_STEP) * base // 100) - 1
    return max(rule.side, int(least)), min(base - rule.side, int(most))
