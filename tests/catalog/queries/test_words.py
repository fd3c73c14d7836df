"""Words: forms in both languages, parts of compounds, near spellings. No database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.queries import words
from catalog.queries.spelling import allowed_distance, distance, sound

PLAIN = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("cursussen", "cursus"),
        ("klussen", "klus"),
        ("courses", "course"),
        ("loopbaanadviezen", "loopbaanadvies"),
        ("geschreven", "schrijven"),
        ("REÏNTEGRATIE", "reïntegratie"),
        ("re-integratie", "reintegratie"),
        ("Talks", "talk"),
    ],
)
def test_forms_meet(asked, written):
    one, other = (words.forms(words.tokens(text)[0]) for text in (asked, written))
    assert one & other


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("gesprekstraining", ("gesprek", "training")),
        ("netwerktraining", ("netwerk", "training")),
        ("loopbaanadviseurs", ("loopbaan", "adviseurs")),
        ("functieplattegrond", ("functie", "plattegrond")),
        ("netwerk", ()),
        ("training", ()),
    ],
)
def test_compounds_fall_apart_where_they_should(compound, parts):
    assert words.parts(compound) == parts


def test_a_training_in_conversations_meets_the_word_for_it():
    assert words.PART + "gesprek" in words.forms("gesprekstraining")


def test_tokens_keep_what_belongs_together():
    assert words.tokens("P&O, R&O-gesprek en phd’er (B1)") == ["p&o", "r&o-gesprek", "en", "phd'er", "b1"]


def test_a_query_of_stopwords_only_keeps_them():
    assert words.content_words("ik wil een mentor") == ["mentor"]
    assert words.content_words("wat wil ik") == ["wat", "wil", "ik"]


@given(PLAIN, PLAIN)
def test_distance_is_a_measure(one, other):
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert distance(one, other) <= max(len(one), len(other))


def test_a_swap_is_one_mistake_and_short_words_allow_none():
    assert distance("netwreken", "netwerken") == 1
    assert [allowed_distance("x" * length) for length in (3, 4, 7, 12)] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("wrong", "right"), [("kontrakt", "contract"), ("leiding", "lijding"), ("netwerkken", "netwerken")]
)
def test_words_that_sound_alike_are_one(wrong, right):
    assert sound(wrong) == sound(right)
