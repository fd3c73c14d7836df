"""Components: standard ones always, a direction at least, optional ones; and what the page makes of them."""

import pytest
from django.urls import reverse

from portal.privacy.viewer import viewing
from tests.factories import trajectories
from tests.trajectories.pagetext import words
from trajectories import services
from trajectories.enums import ComponentClass
from trajectories.enums.words import content
from trajectories.errors import Blocked, NoSuchMove, NotYours, Stale
from trajectories.models import ComponentState
from trajectories.queries.facts import open_components
from trajectories.queries.tailoring import suggested
from trajectories.workflow import components as parts
from trajectories.workflow.components import components, open_groups, open_standard

STANDARD = [part.key for part in components() if part.is_standard]
DIRECTION = ["growth_in_current_job", "labour_market_orientation", "labour_market_approach"]


def test_the_classes_are_those_of_the_content():
    """H2.3-08: what is standard, a choice or optional stands in the data."""
    by_class = {kind: [part.key for part in components() if part.kind == kind] for kind in ComponentClass}
    assert by_class == {
        ComponentClass.STANDARD: [
            *("conversations", "self_analysis", "instrument_package"),
            *("action_plan", "plan_support", "final_interview"),
        ],
        ComponentClass.CHOICE: DIRECTION,
        ComponentClass.OPTIONAL: ["factor_self_test", "group_activity", "external_referral", "midway_check"],
    }


def test_a_standard_component_is_open_until_done_seen_or_left_out():
    assert open_standard({}) == STANDARD
    states = dict.fromkeys(STANDARD, "done") | {"self_analysis": "busy", "plan_support": "skipped"}
    assert open_standard(states) == ["self_analysis"]
    assert open_standard({}, seen=STANDARD) == []


@pytest.mark.parametrize(
    ("states", "is_open"),
    [
        ({}, True),
        ({DIRECTION[0]: "busy"}, True),
        ({DIRECTION[0]: "done"}, False),
        ({DIRECTION[0]: "done", DIRECTION[1]: "busy"}, False),
        ({DIRECTION[0]: "skipped", DIRECTION[1]: "skipped"}, True),
        (dict.fromkeys(DIRECTION, "skipped"), False),
    ],
)
def test_of_the_direction_at_least_one_is_done(states, is_open):
    """H2.2-05: either direction or both; or each was left out with a reason."""
    assert open_groups(states) == (["direction"] if is_open else [])


def test_optional_components_never_hold_up_the_closing():
    states = dict.fromkeys(STANDARD, "done") | {DIRECTION[0]: "done", "group_activity": "todo"}
    assert open_standard(states) + open_groups(states) == []


def test_another_version_has_its_own_components(monkeypatch):
    """H2.3-08: a class that changes counts for new trajectories; a case keeps the rules it started with."""
    table = content("trajectory")
    changed = [
        raw | ({"class": "standard"} if raw["key"] == "midway_check" else {})
        for raw in table["components"]["items"]
    ]
    later = {**table, "components": {"items": changed}}
    monkeypatch.setattr(parts, "table_of", lambda version: later if version == 2 else table)
    parts.components.cache_clear()
    try:
        assert "midway_check" in open_standard({}, version=2)
        assert "midway_check" not in open_standard({}, version=1)
    finally:
        parts.components.cache_clear()


@pytest.fixture
def told():
    return trajectories.walk("in_progress")


def settle(told, states, **more):
    with viewing(told.advisor.user):
        return services.settle_components(
            actor=told.advisor.user, trajectory=told.trajectory, states=states, **more
        )


def kept(told):
    with viewing(told.participant):
        return {row.key: (row.handling, row.reason, row.options) for row in ComponentState.objects.all()}


@pytest.mark.django_db
def test_states_are_kept_and_others_stay_as_they_were(told):
    settle(told, {"self_analysis": ("busy", ""), "group_activity": ("todo", "")})
    settle(
        told,
        {"labour_market_orientation": ("done", "")},
        options={"labour_market_orientation": ["external", "internal", "nowhere"]},
    )
    settle(told, {"group_activity": ("", ""), "plan_support": ("skipped", " Niet nodig. ")})
    assert kept(told) == {
        "self_analysis": ("busy", "", []),
        "labour_market_orientation": ("done", "", ["internal", "external"]),
        "plan_support": ("skipped", "Niet nodig.", []),
    }


