"""Two people, or one in two windows, on the same page of the preparation: the second is told, and nothing is lost."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from portal import clock
from portal.privacy.viewer import viewing
from tests.factories import people, trajectories
from tests.trajectories.pagetext import words
from trajectories.enums.words import items
from trajectories.models import Agreement, ClientPoint, IntakeAspect
from trajectories.queries.facts import agreement_on_table, aspects_of

pytestmark = pytest.mark.django_db
TYPED = "Dit kostte mij een kwartier om op te schrijven."


@dataclass(frozen=True)
class Page:
    """A page that two people fill in: where the case stands, and what is typed."""

    name: str
    status: str
    data: Any
    button: str = ""


def appointment(_told):
    day = clock.today() + timedelta(days=3)
    return {"day": day.isoformat(), "starts": "10:00", "ends": "11:00", "mode": "online", "place": TYPED}


def intake(told):
    return dict.fromkeys(aspects_of(told.trajectory), "done") | {"question_clear_note": TYPED}


def client_points(_told):
    return dict.fromkeys(items("intake", "client_alignment_points"), TYPED)


def agreement(_told):
    day = clock.today()
    terms = {**trajectories.TERMS, "payer": "central", "starts_on": day, "ends_on": day + timedelta(days=9)}
    return {**terms, "question_and_goal": TYPED, "result_1": "Een keuze."}


PAGES = (
    Page("plan_intake", "assigned", appointment),
    Page("intake", "intake_planned", intake, "keep"),
    Page("intake", "intake_planned", intake, "finish"),
    Page("client", "client_alignment", client_points),
    Page("agreement_edit", "intake_done", agreement, "keep"),
    Page("agreement_edit", "intake_done", agreement, "propose"),
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.name} {page.button}")
def test_second_is_told_and_gets_the_text_back(client, page):
    told = trajectories.walk(page.status)
    client.force_login(told.advisor.user)
    url = reverse(f"trajectories:{page.name}", args=[told.trajectory.reference])
    data = page.data(told) | {"version": told.trajectory.version}
    data |= {page.button: "yes"} if page.button else {}
    first = client.post(url, {key: "Eerste." if value == TYPED else value for key, value in data.items()})
    assert first.status_code == 302
    second = client.post(url, data)
    assert second.status_code == 409
    assert TYPED in words(second)
    assert reverse("trajectories:page", args=[told.trajectory.reference]) in second.content.decode()
    with viewing(told.advisor.user):
        kept = [row.note for row in IntakeAspect.objects.all()]
        kept += [row.text for row in ClientPoint.objects.all()]
        kept += [row.question_and_goal for row in Agreement.objects.all()]
    assert TYPED not in kept


def test_participant_signs_while_the_advisor_takes_the_agreement_back(client):
    told = trajectories.walk("agreement_proposed")
    with viewing(told.participant):
        table = agreement_on_table(told.trajectory)
        assert table
    client.force_login(told.advisor.user)
    move = {"to": "intake_done", "version": told.trajectory.version, "reason": "Nog iets."}
    client.post(reverse("trajectories:move", args=[told.trajectory.reference]), move)
    client.force_login(told.participant)
    url = reverse("trajectories:sign", args=[told.trajectory.reference])
    answer = client.post(url, {"digest": table.digest, "agrees": "on"})
    assert answer.status_code == 409
    assert "Deze stap kan nu niet" in words(answer)


def test_second_coordinator_reads_that_there_is_an_advisor(client):
    told = trajectories.walk("requested")
    client.force_login(told.coordinator)
    url = reverse("trajectories:assign", args=[told.trajectory.reference])
    data = {"assign": told.advisor.reference, "version": told.trajectory.version}
    assert client.post(url, data).status_code == 302
    assert "Deze aanvraag heeft al een adviseur." in words(client.post(url, data, follow=True))


def test_participant_withdraws_while_a_coordinator_looks(client):
    told = trajectories.walk("requested")
    told.open()
    version = told.trajectory.version
    told.end("withdrawn")
    client.force_login(told.coordinator)
    url = reverse("trajectories:assign", args=[told.trajectory.reference])
    assert client.post(url, {"assign": told.advisor.reference, "version": version}).status_code == 404
    assert told.trajectory.advisor is None


LONG = "lang verhaal " * 8_000
FROM_WORD = '<p class=MsoNormal style="x"><b>Wat past?</b><o:p></o:p></p>\u00a0\u2022\u00a0\u201cIets\u201d'


@pytest.mark.parametrize("page", PAGES[1:], ids=lambda page: f"{page.name} {page.button}")
def test_far_too_much_text_comes_back_whole(client, page):
    told = trajectories.walk(page.status)
    client.force_login(told.advisor.user)
    url = reverse(f"trajectories:{page.name}", args=[told.trajectory.reference])
    data = {key: LONG if value == TYPED else value for key, value in page.data(told).items()}
    answer = client.post(url, data | {page.button or "x": "yes", "version": told.trajectory.version})
    assert answer.status_code == 422
    assert LONG.strip() in answer.content.decode()


@pytest.mark.parametrize("page", PAGES[1:5], ids=lambda page: f"{page.name} {page.button}")
def test_markup_of_a_word_processor_is_left_out_and_said(client, page):
    told = trajectories.walk(page.status)
    client.force_login(told.advisor.user)
    url = reverse(f"trajectories:{page.name}", args=[told.trajectory.reference])
    data = {key: FROM_WORD if value == TYPED else value for key, value in page.data(told).items()}
    data |= {page.button or "x": "yes", "version": told.trajectory.version}
    said = words(client.post(url, data, follow=True))
    assert "De opmaak van de tekstverwerker is weggelaten; de woorden staan er allemaal." in said
    shown = client.get(url).content.decode()
    assert "Wat past? \u2022 \u201cIets\u201d" in words(client.get(url))
    assert "MsoNormal" not in shown


def test_advisor_who_filled_up_meanwhile_is_named(client):
    told = trajectories.walk("requested")
    version = told.trajectory.version
    told.advisor.maximum_caseload = 1
    told.advisor.save()
    trajectories.walk(
        "assigned",
        participant=people.employee("Lena Post"),
        advisor=told.advisor,
        coordinator=told.coordinator,
    )
    client.force_login(told.coordinator)
    url = reverse("trajectories:assign", args=[told.trajectory.reference])
    answer = client.post(url, {"assign": told.advisor.reference, "version": version})
    assert "Mirjam de Wit: Heeft nu geen ruimte." in words(answer)
    assert told.trajectory.advisor is None
