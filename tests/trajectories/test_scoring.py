"""Scores of the self-test: pure, over every way to answer."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajectories.enums.self_test import instrument
from trajectories.queries import scoring

TEST = instrument()
KEYS = [statement.key for statement in TEST.statements]
answers = st.dictionaries(st.sampled_from(KEYS), st.integers(TEST.lowest, TEST.highest))
whole = st.fixed_dictionaries({key: st.integers(TEST.lowest, TEST.highest) for key in KEYS})
scores = st.dictionaries(
    st.sampled_from([factor.key for factor in TEST.factors]),
    st.floats(TEST.lowest, TEST.highest).map(lambda number: round(number, 2)),
)


def mirrored(given):
    return {key: TEST.lowest + TEST.highest - value for key, value in given.items()}


def test_content_is_the_catalogues_eight_factors_with_four_statements_each():
    assert [factor.key for factor in TEST.factors][:3] == [
        "personal_flexibility",
        "corporate_sense",
        "reflection",
    ]
    assert len(TEST.factors) == 8
    assert {len(factor.statements) for factor in TEST.factors} == {4}
    assert {sum(row.is_reversed for row in factor.statements) for factor in TEST.factors} == {1}
    assert len(set(KEYS)) == 32
    assert {frozenset(factor.feedback) for factor in TEST.factors} == {frozenset({"low", "middle", "high"})}
    words = [text for row in TEST.statements for text in (row.text.nl, row.text.en)]
    assert all(words)
    assert "TNO" in TEST.texts["disclaimer"].nl


@given(answers)
def test_scores_stay_on_the_scale_and_ask_for_enough_answers(given):
    found = scoring.scores_of(given)
    assert all(TEST.lowest <= score <= TEST.highest for score in found.values())
    for factor in TEST.factors:
        answered = sum(row.key in given for row in factor.statements)
        assert (factor.key in found) is (answered >= TEST.fewest_answers)
    assert {factor.key for factor in scoring.unfinished(given)} == {f.key for f in TEST.factors} - set(found)


@given(whole)
def test_the_opposite_answers_give_the_opposite_scores(given):
    here, there = scoring.scores_of(given), scoring.scores_of(mirrored(given))
    assert all(abs(here[key] + there[key] - TEST.lowest - TEST.highest) < 0.02 for key in here)


@given(whole, st.sampled_from(TEST.statements))
def test_agreeing_more_raises_a_score_and_lowers_it_when_reversed(given, row):
    less, more = (scoring.scores_of({**given, row.key: value}) for value in (TEST.lowest, TEST.highest))
    changed = {key for key in less if less[key] != more[key]}
    (factor,) = [factor.key for factor in TEST.factors if row in factor.statements]
    assert changed == {factor}
    assert (more[factor] > less[factor]) is not row.is_reversed


@pytest.mark.parametrize(
    ("score", "band"),
    [(1.0, "low"), (2.5, "low"), (2.6, "middle"), (3.67, "middle"), (3.7, "high"), (5.0, "high")],
)
def test_bands_begin_where_the_content_says(score, band):
    assert scoring.band_of(score).key == band


@given(scores)
def test_weak_and_to_strengthen_follow_the_bands(given):
    weak, chosen = scoring.weak(given), scoring.to_strengthen(given)
    assert weak == {key for key, score in given.items() if score < 2.6}
    assert len(chosen) <= scoring.MOST_SHOWN
    assert all(given[key] < 3.7 for key in chosen)
    left_out = [score for key, score in given.items() if key not in chosen and score < 3.7]
    assert not left_out or max(given[key] for key in chosen) <= min(left_out)


@given(whole, whole)
def test_what_is_shown_adds_up(first, second):
    """T7-02: the chart shows start and end per factor, and the difference is that of the shown figures."""
    found = scoring.changes(scoring.scores_of(first), scoring.scores_of(second))
    assert len(found) == 8
    for row in found:
        assert row.before.value + row.difference == row.after.value
        assert row.after.value == row.after.value.quantize(Decimal("0.1"))
        assert 20 <= row.after.percent <= 100


def test_a_half_is_rounded_up_as_on_paper():
    assert [str(scoring.shown(score)) for score in (2.25, 2.75, 3.67)] == ["2.3", "2.8", "3.7"]
