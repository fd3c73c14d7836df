"""The tailoring rules: every rule is reachable, every key exists, the same profile gives the same answer."""

import random

import pytest

from trajectories.enums import ToolKind
from trajectories.enums.instruments import instruments
from trajectories.enums.self_test import instrument
from trajectories.enums.words import content, items
from trajectories.workflow import tailoring
from trajectories.workflow.components import components
from trajectories.workflow.tailoring import DIMENSIONS, Profile, suggest, tailoring_rules

RULES = {rule.key: rule for rule in tailoring_rules()}


def profile_of(rule, pick=min):
    """The smallest profile for which a rule holds."""
    return Profile(**{name: frozenset([pick(values)]) for name, values in rule.when.items()})


def named(found, kind):
    return [one.key for one in found if one.kind == kind]


def values(dimension):
    if dimension == "question_types":
        return {row["key"] for row in content("../../advisors/content/question_types")["question_types"]}
    if dimension == "weak_career_factors":
        return {factor.key for factor in instrument().factors}
    if dimension == "motives":
        return set(items("intake", "participation_motives"))
    return set(items("trajectory", "tailoring_dimensions", dimension))


def test_there_are_thirty_rules_with_a_reason_in_both_languages():
    """H2.2-06: the table stands behind the suggestions."""
    assert list(RULES) == [f"r{number:02}" for number in range(1, 31)]
    assert all(rule.reason.nl and rule.reason.en and rule.when for rule in RULES.values())


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_each_rule_is_reachable_and_names_what_exists(rule):
    """H2.2-06: given its conditions, a rule's own components and instruments come out."""
    assert set(rule.when) <= set(DIMENSIONS)
    for name, wanted in rule.when.items():
        assert wanted <= values(name)
    assert set(rule.components) <= {part.key for part in components()}
    assert set(rule.instruments) <= set(instruments())
    for pick in (min, max):
        found = suggest(profile_of(rule, pick))
        reasons = {(one.kind, one.key): one.rules for one in found}
        assert all(rule in reasons[tool] for tool in rule.tools())


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_needs_each_of_its_conditions(rule):
    profile = profile_of(rule)
    for name in rule.when:
        without = Profile(**{other: getattr(profile, other) for other in DIMENSIONS if other != name})
        assert not rule.holds(without)


def test_every_instrument_is_suggested_by_some_rule_or_by_hand_only():
    suggested = {key for rule in RULES.values() for key in rule.instruments}
    assert set(instruments()) - suggested == {"dilemma_dialogue"}


@pytest.mark.parametrize(
    ("dimension", "one", "other"),
    [
        ("question_types", "coaching_current_job", "other_role_inside"),
        ("fields", "support_staff", "management"),
        ("career_phases", "mid_career", "late_career"),
        ("participant_phases", "self_analysis", "market_approach_external"),
        ("weak_career_factors", "networking", "balance"),
    ],
)
def test_each_dimension_changes_the_suggestions(dimension, one, other):
    """H2.2-07, H2.2-08, H2.2-09: type of question, field, career phase and present phase count."""
    assert suggest(Profile(**{dimension: frozenset([one])})) != suggest(
        Profile(**{dimension: frozenset([other])})
    )


def test_what_several_rules_name_comes_first_with_every_reason():
    profile = Profile(
        question_types=frozenset(["explore_alternatives"]),
        fields=frozenset(["support_staff"]),
        weak_career_factors=frozenset(["networking"]),
    )
    found = suggest(profile)
    assert named(found, ToolKind.COMPONENT) == [
        "labour_market_orientation",
        "self_analysis",
        "group_activity",
    ]
    assert named(found, ToolKind.INSTRUMENT) == [
        *("job_map", "shadowing_day", "networking_assignment"),
        *("labour_market_scan", "gig_assignment", "networking_training"),
    ]
    job_map = next(one for one in found if one.key == "job_map")
    assert [rule.key for rule in job_map.rules] == ["r07", "r24"]
    assert job_map.reasons == (RULES["r07"].reason, RULES["r24"].reason)


def test_the_same_profile_gives_the_same_order():
    dice = random.Random(5)
    for _round in range(60):
        chosen = {name: dice.sample(sorted(values(name)), 2) for name in DIMENSIONS}
        there = Profile(**{name: frozenset(two) for name, two in chosen.items()})
        back = Profile(**{name: frozenset(reversed(two)) for name, two in chosen.items()})
        assert suggest(there) == suggest(back)
        kinds = [one.kind for one in suggest(there)]
        assert kinds == sorted(kinds, key=lambda kind: kind != ToolKind.COMPONENT)


def test_nothing_known_gives_nothing():
    assert suggest(Profile()) == ()


def test_texts_of_instruments_are_complete_in_both_languages():
    for tool in instruments().values():
        for words in (tool.label, tool.help, tool.task, tool.supplier, tool.data, tool.kind):
            assert words.nl, tool.key
            assert words.en, tool.key


def test_only_the_normed_test_asks_for_a_qualification():
    """E4: the data say which instruments need a qualified advisor."""
    assert [tool.key for tool in instruments().values() if tool.needs_qualification] == ["career_test"]


def test_the_table_of_another_version_is_its_own(monkeypatch):
    """A case keeps the rules with which it started."""
    later = {
        **content("trajectory"),
        "tailoring_rules": {
            "rules": [{"key": "n1", "when": {}, "components": [], "instruments": ["job_map"], "reason": None}]
        },
    }
    monkeypatch.setattr(
        tailoring, "table_of", lambda version: later if version == 2 else content("trajectory")
    )
    tailoring.tailoring_rules.cache_clear()
    try:
        assert named(suggest(Profile(), 2), ToolKind.INSTRUMENT) == ["job_map"]
        assert suggest(Profile(), 1) == ()
    finally:
        tailoring.tailoring_rules.cache_clear()
