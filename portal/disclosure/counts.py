"""One row of counts with its total: hide the small ones, and enough others to keep them hidden.

Zeros are shown, so a reader knows that a hidden count is at least 1. From a shown total and the
shown counts the reader also knows what the hidden ones add up to. A set of hidden counts is safe when
each of them may still, for all the reader knows, be 1 and be the threshold itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.disclosure.rule import Rule
from portal.disclosure.shown import HIDDEN, Figure, value

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class ProtectedCounts:
    """A table as it may be shown: a figure per key, and the total."""

    cells: Mapping[str, Figure]
    total: Figure


def protect_counts(
    table: Mapping[str, int], rule: Rule | None = None, *, threshold: int | None = None
) -> ProtectedCounts:
    """Return the counts of people, and their total, as they may be shown.

    `threshold` above `rule.people` serves opinions, whose bases start at `rule.answers`.
    Raises ValueError for a negative count or a threshold below that of people.
    """
    people = (rule or Rule()).people
    least = people if threshold is None else threshold
    if least < people:
        raise ValueError("The threshold can be raised, never lowered.")
    if any(count < 0 for count in table.values()):
        raise ValueError("A count can't be negative.")
    hidden, is_total_hidden = _pattern(table, least)
    cells = {key: HIDDEN if key in hidden else value(key, count) for key, count in table.items()}
    total = HIDDEN if is_total_hidden else value(TOTAL, sum(table.values()))
    return ProtectedCounts(cells, total)


def _pattern(table: Mapping[str, int], least: int) -> tuple[frozenset[str], bool]:
    """Return the keys to hide, and whether the total must be hidden as well.

    With the small counts goes the smallest of the others, always, and every count equal to it: then
    hidden counts can change places without a reader who knows this program seeing it, so that each
    of them may be the large one. (Hiding it only where the sum gives too much away, or choosing
    among equals by name, lets such a reader work some tables out.)
    """
    primary = {key: count for key, count in table.items() if 0 < count < least}
    if not primary:
        return frozenset(), False
    others = [count for count in table.values() if count >= least]
    if not others:
        return frozenset(primary), not _is_safe(list(primary.values()), least)
    return frozenset(primary) | {key for key, count in table.items() if count == min(others)}, False


def _is_safe(hidden: list[int], least: int) -> bool:
    """Tell whether any of these may, by their sum alone, be 1 and be as large as the threshold."""
    number = len(hidden)
    return number >= 2 and sum(hidden) - (number - 1) >= least
