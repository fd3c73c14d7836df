"""One table of counts with its total, attacked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.disclosure import HIDDEN, Figure, Rule, Shown, protect_counts
from tests.portal.disclosure import attacker

counts = st.integers(0, 12)
tables = st.dictionaries(st.sampled_from("abcd"), counts, min_size=1)
thresholds = st.integers(5, 9)


def as_numbers(seen):
    cells = {key: figure.low if figure else None for key, figure in seen.cells.items()}
    return cells, seen.total.low if seen.total else None


@pytest.mark.parametrize(
    ("table", "cells", "total"),
    [
        ({"SCI": 12, "ART": 7}, {"SCI": 12, "ART": 7}, 19),
        ({"SCI": 12, "ART": 0}, {"SCI": 12, "ART": 0}, 12),
        # One small count would follow from the total: the smallest other one is hidden with it.
        ({"SCI": 12, "ART": 7, "LAW": 2}, {"SCI": 12, "ART": None, "LAW": None}, 21),
        # Two small counts take one with them as well: see the reader who knows the program.
        ({"SCI": 12, "ART": 3, "LAW": 4, "MED": 30}, {"SCI": None, "ART": None, "LAW": None, "MED": 30}, 49),
        # Only small counts: the total may be read when it leaves each of them open.
        ({"SCI": 4, "ART": 4}, {"SCI": None, "ART": None}, 8),
        # Two ones would follow from a total of two.
        ({"SCI": 12, "ART": 1, "LAW": 1}, {"SCI": None, "ART": None, "LAW": None}, 14),
        # Nothing else to hide: the total goes too; zeros stay.
        ({"SCI": 3, "ART": 0}, {"SCI": None, "ART": 0}, None),
        ({}, {}, 0),
    ],
)
def test_what_is_shown(table, cells, total):
    assert as_numbers(protect_counts(table)) == (cells, total)


def test_equal_counts_are_hidden_together_whatever_their_order():
    table = {"LAW": 2, "SCI": 8, "ART": 8, "MED": 9}
    seen = [protect_counts(dict(items)) for items in (table.items(), reversed(table.items()))]
    assert seen[0] == seen[1]
    assert as_numbers(seen[0])[0] == {"LAW": None, "SCI": None, "ART": None, "MED": 9}


@given(tables, thresholds)
def test_attacker_can_not_tell_that_a_hidden_count_is_small(table, least):
    before = dict(table)
    seen = protect_counts(table, Rule(people=least))
    assert table == before
    for key, (low, high) in attacker.bounds(seen).items():
        assert low == 1, (table, key)
        assert high is None or high >= least, (table, key)


@given(tables, thresholds)
def test_no_small_count_is_shown_and_zeros_are(table, least):
    seen = protect_counts(table, Rule(people=least))
    for key, count in table.items():
        assert not (0 < count < least and seen.cells[key])
        assert count or seen.cells[key] == Shown(key, 0, 0)
    for figure in seen.cells.values():
        assert figure is HIDDEN or figure.is_exact


@given(tables, thresholds)
def test_names_do_not_matter_for_how_much_is_hidden(table, least):
    renamed = {f"x{key}": count for key, count in table.items()}
    hidden = [
        sum(not figure for figure in protect_counts(given, Rule(people=least)).cells.values())
        for given in (table, renamed)
    ]
    assert hidden[0] == hidden[1]


@pytest.mark.parametrize(("number", "highest"), [(1, 12), (2, 14), (3, 11), (4, 7)])
def test_attacker_who_knows_the_program_learns_no_small_count(number, highest):
    """No small count is known exactly, and next to a shown total it need not even be small."""
    for alike in attacker.by_what_is_shown(number, highest, Rule()).values():
        is_total_shown = protect_counts(alike[0]).total
        for key in alike[0]:
            values = {table[key] for table in alike}
            if values & {1, 2, 3, 4}:
                assert len(values) > 1, alike
                assert not is_total_shown or max(values) >= 5, alike


def test_without_protection_the_attacker_wins():
    """Otherwise the tests above would be blind."""
    naive: dict[str, Figure] = {"SCI": Shown("SCI", 12, 12), "ART": HIDDEN}
    seen = type(protect_counts({}))(naive, Shown("total", 14, 14))
    assert attacker.bounds(seen) == {"ART": (2, 2)}


def test_thresholds_are_only_raised():
    for field in ("people", "answers", "side", "dominance_percent"):
        with pytest.raises(ValueError, match="raised"):
            Rule(**{field: 1})
    with pytest.raises(ValueError, match="raised"):
        protect_counts({}, threshold=4)
    with pytest.raises(ValueError, match="negative"):
        protect_counts({"SCI": -1})
    assert as_numbers(protect_counts({"SCI": 9}, threshold=10)) == ({"SCI": None}, None)
