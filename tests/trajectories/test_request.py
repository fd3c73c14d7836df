"""From a question to an advisor, through the pages."""

from datetime import date

import pytest
from django.urls import reverse

from portal.privacy.viewer import viewing
from tests.factories import advisors, people, trajectories
from trajectories import services
from trajectories.errors import Blocked
from trajectories.models import Request, RequestDraft, Suggestion, Trajectory
from trajectories.queries.waiting import working_days_later

pytestmark = pytest.mark.django_db
WORDS = {
    "question": "Wat past er bij mij?",
    "question_types": ["other_role_inside"],
    "route": "self",
    "frame": "voluntary_policy",
    "language": "nl",
    "wishes": "Liever op dinsdag.",
}


@pytest.fixture
def person(client):
    advisors.question_type("other_role_inside")
    found = people.employee()
    client.force_login(found)
    return found


def test_request_makes_a_trajectory_and_says_so(client, person):
    answer = client.post(reverse("trajectories:request"), WORDS)
    with viewing(person):
        case = Trajectory.objects.get()
        assert answer["Location"] == reverse("trajectories:page", args=[case.reference])
        assert (case.status, case.faculty.code, case.advisor) == ("requested", "SCI", None)
        assert (case.request.question, case.request.wishes) == (WORDS["question"], WORDS["wishes"])


@pytest.mark.parametrize(
    "bad", [{"question": " "}, {"question_types": []}, {"route": "x"}, {"question": "x" * 20_001}]
)
def test_bad_request_comes_back_with_what_was_typed(client, person, bad):
    answer = client.post(reverse("trajectories:request"), WORDS | bad)
    assert answer.status_code == 422
    assert "Liever op dinsdag." in answer.content.decode()
    with viewing(person):
        assert not Trajectory.objects.exists()


def test_second_request_is_refused_in_words(client, person):
    client.post(reverse("trajectories:request"), WORDS)
    answer = client.post(reverse("trajectories:request"), WORDS)
    assert "U hebt al een traject dat loopt." in answer.content.decode()
    with viewing(person):
        assert Request.objects.count() == 1


def test_draft_is_kept_without_being_complete_and_goes_when_sent(client, person):
    client.post(reverse("trajectories:request"), {"question": "Half af", "keep": "yes"})
    assert "Half af" in client.get(reverse("trajectories:request")).content.decode()
    client.post(reverse("trajectories:request"), WORDS)
    with viewing(person):
        assert not RequestDraft.objects.exists()


def test_participant_chooses_from_three_with_kept_reasons(client):
    told = trajectories.walk("requested")
    more = [advisors.advisor(f"Adviseur Nummer{number}") for number in range(3)]
    with told.acting(told.coordinator) as actor:
        chosen = [told.advisor.reference, *(row.reference for row in more)]
        services.suggest_advisors(actor=actor, trajectory=told.trajectory, chosen=chosen)
    client.force_login(told.participant)
    with viewing(told.participant):
        rows = list(Suggestion.objects.select_related("advisor__advisor"))
    assert len(rows) == 3
    assert all(row.reasons["nl"] and row.reasons["en"] for row in rows)
    url = reverse("trajectories:choose", args=[told.trajectory.reference])
    client.post(url, {"advisor": rows[1].advisor.advisor.reference})
    assert told.trajectory.advisor == rows[1].advisor


def test_choice_is_refused_when_the_advisor_filled_up_meanwhile(client):
    told = trajectories.walk("requested")
    with told.acting(told.coordinator) as actor:
        services.suggest_advisors(actor=actor, trajectory=told.trajectory, chosen=[told.advisor.reference])
    told.advisor.maximum_caseload = 1
    told.advisor.save()
    other = trajectories.story(advisor=told.advisor, coordinator=told.coordinator)
    trajectories.advance(other, "assigned")
    client.force_login(told.participant)
    url = reverse("trajectories:choose", args=[told.trajectory.reference])
    page = client.post(url, {"advisor": told.advisor.reference}, follow=True).content.decode()
    assert "Mirjam de Wit" in page
    assert told.trajectory.advisor is None


def test_same_faculty_is_the_participants_choice():
    colleague = people.employee("Joost Collega")
    told = trajectories.story(advisor=advisors.advisor(person=colleague))
    trajectories.advance(told, "requested")
    with told.acting(told.coordinator) as actor, pytest.raises(Blocked, match="zelfde faculteit"):
        services.assign_advisor(actor=actor, trajectory=told.trajectory, advisor=told.advisor.reference)
    with told.acting(told.coordinator) as actor:
        services.suggest_advisors(actor=actor, trajectory=told.trajectory, chosen=[told.advisor.reference])
    with told.acting(told.participant) as actor:
        services.choose_advisor(actor=actor, trajectory=told.trajectory, advisor=told.advisor.reference)
    assert told.trajectory.advisor == colleague


def test_board_assigns_in_one_act(client):
    told = trajectories.walk("requested")
    client.force_login(told.coordinator)
    url = reverse("trajectories:assign", args=[told.trajectory.reference])
    data = {"assign": told.advisor.reference, "version": told.trajectory.version}
    assert client.post(url, data)["Location"] == reverse("trajectories:board")
    assert told.trajectory.advisor == told.advisor.user
    second = client.post(url, data, follow=True)
    assert "Deze aanvraag heeft al een adviseur." in second.content.decode()
    assert client.post(url.replace(told.trajectory.reference, "2222aaaa3333"), data).status_code == 404


def test_coordinator_does_not_assign_their_own_request(client):
    told = trajectories.story()
    told.participant = told.coordinator
    people.appointment(told.coordinator)
    told.request()
    client.force_login(told.coordinator)
    assert "Zoek een adviseur" not in client.get(reverse("trajectories:board")).content.decode()
    url = reverse("trajectories:assign", args=[told.trajectory.reference])
    assert client.post(url, {"assign": told.advisor.reference}).status_code == 404


def test_promised_day_skips_the_weekend():
    assert working_days_later(date(2026, 11, 20), 5) == date(2026, 11, 27)
    assert working_days_later(date(2026, 11, 21), 1) == date(2026, 11, 23)
