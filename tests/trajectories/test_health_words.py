"""J10: words about health are asked about once, in either language, and never stand in the way."""

from datetime import timedelta

import pytest
from django import forms
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from portal import clock
from portal.privacy.viewer import viewing
from tests.factories import trajectories
from tests.trajectories.pagetext import words
from trajectories.enums.words import content
from trajectories.forms.health import HealthAware
from trajectories.models import Conversation, IntakeAspect, NotebookEntry
from trajectories.queries.facts import aspects_of
from trajectories.queries.health_words import found_in

LISTS = content("health_words")
ASKS = "Gaat dit over iemands gezondheid?"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hij is al een jaar ziek.", ["ziek"]),
        ("Na de BURN-OUT en een burn out, of burnout", ["BURN-OUT", "burn out", "burnout"]),
        ("She told me about her diagnosis and medication.", ["diagnosis", "medication"]),
        ("Zwangerschapsverlof tot mei", ["Zwangerschapsverlof"]),
        ("Psychische klachten, depressíe", ["Psychische", "depressíe"]),
        ("ziek, Ziek en ZIEK", ["ZIEK"]),
        ("Meelopen in het ziekenhuis; muziek, fysiek, publiek, bezig", []),
        ("Kankeronderzoek met de cancer research group", []),
        ("I will illustrate a classic skill in my village, sickly sweet", []),
        ("kankeronderzoek na kanker", ["kanker"]),
        ("", []),
    ],
)
def test_finds_words_as_they_were_typed_and_no_false_friends(text, found):
    assert found_in(text) == found


@pytest.mark.parametrize("word", [*LISTS["nl"], *LISTS["en"]])
def test_each_word_of_the_list_is_found_in_a_sentence(word):
    typed = word.replace("*", "").replace("-", " ")
    assert typed in found_in(f"Zij zei: {typed}.")


@given(st.text())
def test_any_text_gives_at_most_five_of_its_own_words(text):
    found = found_in(text)
    assert len(found) <= 5
    assert all(word in text for word in found)


class Note(HealthAware):
    text = forms.CharField()
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def test_asks_once_and_again_only_for_other_words():
    first = Note({"text": "Zij is ziek", "hidden": "kanker"})
    assert not first.is_valid()
    assert (first.errors, first.health_words, first.health_seen) == ({}, ("ziek",), "ziek")
    assert Note({"text": "Zij is Ziek", "health_seen": "ziek"}).is_valid()
    other = Note({"text": "Zij is ziek, een hernia", "health_seen": "ziek"})
    assert not other.is_valid()
    assert other.health_seen == "ziek|hernia"
    assert Note({"text": "Zij kan twee uur zitten", "health_seen": "ziek"}).is_valid()
    empty = Note({"text": ""})
    assert not empty.is_valid()
    assert empty.health_words == ()


@pytest.mark.django_db
def test_recording_a_talk_comes_back_with_all_that_was_typed_and_keeps_it_the_second_time(client):
    told = trajectories.walk("in_progress")
    with told.acting(told.advisor.user) as actor:
        start = clock.now() - timedelta(hours=2)
        talk = Conversation.objects.create(
            trajectory=told.trajectory, advisor=actor, starts_at=start, ends_at=start + timedelta(hours=1)
        )
    client.force_login(told.advisor.user)
    url = reverse("trajectories:record_talk", args=[told.trajectory.reference, talk.reference])
    typed = {"held_on": clock.today().isoformat(), "agreed": "Rustig aan na de burn-out.", "own": "Slim."}
    answer = client.post(url, typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert ASKS in words(answer)
    assert "‘burn-out’" in words(answer)
    assert all(text in page for text in typed.values())
    assert 'name="health_seen" value="burn-out"' in page
    with viewing(told.participant):
        assert NotebookEntry.objects.count() == 0
    assert client.post(url, typed | {"health_seen": "burn-out"}).status_code == 302
    with viewing(told.participant):
        assert NotebookEntry.objects.get().text == typed["agreed"]


@pytest.mark.django_db
def test_the_intake_asks_and_keeps_it_half_done_all_the_same(client):
    told = trajectories.walk("intake_planned")
    client.force_login(told.advisor.user)
    url = reverse("trajectories:intake", args=[told.trajectory.reference])
    key = aspects_of(told.trajectory)[0]
    typed = {key: "done", f"{key}_note": "Diagnose bekend.", "keep": "yes"}
    assert ASKS in words(client.post(url, typed))
    with viewing(told.participant):
        assert not IntakeAspect.objects.exists()
    client.post(url, typed | {"health_seen": "diagnose"})
    with viewing(told.participant):
        assert IntakeAspect.objects.get().note == "Diagnose bekend."


@pytest.mark.django_db
def test_a_text_without_such_words_is_never_asked_about(client):
    told = trajectories.walk("intake_planned")
    client.force_login(told.advisor.user)
    url = reverse("trajectories:intake", args=[told.trajectory.reference])
    key = aspects_of(told.trajectory)[0]
    assert (
        client.post(url, {key: "done", f"{key}_note": "Wil meer zelf kiezen.", "keep": "yes"}).status_code
        == 302
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "arguments", "typed"),
    [
        ("notebook", {"book": "shared"}, {"text": "Sinds de hernia thuis."}),
        ("notebook", {"book": "own_participant"}, {"text": "Sinds de hernia thuis."}),
        ("plan", {"letter": "B"}, {"title": "Werk na mijn hernia"}),
        ("add_step", {"letter": "A"}, {"text": "Oefenen voor de hernia"}),
        ("add_goal", {"letter": "A"}, {"text": "Van de hernia af"}),
    ],
)
def test_notebooks_and_plans_ask_once_and_then_keep(client, page, arguments, typed):
    told = trajectories.walk("in_progress")
    told.plan()
    client.force_login(told.participant)
    url = reverse(f"trajectories:{page}", args=[told.trajectory.reference, *arguments.values()])
    answer = client.post(url, typed)
    assert (answer.status_code, words(answer).count(ASKS)) == (200, 1)
    assert next(iter(typed.values())) in answer.content.decode()
    assert client.post(url, typed | {"health_seen": "hernia"}).status_code == 302
