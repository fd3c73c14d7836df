"""Shares of opinions against a reader who knows every base and does the sums."""

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.reports.protection import ProtectedShares, bounds, is_pinned, protect_shares
from portal.disclosure import HIDDEN, Rule, Shown, share

RULE = Rule()
answers = st.integers(0, 40).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))
tables = st.dictionaries(st.sampled_from("abcdef"), answers, min_size=1)
lopsided = st.dictionaries(
    st.sampled_from("abcd"),
    st.integers(10, 30).flatmap(lambda base: st.tuples(st.integers(max(0, base - 4), base), st.just(base))),
    min_size=2,
)


def possible(figure: Shown, base: int) -> tuple[int, int]:
    """Return the least and most favourable answers that print this figure, by trying them all."""
    fits = [n for n in range(base + 1) if covers(figure, n, base)]
    return min(fits), max(fits)


def covers(figure: Shown, number: int, base: int) -> bool:
    if not figure.is_exact:
        return int(figure.low) * base <= 100 * number <= int(figure.high) * base
    printed = share(number, base)
    return isinstance(printed, Shown) and (printed.low, printed.high) == (figure.low, figure.high)


def attack(seen: ProtectedShares, bases: dict[str, int]) -> list[str]:
    """Return the groups whose opinion the reader knows to be all but one-sided."""
    shown = {
        key: possible(figure, bases[key]) for key, figure in seen.cells.items() if isinstance(figure, Shown)
    }
    sizes = {key: bases[key] for key in shown}
    if not isinstance(seen.total, Shown):  # each faculty by itself: nothing to subtract from
        return [
            key for key, (least, most) in shown.items() if most < RULE.side or least > sizes[key] - RULE.side
        ]
    rest = sum(bases.values()) - sum(sizes.values())
    if rest:
        shown["rest"], sizes["rest"] = (0, rest), rest
    low, high = possible(seen.total, sum(bases.values()))
    found = []
    for key, (least, most) in shown.items():
        others_low = sum(pair[0] for other, pair in shown.items() if other != key)
        others_high = sum(pair[1] for other, pair in shown.items() if other != key)
        if min(most, high - others_low) < RULE.side or max(least, low - others_high) > sizes[key] - RULE.side:
            found.append(key)
    return found


@settings(max_examples=150, deadline=None)
@given(st.one_of(tables, lopsided))
def test_nobodys_side_can_be_worked_out(table: dict[str, tuple[int, int]]) -> None:
    bases = {key: base for key, (_part, base) in table.items()}
    assert attack(protect_shares(table), bases) == []


@settings(max_examples=80, deadline=None)
@given(tables)
def test_small_groups_and_what_would_give_them_away_are_hidden(table: dict[str, tuple[int, int]]) -> None:
    seen = protect_shares(table)
    for key, (_part, base) in table.items():
        assert base >= RULE.answers or seen.cells[key] is HIDDEN
    hidden = sum(base for key, (_part, base) in table.items() if seen.cells[key] is HIDDEN)
    assert hidden == 0 or hidden >= RULE.answers or seen.total is HIDDEN


def test_without_the_protection_the_reader_wins() -> None:
    # One small faculty, all against: the total minus the other two tells.
    table = {"a": (10, 20), "b": (10, 20), "c": (0, 6)}
    bases = {key: base for key, (_part, base) in table.items()}
    cells = {"a": share(10, 20, key="a"), "b": share(10, 20, key="b"), "c": HIDDEN}
    assert "rest" in attack(ProtectedShares(cells, share(20, 46, key="total")), bases)
    assert attack(protect_shares(table), bases) == []


def test_a_total_that_pins_a_faculty_hides_the_smallest_share() -> None:
    table = {"a": (10, 10), "b": (100, 100)}
    bases = {"a": 10, "b": 100}
    seen = protect_shares(table)
    assert attack(seen, bases) == []
    open_cells = {key: share(part, base, key=key) for key, (part, base) in table.items()}
    assert all(isinstance(figure, Shown) for figure in open_cells.values())


def test_bounds_are_those_of_trying_every_count() -> None:
    for base in range(10, 60):
        for number in range(base + 1):
            figure = share(number, base)
            if isinstance(figure, Shown) and figure.is_exact:
                least, most = bounds(figure, base, RULE)
                tried = possible(figure, base)
                assert (least, most) == tried


def test_plain_tables_are_shown_as_they_are() -> None:
    seen = protect_shares({"a": (15, 20), "b": (24, 30)})
    assert dict(seen.cells) == {"a": Shown("a", 75, 75), "b": Shown("b", 80, 80)}
    assert seen.total == Shown("total", 80, 80)
    assert not is_pinned(seen.cells, {"a": 20, "b": 30}, seen.total, RULE)


def test_no_answers_at_all_show_nothing() -> None:
    seen = protect_shares({"a": (0, 0), "b": (0, 0)})
    assert set(seen.cells.values()) == {HIDDEN}
    assert seen.total is HIDDEN
