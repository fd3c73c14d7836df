"""Shares and means over few answers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.disclosure import (
    HIDDEN,
    Rule,
    Shown,
    base_band,
    fact_share,
    mean,
    protect_means,
    share,
)

bases = st.integers(1, 400)


def low(figure):
    return figure.low if isinstance(figure, Shown) else None


@pytest.mark.parametrize(
    ("numerator", "base", "low", "high"),
    [
        (10, 20, 50, 50),
        (9, 20, 45, 45),
        (17, 40, 45, 45),  # 42.5 goes up
        (0, 20, 0, 15),  # 3 of 20 is 15 %
        (2, 20, 0, 15),
        (3, 20, 15, 15),
        (19, 20, 85, 100),
        (20, 20, 85, 100),
        (2, 13, 0, 25),  # 3 of 13 is 23 %
        (5, 400, 0, 5),
    ],
)
def test_share_of_an_opinion(numerator, base, low, high):
    assert share(numerator, base) == Shown("share", low, high)


def test_share_needs_its_answers_and_its_sides():
    assert share(5, 9) is HIDDEN
    assert share(14, 14, Rule(answers=15)) is HIDDEN
    assert share(5, 10, Rule(side=6)) is HIDDEN
    with pytest.raises(ValueError, match="whole"):
        share(3, 2)


@given(bases, st.data())
def test_share_never_tells_that_all_or_nearly_all_agree(base, data):
    """All, all but one and all but two look the same; where a value is shown, three are on each side."""
    numerator = data.draw(st.integers(0, base))
    seen = share(numerator, base)
    if not isinstance(seen, Shown):
        assert base < 10
        return
    alike = {count for count in range(base + 1) if share(count, base) == seen}
    if seen.is_exact:
        assert all(3 <= count <= base - 3 for count in alike)
        assert abs(seen.low - 100 * numerator / base) <= 2.5
    else:
        assert alike >= {0, 1, 2} or alike >= {base, base - 1, base - 2}
        assert seen.low <= 100 * numerator / base <= seen.high


@pytest.mark.parametrize(
    ("numerator", "base", "expected"),
    [
        (12, 24, Shown("share", 50, 50)),
        (5, 15, Shown("share", 33, 33)),
        (4, 24, HIDDEN),
        (20, 24, HIDDEN),
        (0, 24, Shown("share", 0, 15)),
        (24, 24, Shown("share", 85, 100)),
        (0, 9, HIDDEN),
    ],
)
def test_share_of_a_fact_follows_its_counts(numerator, base, expected):
    assert fact_share(numerator, base) == expected


@pytest.mark.parametrize(
    ("total", "base", "expected"),
    [
        (42, 12, ("3.5", "3.5")),
        (50, 15, ("3.3", "3.3")),
        (45, 10, ("4.5", "4.5")),
        (46, 10, ("4.5", "5")),
        (50, 10, ("4.5", "5")),
        (14, 10, ("1", "1.5")),
        (41, 9, None),
    ],
)
def test_mean(total, base, expected):
    figure = Shown("mean", *map(Decimal, expected)) if expected else HIDDEN
    assert mean(total, base) == figure


def test_mean_refuses_an_impossible_sum():
    with pytest.raises(ValueError, match="add up"):
        mean(51, 10)


def test_means_of_faculties_follow_the_pattern_of_their_bases():
    seen = protect_means({"SCI": (80, 20), "ART": (48, 12), "LAW": (9, 3), "MED": (0, 0)})
    assert {key: low(figure) for key, figure in seen.cells.items()} == {
        "SCI": Decimal("4.0"),
        "ART": None,
        "LAW": None,
        "MED": None,
    }
    assert seen.total == Shown("total", Decimal("3.9"), Decimal("3.9"))


def test_small_university_shows_no_mean():
    seen = protect_means({"SCI": (30, 8)})
    assert (seen.cells["SCI"], seen.total) == (HIDDEN, HIDDEN)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=5))
def test_hidden_means_hide_behind_ten_answers(bases):
    """What the shown means and the mean over all leave unknown is never the opinion of fewer than ten."""
    table = {str(place): (3 * base, base) for place, base in enumerate(bases)}
    seen = protect_means(table)
    hidden = [base for place, base in enumerate(bases) if base and not seen.cells[str(place)]]
    if seen.total and hidden:
        assert len(hidden) > 1
        assert sum(hidden) >= 10


def test_base_is_a_band():
    assert base_band(9) is HIDDEN
    assert base_band(14) == Shown("base", 10, 14)
    assert base_band(15) == Shown("base", 15, 24)
    assert base_band(30, Rule(answers=27)) == Shown("base", 27, 49)
    assert low(base_band(260)) == 100
