"""Shares of facts (a route, a motive, an outcome): they give counts away, so they follow the counts."""

from portal.disclosure.opinions import edge_band
from portal.disclosure.rule import Rule
from portal.disclosure.shown import HIDDEN, Figure, Shown, value

BANDS = (10, 15, 25, 50, 100)


def fact_share(numerator: int, base: int, rule: Rule | None = None, *, key: str = "share") -> Figure:
    """Return the whole percentage that a fact holds for, when both sides are counts that may be shown.

    Where nobody or everybody is on one side, a band stands in its place, from `rule.answers` people on.
    """
    kept = rule or Rule()
    rest = base - numerator
    if numerator < 0 or rest < 0:
        raise ValueError("A part lies between nothing and the whole.")
    if base < kept.people or 0 < numerator < kept.people or 0 < rest < kept.people:
        return HIDDEN
    if numerator and rest:
        return value(key, (200 * numerator + base) // (2 * base))
    return edge_band(key, numerator, base, kept) if base >= kept.answers else HIDDEN


def base_band(base: int, rule: Rule | None = None, *, key: str = "base") -> Figure:
    """Return how many answers stand behind an opinion, as a band: 10-14, 15-24, and so on."""
    kept = rule or Rule()
    if base < kept.answers:
        return HIDDEN
    starts = [start for start in BANDS if start <= base]
    following = [start for start in BANDS if start > base]
    low = max(starts[-1], kept.answers)
    return Shown(key, low, following[0] - 1) if following else Shown(key, low, OPEN_END)


OPEN_END = 10**9  # "100 and more"
