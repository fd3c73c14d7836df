"""What people really send: far too much text, text from Word, odd dates, two at once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from portal import clock
from portal.privacy.viewer import viewing
from tests.factories import advisors, people, trajectories
from trajectories import services
from trajectories.errors import NoSuchMove, Stale, TrajectoryError
from trajectories.models import Conversation, Request, RequestDraft, Trajectory

pytestmark = pytest.mark.django_db
LONG = "lang verhaal " * 8_000
FROM_WORD = (
    "<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->"
    '<p class=MsoNormal style="mso-margin-top-alt:auto"><b>Wat past bij mij?</b><o:p></o:p></p>'
    "\u00a0\u2022\u00a0\u201cIets anders\u201d\x0b\u2013\u2026"
)
ASKED = {
    "question_types": ["other_role_inside"],
    "route": "self",
    "frame": "voluntary_policy",
    "language": "nl",
}


@pytest.fixture
def person(client):
    advisors.question_type("other_role_inside")
    found = people.employee()
    client.force_login(found)
    return found


def test_hundred_kilobytes_come_back_with_a_sentence_and_are_kept_whole(client, person):
    url = reverse("trajectories:request")
    answer = client.post(url, ASKED | {"question": LONG})
    assert answer.status_code == 422
    assert LONG.strip()[:200] in answer.content.decode()
    client.post(url, {"question": LONG, "keep": "yes"})
    with viewing(person):
        assert RequestDraft.objects.get().body["question"] == LONG
        assert not Trajectory.objects.exists()


def test_of_pasted_word_markup_the_words_are_kept_and_what_looks_like_markup_is_text(client, person):
    client.post(
        reverse("trajectories:request"), ASKED | {"question": FROM_WORD, "wishes": "<b>Liever</b> di"}
    )
    with viewing(person):
        case = Trajectory.objects.get()
        row = Request.objects.get()
    assert row.question == "Wat past bij mij?\n\u2022 \u201cIets anders\u201d \u2013\u2026"
    assert row.wishes == "<b>Liever</b> di"
    told = trajectories.story(participant=person)
    client.force_login(told.coordinator)
    page = client.get(reverse("trajectories:assign", args=[case.reference])).content.decode()
    assert "&lt;b&gt;Liever&lt;/b&gt; di" in page
    assert "<b>Liever" not in page


def test_typing_is_kept_with_a_quiet_word(client, person):
    url = reverse("trajectories:request")
    data = ASKED | {"question": "Half af", "keep": "typing", "wants_external": "on"}
    answer = client.post(url, data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    now = clock.now().astimezone(clock.AMSTERDAM)
    assert answer.content.decode().strip().startswith("Bewaard om ")
    assert f"{now:%H}." in answer.content.decode()
    assert "<html" not in answer.content.decode()
    page = client.get(url).content.decode()
    assert "Half af" in page
    assert 'hx-trigger="input delay:1200ms"' in page
    assert 'name="keep"' in page
    with viewing(person):
        body = RequestDraft.objects.get().body
    assert (body["wants_external"], body["question_types"]) == (True, ["other_role_inside"])


def test_draft_is_nobody_elses(client, person):
    client.post(reverse("trajectories:request"), {"question": "Geheim", "keep": "yes"})
    other = people.employee("Iemand Anders")
    client.force_login(other)
    assert "Geheim" not in client.get(reverse("trajectories:request")).content.decode()
    with viewing(other):
        assert not RequestDraft.objects.exists()


def test_each_choice_says_who_gets_to_know_what(client, person):
    page = client.get(reverse("trajectories:request")).content.decode()
    for sentence in (
        "Zelf aangemeld. Niemand hoort het.",
        "Via iemand anders. Wie u stuurde, hoort van ons niets.",
        "Noemde uw leidinggevende het terloops? Dan komt u uit uzelf",
        "Een verplicht traject begint met een uitnodiging van HR.",
        "Recht op periodiek loopbaanadvies. Uw eigen recht.",
        "Vrijwillig. Uw eigen keuze.",
    ):
        assert sentence in page


def test_own_list_offers_a_new_trajectory_only_when_none_runs(client):
    told = trajectories.walk("requested")
    client.force_login(told.participant)
    assert "Een nieuw traject aanvragen" not in client.get(reverse("trajectories:own")).content.decode()
    told.end("withdrawn")
    assert reverse("trajectories:request") in client.get(reverse("trajectories:own")).content.decode()


def test_intake_in_the_past_is_refused(client):
    told = trajectories.walk("assigned")
    client.force_login(told.advisor.user)
    url = reverse("trajectories:plan_intake", args=[told.trajectory.reference])
    for day in ("2020-01-01", "0001-01-01", "9999-12-31"):
        answer = client.post(url, {"day": day, "starts": "10:00", "ends": "11:00", "mode": "online"})
        assert answer.status_code == 422, day
    assert told.trajectory.status == "requested"


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "sentence"),
    [
        ("2026-12-01", "2026-11-30", "Het einde kan niet voor het begin liggen."),
        ("2020-01-01", "2020-06-30", "Deze dag is voorbij. Kies een latere."),
    ],
)
def test_agreement_may_not_end_before_it_starts_or_in_the_past(client, starts_on, ends_on, sentence):
    told = trajectories.walk("intake_done")
    client.force_login(told.advisor.user)
    url = reverse("trajectories:agreement_edit", args=[told.trajectory.reference])
    data = {**trajectories.TERMS, "payer": "central", "result_1": "Een keuze.", "propose": "yes"}
    with clock.frozen(clock.local(date(2026, 11, 1), 9)):
        answer = client.post(url, data | {"starts_on": starts_on, "ends_on": ends_on})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert told.trajectory.status == "intake_done"


@pytest.mark.parametrize(
    ("day", "hours", "minutes"),
    [
        # The night in which the clock goes back: 01:30 to 03:30 lasts three hours.
        (date(2027, 10, 31), ("01:30", "03:30"), 180),
        # The night in which it goes forward: 01:30 to 03:30 lasts one hour.
        (date(2027, 3, 28), ("01:30", "03:30"), 60),
    ],
)
def test_nights_of_the_clock_keep_their_wall_times(client, day, hours, minutes):
    told = trajectories.walk("assigned", moment=clock.local(day - timedelta(days=20), 12))
    with clock.frozen(told.moment):
        client.force_login(told.advisor.user)
        url = reverse("trajectories:plan_intake", args=[told.trajectory.reference])
        data = {
            "day": day.isoformat(),
            "starts": hours[0],
            "ends": hours[1],
            "mode": "online",
            "anyway": "on",
        }
        assert client.post(url, data).status_code == 302
    with viewing(told.participant):
        talk = Conversation.objects.get()
    local = [instant.astimezone(clock.AMSTERDAM) for instant in (talk.starts_at, talk.ends_at)]
    assert [f"{instant:%H:%M}" for instant in local] == list(hours)
    assert (talk.ends_at - talk.starts_at) == timedelta(minutes=minutes)


def test_two_coordinators_at_once_the_second_is_told():
    told = trajectories.walk("requested")
    second = advisors.advisor("Joost Ander")
    seen = told.trajectory.version
    told.assign()
    with told.acting(told.coordinator, days=0) as actor, pytest.raises((Stale, NoSuchMove)):
        services.assign_advisor(
            actor=actor, trajectory=told.trajectory, advisor=second.reference, version=seen
        )
    assert told.trajectory.advisor == told.advisor.user


def test_signing_a_version_that_changed_is_refused(client):
    told = trajectories.walk("agreement_proposed")
    with viewing(told.participant):
        first = told.trajectory.agreements.get().digest
    with told.acting(told.advisor.user) as actor:
        services.return_agreement(actor=actor, trajectory=told.trajectory, reason="Nog iets.")
    told.propose(talks=6)
    with told.acting(told.participant) as actor, pytest.raises(Stale):
        services.sign(actor=actor, trajectory=told.trajectory, digest=first)
    client.force_login(told.participant)
    url = reverse("trajectories:sign", args=[told.trajectory.reference])
    assert client.post(url, {"digest": first, "agrees": "on"}).status_code == 409


def test_request_of_somebody_without_appointment_is_refused_in_words():
    person = people.user("Zonder Baan")
    with viewing(person), pytest.raises(TrajectoryError, match="geen lopende aanstelling"):
        services.request_trajectory(
            actor=person, question="Wat nu?", question_types=(), frame="voluntary_policy"
        )