@pytest.mark.django_db
def test_closing_waits_for_the_direction(told):
    """The guard `required_components_done` holds the direction too, and says so."""
    told.talk()
    told.plan()
    told.talk("Samen teruggekeken.", "final")
    settle(told, dict.fromkeys(("self_analysis", "instrument_package", "plan_support"), ("done", "")))
    with viewing(told.participant):
        assert open_components(told.trajectory) == ["direction"]
    with viewing(told.advisor.user), pytest.raises(Blocked) as refusal:
        services.start_closing(actor=told.advisor.user, trajectory=told.trajectory)
    assert refusal.value.sentences == [
        "Een vast onderdeel of de richting is nog niet gedaan of met reden overgeslagen."
    ]
    settle(told, {"growth_in_current_job": ("done", "")})
    with viewing(told.advisor.user):
        closing = services.start_closing(actor=told.advisor.user, trajectory=told.trajectory)
    assert closing.status == "closing"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("states", "refusal"),
    [
        ({"self_analysis": ("skipped", " ")}, Blocked),
        ({"self_analysis": ("finished", "")}, NoSuchMove),
        ({"horoscope": ("done", "")}, NoSuchMove),
    ],
)
def test_bad_states_are_refused(told, states, refusal):
    with pytest.raises(refusal):
        settle(told, states)
    assert kept(told) == {}


@pytest.mark.django_db
def test_only_the_advisor_keeps_them_and_an_old_page_is_recognised(told):
    with viewing(told.participant), pytest.raises(NotYours):
        services.settle_components(actor=told.participant, trajectory=told.trajectory, states={})
    with pytest.raises(Stale):
        settle(told, {"self_analysis": ("done", "")}, version=1)


@pytest.mark.django_db
def test_the_page_keeps_asks_a_reason_and_shows_the_participant(client, told):
    url = reverse("trajectories:components", args=[told.trajectory.reference])
    client.force_login(told.advisor.user)
    page = client.post(url, {"self_analysis": "skipped"})
    assert page.status_code == 422
    assert "Schrijf waarom dit is overgeslagen." in page.content.decode()
    words = {"self_analysis": "skipped", "self_analysis_reason": "Deed u al.", "midway_check": "busy"}
    assert client.post(url, words).status_code == 302
    assert kept(told) == {"self_analysis": ("skipped", "Deed u al.", []), "midway_check": ("busy", "", [])}
    client.force_login(told.participant)
    page = client.get(url).content.decode()
    assert "Deed u al." in page
    assert "<select" not in page
    assert client.post(url, words).status_code == 403


def shown(client, told):
    """The states that the advisor's page has filled in, and which of them it calls proposed."""
    client.force_login(told.advisor.user)
    form = client.get(reverse("trajectories:components", args=[told.trajectory.reference])).context["form"]
    return {part.key: form[part.key].value() for part in form.parts}, dict(form.proposed)


@pytest.mark.django_db
def test_what_the_rules_suggest_is_filled_in_but_kept_by_the_button_only(client, told):
    with viewing(told.participant):
        facts = suggested(told.trajectory, {}, {})
    wanted = {row.suggestion.key for row in facts if row.instrument is None}
    assert wanted
    states, proposed = shown(client, told)
    assert set(proposed) == wanted
    assert {key: states[key] for key in proposed} == dict.fromkeys(wanted, "todo")
    assert kept(told) == {}
    left = sorted(wanted)[0]
    with viewing(told.advisor.user):
        services.choose_tool(
            actor=told.advisor.user, trajectory=told.trajectory, kind="component", key=left, take=False
        )
    assert left not in shown(client, told)[1]
    settle(told, dict.fromkeys(wanted - {left}, ("busy", "")))
    assert shown(client, told)[1] == {}


@pytest.mark.django_db
def test_after_the_final_talk_what_belongs_to_the_programme_is_proposed_as_done(client, told):
    """One look and one click: what was left out or not chosen stays so, and the participant is asked nothing."""
    told.talk()
    told.plan()
    settle(
        told,
        {
            DIRECTION[1]: ("busy", ""),
            "plan_support": ("skipped", "Niet nodig."),
            "midway_check": ("todo", ""),
        },
    )
    told.talk("Samen teruggekeken.", "final")
    states, proposed = shown(client, told)
    assert {*proposed.values()} == {"done"}
    assert set(proposed) == {*STANDARD, DIRECTION[1], "midway_check"} - {"plan_support"}
    assert (states["plan_support"], states[DIRECTION[0]]) == ("skipped", "")
    page = client.get(reverse("trajectories:components", args=[told.trajectory.reference]))
    assert "Voorgesteld" in words(page)
    url = reverse("trajectories:components", args=[told.trajectory.reference])
    form = page.context["form"]
    typed = {name: form[name].value() or "" for name in form.fields if not name.endswith("_options")}
    assert client.post(url, typed).status_code == 302
    with viewing(told.participant):
        assert open_components(told.trajectory) == []
    assert shown(client, told)[1] == {}
