"""The page of instruments: suggestions with their reason, taken or left in one click, after the situation."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from portal.people.enums import Role
from portal.privacy.viewer import viewing
from tests.factories import people, trajectories
from trajectories import services
from trajectories.enums import ToolKind
from trajectories.enums.instruments import instruments
from trajectories.errors import NoSuchMove, NotYours
from trajectories.models import ComponentState, Situation, ToolChoice
from trajectories.queries import tailoring
from trajectories.queries.cases import dossier_with_standing
from trajectories.queries.standing import standing
from trajectories.workflow.tailoring import tailoring_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    return trajectories.walk("in_progress")


def at(told, name="instruments"):
    return reverse(f"trajectories:{name}", args=[told.trajectory.reference])


def shown(client, told):
    client.force_login(told.advisor.user)
    return client.get(at(told)).content.decode()


def suggested(told):
    with viewing(told.advisor.user):
        case = dossier_with_standing(told.advisor.user, told.trajectory.reference)
        facts = tailoring.known_facts(told.advisor.user, case)
        decided = tailoring.choices(told.advisor.user, case)
        return {row.suggestion.key: row for row in tailoring.suggested(case, facts, decided)}


def test_the_question_gives_suggestions_with_their_reason(client, told):
    """H2.2-06: the suggestions of this question type, standard components left out."""
    rule = next(
        rule for rule in tailoring_rules() if "other_role_inside" in rule.when.get("question_types", ())
    )
    page = shown(client, told)
    assert str(rule.reason) in page
    for key in rule.instruments:
        assert str(instruments()[key].label) in page
    assert set(rule.instruments) | set(rule.components) <= set(suggested(told))


def test_a_change_of_phase_changes_the_suggestions_and_leaves_a_trace(client, told):
    """H2.2-09: six phases; a change is kept in the history."""
    before = set(suggested(told))
    client.force_login(told.advisor.user)
    for phase in ("self_analysis", "market_approach_external"):
        words = {"field": "support_staff", "participant_phase": phase, "weak_career_factors": ["balance"]}
        assert client.post(at(told, "situation"), words).status_code == 302
    after = set(suggested(told))
    assert {"personal_branding", "work_health_balance_review"} <= after - before
    event = apps.get_model("trajectories", "SituationEvent")
    with viewing(told.participant):
        assert Situation.objects.get().facts["participant_phase"] == "market_approach_external"
        phases = [row.facts["participant_phase"] for row in event.objects.order_by("pgh_id")]
    assert phases == ["self_analysis", "market_approach_external"]


def test_one_click_takes_one_click_leaves_and_one_takes_back(client, told):
    page = shown(client, told)
    assert 'value="take instrument job_map"' in page
    for act, is_taken in (("take", True), ("leave", False)):
        client.post(at(told, "choose_tool"), {"tool": f"{act} instrument job_map"})
        with viewing(told.participant):
            assert ToolChoice.objects.get().is_taken is is_taken
        assert 'value="take instrument job_map"' not in shown(client, told)
    client.post(at(told, "choose_tool"), {"tool": "back instrument job_map"})
    with viewing(told.participant):
        assert not ToolChoice.objects.exists()
    assert 'value="take instrument job_map"' in shown(client, told)


def test_a_component_that_is_taken_is_in_the_programme_until_it_is_left(told):
    """H2.2-01: two trajectories can hold different components."""
    act = {"actor": told.advisor.user, "kind": ToolKind.COMPONENT, "key": "labour_market_orientation"}
    with viewing(told.advisor.user):
        services.choose_tool(**act, trajectory=told.trajectory, take=True)
        assert ComponentState.objects.get().handling == "todo"
        services.choose_tool(**act, trajectory=told.trajectory, take=False)
        assert not ComponentState.objects.exists()
        services.choose_tool(**act, trajectory=told.trajectory, take=True)
        services.settle_components(
            actor=told.advisor.user, trajectory=told.trajectory, states={act["key"]: ("busy", "")}
        )
        services.choose_tool(**act, trajectory=told.trajectory, take=None)
        assert ComponentState.objects.get().handling == "busy"


@pytest.mark.parametrize(
    ("kind", "key"),
    [("instrument", "horoscope"), ("component", "conversations"), ("component", "x"), ("", "")],
)
def test_what_does_not_exist_or_is_always_there_cannot_be_chosen(told, kind, key):
    with viewing(told.advisor.user), pytest.raises(NoSuchMove):
        services.choose_tool(
            actor=told.advisor.user, trajectory=told.trajectory, kind=kind, key=key, take=True
        )


def test_the_participant_sees_what_was_chosen_and_decides_nothing(client, told):
    told.tailor()
    client.force_login(told.participant)
    page = client.get(at(told)).content.decode()
    assert str(instruments()["job_map"].label) in page
    assert str(instruments()["job_map"].data) in page
    assert 'name="tool"' not in page
    with viewing(told.participant), pytest.raises(NotYours):
        services.choose_tool(
            actor=told.participant, trajectory=told.trajectory, kind="instrument", key="job_map", take=False
        )


def test_words_for_the_participant_are_no_words_for_the_advisor(client, told):
    """The advisor reads what the participant is told, as such."""
    told.tailor()
    url = reverse("trajectories:instruments", args=[told.trajectory.reference])
    found = []
    for person in (told.participant, told.advisor.user):
        client.force_login(person)
        html = client.get(url).content.decode()
        found.append(f"De deelnemer leest: ‘{instruments()['job_map'].data}’" in html)
    assert found == [False, True]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_instrument_is_described_for_both_readers(language):
    with translation.override(language):
        helps = " ".join(str(tool.help) for tool in instruments().values()).lower()
    assert re.findall(r"\b(?:u|uw|you|your)\b", helps) == []


def test_a_bad_situation_comes_back(client, told):
    client.force_login(told.advisor.user)
    page = client.post(at(told, "situation"), {"field": "astronaut", "career_phase": "late_career"})
    assert page.status_code == 422
    assert 'value="late_career"' in page.content.decode()
    with viewing(told.participant):
        assert not Situation.objects.exists()


def test_a_chosen_test_says_who_may_give_it(client, told):
    """E4: an advisor without the qualification reads so instead of a link."""
    with viewing(told.advisor.user):
        services.choose_tool(
            actor=told.advisor.user,
            trajectory=told.trajectory,
            kind="instrument",
            key="career_test",
            take=True,
        )
    page = shown(client, told)
    assert "instrument=career_test" not in page
    assert "U bent niet bevoegd om tests te geven." in page


def test_whose_turn_it_is_follows_the_assignments(told):
    starts = {"days": 0}
    with told.acting(told.advisor.user, **starts) as actor:
        services.plan_conversation(
            actor=actor,
            trajectory=told.trajectory,
            starts_at=told.moment.replace(hour=12) + timedelta(days=300),
            ends_at=told.moment.replace(hour=13) + timedelta(days=300),
        )

    def now():
        with viewing(told.participant):
            case = dossier_with_standing(told.participant, told.trajectory.reference)
            found = standing(case)
            return found.turn, found.page

    assert now() == ("participant", "notebook")
    row = told.assignment()
    assert now() == ("participant", "instruments")
    told.hand_in(row)
    assert now() == ("advisor", "instruments")


def test_the_list_of_standard_and_optional_parts_shows_every_rule(client):
    """H2.3-07, H2.3-08: C11, the aid for advisors, from the data."""
    client.force_login(people.holder(Role.COORDINATOR, "Karim Haddad"))
    page = client.get(reverse("trajectories:checklist"))
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count('data-label="Waarom"') == len(tailoring_rules()) == 30
    for tool in instruments().values():
        assert str(tool.label) in text
