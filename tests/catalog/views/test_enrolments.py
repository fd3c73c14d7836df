"""Enrolling and cancelling through the pages."""

import pytest

from catalog.enums import Pot
from catalog.models import Enrolment
from catalog.services.enrolling import enrol
from portal.privacy.viewer import viewing
from tests.factories import catalog, entitlements, people

pytestmark = pytest.mark.django_db


def address(run):
    return f"/nl/aanbod/{run.offering.slug}/inschrijven/"


def form(run, pot=Pot.FREE, **more):
    return {"session": run.reference, "pot": pot, "seen": f"{run.reference}:{pot}", **more}


def places(person):
    with viewing(person):
        return list(Enrolment.objects.values_list("session__reference", "status"))


def test_enrolling_takes_a_place_and_says_so(client):
    run, person = catalog.session(), people.employee()
    client.force_login(person)
    response = client.post(address(run), form(run), follow=True)
    assert places(person) == [(run.reference, "active")]
    page = response.content.decode()
    assert "U bent ingeschreven voor" in page
    assert "Uw inschrijving" in page


def test_a_choice_made_without_javascript_is_shown_first(client):
    run, other, person = catalog.session(), catalog.session(), people.employee()
    client.force_login(person)
    response = client.post(address(run), form(run, seen=f"{other.reference}:free"))
    assert response.status_code == 200
    assert 'name="seen"' in response.content.decode()
    assert places(person) == []


def test_visitors_sign_in_first(client):
    run = catalog.session()
    assert client.get(address(run)).status_code == 302
    assert client.post(address(run), form(run)).status_code == 302
    run.refresh_from_db()
    assert run.taken == 0


def test_a_full_date_is_refused_in_words(client):
    run, person = catalog.session(seats=1, held=1), people.employee()
    client.force_login(person)
    response = client.post(address(run), form(run))
    assert response.status_code == 409
    assert "Deze datum is vol" in response.content.decode()
    assert places(person) == []


@pytest.mark.parametrize("broken", [{"session": ""}, {"session": "nonsense"}])
def test_bad_input_shows_the_page_again(client, broken):
    run = catalog.session()
    client.force_login(people.employee())
    response = client.post(address(run), form(run) | broken)
    assert response.status_code == 422
    assert "Kies eerst een datum" in response.content.decode()


@pytest.fixture
def enrolled():
    person = people.employee()
    with viewing(person):
        return person, enrol(session=catalog.session(), pot=Pot.FREE, actor=person)


def test_cancelling_asks_first_and_gives_the_place_back(client, enrolled):
    person, enrolment = enrolled
    client.force_login(person)
    there = f"/nl/inschrijvingen/{enrolment.reference}/afzeggen/"
    assert "Afzeggen voor" in client.get(there).content.decode()
    assert places(person)[0][1] == "active"
    client.post(there)
    client.post(there)
    assert places(person)[0][1] == "cancelled"


def test_before_cancelling_one_reads_what_becomes_of_the_money(client):
    person = people.employee()
    entitlements.account(person, 40_000)
    offering = catalog.offering(cost_eur=195, pots={Pot.OWN_BUDGET: catalog.notice()})
    with viewing(person):
        made = enrol(session=catalog.session(offering), pot=Pot.OWN_BUDGET, actor=person)
    client.force_login(person)
    shown = client.get(f"/nl/inschrijvingen/{made.reference}/afzeggen/").content.decode()
    assert "U zegt kosteloos af: de €\N{NO-BREAK SPACE}195 die vaststond, komt weer vrij." in shown


def test_nobody_else_reaches_an_enrolment(client, enrolled):
    person, enrolment = enrolled
    there = f"/nl/inschrijvingen/{enrolment.reference}/afzeggen/"
    assert client.post(there).status_code == 302
    client.force_login(people.user("Vreemde Eend"))
    assert client.post(there).status_code == 404
    assert client.post("/nl/inschrijvingen/222222222222/afzeggen/").status_code == 404
    assert client.delete(there).status_code == 405
    assert places(person)[0][1] == "active"
