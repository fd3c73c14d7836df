"""Lists and pages: who finds what there, at a constant number of queries, and what each look leaves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.people.enums import Role
from portal.privacy.models import DossierRead
from portal.privacy.viewer import viewing
from tests.factories import people, trajectories
from trajectories.enums import Notebook

pytestmark = pytest.mark.django_db


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        page = client.get(url)
    assert page.status_code == 200
    return len(found), page.content.decode()


def stories(count, status, **given):
    return [
        trajectories.walk(status, participant=people.employee(f"Deelnemer Nummer{number}"), **given)
        for number in range(count)
    ]


def test_board_lists_requests_without_their_text(client):
    coordinator = people.holder(Role.COORDINATOR, "Karim Haddad")
    stories(1, "requested", coordinator=coordinator)
    client.force_login(coordinator)
    one, _page = queries(client, reverse("trajectories:board"))
    stories(2, "requested", coordinator=coordinator)
    three, page = queries(client, reverse("trajectories:board"))
    assert three == one
    assert page.count("Deelnemer Nummer") == 6  # a name and the label of its link
    assert trajectories.QUESTION not in page
    assert "data-dossier" not in page


def test_own_list_shows_own_trajectories_only(client):
    told = trajectories.walk("withdrawn")
    trajectories.walk("requested", coordinator=told.coordinator)
    client.force_login(told.participant)
    one, page = queries(client, reverse("trajectories:own"))
    assert page.count("<article") == 1
    for _again in range(2):
        trajectories.advance(told, "withdrawn")
    three, page = queries(client, reverse("trajectories:own"))
    assert (three, page.count("<article")) == (one, 3)


def test_page_costs_the_same_with_one_note_and_step_or_many(client):
    told = trajectories.walk("in_progress")
    told.note(Notebook.SHARED)
    told.plan("A", "Een", ("Stap",))
    client.force_login(told.participant)
    url = reverse("trajectories:page", args=[told.trajectory.reference])
    few, _page = queries(client, url)
    for number in range(5):
        told.note(Notebook.SHARED, f"Notitie {number}")
    told.plan("A", "Een", tuple(f"Stap {number}" for number in range(8)))
    many, _page = queries(client, url)
    assert many == few


def test_page_shows_each_side_its_own_texts_only(client):
    told = trajectories.walk("in_progress")
    told.note(Notebook.OWN_PARTICIPANT, "Alleen voor mij als deelnemer")
    told.note(Notebook.SHARED, "Voor ons beiden")
    told.note(Notebook.OWN_ADVISOR, "Alleen voor mij als adviseur")
    told.plan("B", "Stiekem plan", ("Verborgen stap",))
    url = reverse("trajectories:page", args=[told.trajectory.reference])
    client.force_login(told.participant)
    mine = client.get(url).content.decode()
    client.force_login(told.advisor.user)
    theirs = client.get(url).content.decode()
    words = ("als deelnemer", "Voor ons beiden", "als adviseur", "Stiekem plan", "Verborgen stap")
    assert [word in mine for word in words] == [True, True, False, True, True]
    assert [word in theirs for word in words] == [False, True, True, False, False]


def test_first_rating_is_absent_from_the_others_page(client):
    told = trajectories.walk("closing")
    told.rate(told.participant, value="not_achieved")
    url = reverse("trajectories:closing", args=[told.trajectory.reference])
    client.force_login(told.participant)
    assert "Niet bereikt" in client.get(url).content.decode()
    client.force_login(told.advisor.user)
    before = client.get(url).content.decode()
    assert "<table" not in before
    told.rate(told.advisor.user, value="partly_achieved")
    after = client.get(url).content.decode()
    assert "Niet bereikt" in after
    assert "Deels bereikt" in after


def test_each_look_of_coordinator_and_advisor_stands_in_the_log(client):
    told = trajectories.walk("requested")
    client.force_login(told.coordinator)
    client.get(reverse("trajectories:assign", args=[told.trajectory.reference]))
    told.assign()
    again = client.get(reverse("trajectories:assign", args=[told.trajectory.reference]), follow=True)
    assert trajectories.QUESTION not in again.content.decode()
    client.force_login(told.advisor.user)
    client.get(reverse("trajectories:page", args=[told.trajectory.reference]))
    with viewing(told.participant):
        rows = set(DossierRead.objects.values_list("reader__surname", "what"))
    assert rows == {("Haddad", "request"), ("Wit", "page")}
    client.force_login(told.participant)
    page = client.get(reverse("trajectories:page", args=[told.trajectory.reference])).content.decode()
    assert "Karim Haddad" in page


def test_whoever_opened_it_stays_in_sight_however_often_another_did(client):
    told = trajectories.walk("requested")
    client.force_login(told.coordinator)
    client.get(reverse("trajectories:assign", args=[told.trajectory.reference]))
    told.assign()
    page = reverse("trajectories:page", args=[told.trajectory.reference])
    client.force_login(told.advisor.user)
    for _look in range(12):
        client.get(page)
    client.force_login(told.participant)
    few, html = queries(client, page)
    assert (html.count("Uw adviseur</td>"), "12 keer" in html) == (1, True)
    assert "Karim Haddad" in html[html.index('id="opened"') :]
    client.force_login(told.advisor.user)
    client.get(reverse("trajectories:closing", args=[told.trajectory.reference]))
    client.force_login(told.participant)
    assert queries(client, page)[0] == few


@pytest.mark.parametrize("page", ["desk", "board"])
def test_work_pages_are_for_their_role(client, page):
    url = reverse(f"trajectories:{page}")
    assert "/login/" in client.get(url)["Location"]
    client.force_login(people.employee())
    assert client.get(url).status_code == 403


def test_manager_of_the_participant_sees_nothing_of_it_anywhere(client):
    told = trajectories.walk("in_progress")
    manager = people.managed(told.participant)
    client.force_login(manager)
    for name in ("home", "mine", "trajectories:own"):
        page = client.get(reverse(name)).content.decode()
        assert told.trajectory.reference not in page
        assert "Samira" not in page
    assert client.get(reverse("trajectories:page", args=[told.trajectory.reference])).status_code == 404
