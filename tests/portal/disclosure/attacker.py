"""A reader who works things out: sees only what is shown, and may know the program."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product

from portal.disclosure import ProtectedCounts, Rule, Shown, protect_counts


def bounds(seen: ProtectedCounts) -> Mapping[str, tuple[int, int | None]]:
    """Return the least and largest count of each hidden cell by brute force; None: no upper end."""
    hidden = [key for key, figure in seen.cells.items() if not figure]
    if not isinstance(seen.total, Shown):
        return dict.fromkeys(hidden, (1, None))
    shown = sum(int(figure.low) for figure in seen.cells.values() if isinstance(figure, Shown))
    rest = int(seen.total.low) - shown
    found = list(parts(rest, len(hidden)))
    return {
        key: (min(table[place] for table in found), max(table[place] for table in found))
        for place, key in enumerate(hidden)
    }


def parts(total: int, number: int) -> Iterator[tuple[int, ...]]:
    """Yield every way in which that many counts of at least 1 add up to the total."""
    if number == 0:
        if total == 0:
            yield ()
        return
    for first in range(1, total - number + 2):
        for others in parts(total - first, number - 1):
            yield (first, *others)


def by_what_is_shown(number: int, highest: int, rule: Rule) -> Mapping[str, list[dict[str, int]]]:
    """Run the program on every table up to that size, and group the tables that look the same."""
    groups = defaultdict(list)
    for counts in product(range(highest + 1), repeat=number):
        table = dict(zip("abcdefgh", counts, strict=False))
        groups[repr(protect_counts(table, rule))].append(table)
    return groups
