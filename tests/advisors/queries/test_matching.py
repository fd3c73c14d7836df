"""The ranking over data: each blocker alone, the warning, the reasons and the order."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from advisors.enums import Level
from advisors.queries import matching
from advisors.queries.matching import Profile, Reason, Wish

DAY = date(2026, 10, 1)
WISH = Wish(question_types=frozenset({"contract_ends"}), language="en", language_label="English", on=DAY)
FITS = Profile(
    key=1,
    name="Samson Ruben",
    levels={"nl": Level.NATIVE, "en": Level.C1},
    question_labels={"contract_ends": "My contract is ending"},
    maximum_caseload=4,
    load=1,
    certified_until=DAY,
)


def codes(reasons):
    return [reason.code for reason in reasons]


def test_nothing_stands_in_the_way_of_who_fits():
    assert codes(matching.blockers(FITS, WISH)) == []
    assert codes(matching.warnings(FITS, WISH)) == []
    assert codes(matching.reasons(FITS, WISH)) == ["knows_question", "speaks", "has_room"]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("oneself", {"is_participant": True}),
        ("inactive", {"is_active": False}),
        ("same_department", {"shares_department": True}),
        ("reporting_line", {"shares_line": True}),
        ("language", {"levels": {"nl": Level.NATIVE}}),
        ("language", {"levels": {"en": Level.B1}}),
        ("question_type", {"question_labels": {"other_role_inside": "Grow"}}),
        ("capacity", {"load": 4}),
        ("capacity", {"load": 7}),
        ("certificate", {"certified_until": date(2026, 9, 30)}),
        ("certificate", {"certified_until": None}),
        ("absent", {"absences": ((DAY, DAY),)}),
        ("contract", {"contract_ends_on": date(2026, 9, 30)}),
    ],
)
def test_each_blocker_alone(code, change):
    assert codes(matching.blockers(replace(FITS, **change), WISH)) == [code]


@pytest.mark.parametrize(
    "change",
    [
        {"levels": {"en": Level.B2}},
        {"load": 3},
        {"absences": ((date(2026, 9, 1), date(2026, 9, 30)), (date(2026, 10, 2), date(2026, 10, 9)))},
        {"contract_ends_on": DAY},
        {"shares_faculty": True},
    ],
)
def test_what_does_not_block(change):
    assert codes(matching.blockers(replace(FITS, **change), WISH)) == []


def test_same_faculty_warns():
    assert codes(matching.warnings(replace(FITS, shares_faculty=True), WISH)) == ["same_faculty"]


def test_an_empty_wish_asks_no_language_and_no_question():
    stranger = replace(FITS, levels={}, question_labels={})
    assert codes(matching.blockers(stranger, Wish(on=DAY))) == []
    assert codes(matching.reasons(stranger, Wish(on=DAY))) == ["has_room"]


def test_sentences_read_in_the_language_of_the_moment():
    reason = Reason("has_room", {"free": 3})
    with translation.override("en"):
        assert reason.text == "Has room for 3 more people."
    with translation.override("nl"):
        assert reason.text == "Heeft ruimte voor nog 3 mensen."


def test_every_code_has_a_sentence():
    used = {code for code, _test in (*matching.BLOCKERS, *matching.WARNINGS)}
    assert used <= matching.SENTENCES.keys()


def test_best_fit_first_whatever_the_order_of_input():
    blocked = replace(FITS, key=2, name="Aaa Blocked", load=4)
    warned = replace(FITS, key=3, name="Aab Warned", shares_faculty=True)
    lighter = replace(FITS, key=4, name="Zzz Lighter", load=0)
    namesake = replace(FITS, key=5)
    both = Wish(frozenset({"contract_ends", "explore_alternatives"}), "en", "English", DAY)
    wider = replace(FITS, key=6, load=3, question_labels=dict.fromkeys(both.question_types, "x"))
    people = [namesake, blocked, warned, wider, FITS, lighter]
    expected = [6, 4, 1, 5, 3, 2]
    assert [who.key for who in matching.order(people, both)] == expected
    assert [who.key for who in matching.order(reversed(people), both)] == expected
