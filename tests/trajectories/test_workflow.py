"""The machine, over every status, every target and every kind of actor."""

from dataclasses import fields, replace
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trajectories import workflow
from trajectories.enums import ActorKind, Side, Status
from trajectories.enums.words import content
from trajectories.workflow import Facts, Move, applies, missing, moves_for, rules

TABLE = content("trajectory")["transitions"]
EVERYTHING = Facts(
    has_question=True,
    route_and_frame_known=True,
    advisor_assigned=True,
    advisor_may_take_cases=True,
    intake_date_set=True,
    open_aspects=0,
    confidentiality_explained=True,
    client_points_open=0,
    agreement_gaps=0,
    signed_by=frozenset(Side),
    payer_signed=True,
    open_conversations=0,
    open_components=0,
    final_interview_held=True,
    rated_by=frozenset(Side),
    reason="because",
    days_since_closing=0,
    follow_up_over=True,
    participant_agrees=True,
)
# What takes each guard away, one fact at a time.
SPOILED: dict[str, dict[str, Any]] = {
    "request_has_question": {"has_question": False},
    "route_and_frame_known": {"route_and_frame_known": False},
    "advisor_assigned": {"advisor_assigned": False},
    "advisor_may_take_cases": {"advisor_may_take_cases": False},
    "intake_date_set": {"intake_date_set": False},
    "intake_aspects_handled": {"open_aspects": 1},
    "confidentiality_explained": {"confidentiality_explained": False},
    "client_points_agreed": {"client_points_open": 1},
    "agreement_complete": {"agreement_gaps": 1},
    "agreement_signed_by_both": {"signed_by": frozenset({"advisor"})},
    "payer_signed": {"payer_signed": False, "payer_is_someone_else": True},
    "no_open_conversations": {"open_conversations": 1},
    "required_components_done": {"open_components": 1},
    "final_interview_held": {"final_interview_held": False},
    "results_rated_by_both": {"rated_by": frozenset({"participant"})},
    "reason_given": {"reason": "  "},
    "within_reopening_term": {"days_since_closing": 31},
    "follow_up_answered_or_expired": {"follow_up_over": False},
    "participant_agrees": {"participant_agrees": False},
}
RAW = {(row["from"], row["to"]): row for row in TABLE["moves"]}
ALL = list(product(Status, Status, ActorKind, (False, True)))


def between(source: str, target: str) -> Move:
    found = rules().between(source, target)
    assert found is not None
    return found


def expected(source, target, actor, referred):
    """Read the raw table, not the code that is tested."""
    row = RAW.get((source, target))
    if row is None or actor not in row["actor"]:
        return False
    return {"participant_referred": referred, "participant_not_referred": not referred}.get(
        row.get("applies_when", ""), True
    )


def test_every_combination_follows_the_table():
    for source, target, actor, referred in ALL:
        facts = replace(EVERYTHING, referred=referred)
        offered = {offer.move.target for offer in moves_for(source, actor, facts) if not offer.missing}
        assert (target in offered) == expected(source, target, actor, referred), (source, target, actor)


def test_statuses_and_phases_are_those_of_the_content():
    assert [status.value for status in Status] == [
        row["key"] for row in content("trajectory")["statuses"]["items"]
    ]
    assert set(rules().labels) == set(Status)
    assert [phase.key for phase in rules().phases] == [row["key"] for row in TABLE["shown_phases"]]


def test_every_guard_has_a_rule_and_a_sentence_in_both_languages():
    assert set(workflow.GUARDS) == {row["key"] for row in TABLE["guards"]} == set(SPOILED)
    sentences = [guard.sentence for move in rules().moves for guard in move.guards]
    assert all(text.nl and text.en and text.nl != text.en for text in sentences)


@pytest.mark.parametrize("move", rules().moves, ids=lambda move: f"{move.source}-{move.target}")
def test_each_guard_alone_holds_its_move_up(move):
    assert missing(move, EVERYTHING) == ()
    for guard in move.guards:
        spoiled = replace(EVERYTHING, **SPOILED[guard.key])
        assert [held.key for held in missing(move, spoiled)] == [guard.key]


def test_payer_guard_only_counts_when_somebody_else_pays():
    move = between("agreement_proposed", "in_progress")
    assert missing(move, replace(EVERYTHING, payer_signed=False)) == ()


def test_reopening_is_possible_up_to_and_including_day_thirty():
    move = between("closed", "in_progress")
    assert missing(move, replace(EVERYTHING, days_since_closing=30)) == ()
    assert missing(move, replace(EVERYTHING, days_since_closing=None)) != ()


def test_early_ends_have_no_phase_and_no_way_on():
    for status in ("withdrawn", "referred_elsewhere", "stopped_early", "completed"):
        assert not [move for move in rules().moves if move.source == status]
    assert rules().phase_of("withdrawn") is None


ANY_FACTS = st.builds(
    Facts,
    **{
        field.name: {
            "bool": st.booleans(),
            "int": st.integers(0, 3),
            "str": st.sampled_from(["", " ", "because"]),
            "frozenset[str]": st.frozensets(st.sampled_from([side.value for side in Side])),
            "int | None": st.none() | st.integers(0, 60),
        }[
            field.type
            if isinstance(field.type, str)
            else str(field.type).removeprefix("<class '").removesuffix("'>")
        ]
        for field in fields(Facts)
    },
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(list(ActorKind)), ANY_FACTS, st.integers(0, 20)), max_size=30))
def test_random_histories_never_pass_a_guard(steps):
    status = workflow.START
    for actor, facts, choice in steps:
        offers = [offer for offer in moves_for(status, actor, facts) if not offer.missing]
        if not offers:
            continue
        move = offers[choice % len(offers)].move
        assert move.source == status
        assert actor in move.actors
        assert applies(move, facts)
        assert all(guard.holds(facts) for guard in move.guards)
        status = move.target
    assert status in Status
