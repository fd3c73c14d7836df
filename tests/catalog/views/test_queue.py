"""The pages of the queue, the manager's answer and the organiser's dates."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.enums import EnrolmentStatus, Pot
from catalog.models import Deputy, Session
from portal import clock
from portal.people.enums import Role
from portal.people.models import User
from tests.catalog.services.test_approving import question
from tests.catalog.services.world import asking, crowd, fresh, give_back, take, work
from tests.factories import catalog, entitlements, people

pytestmark = pytest.mark.django_db


def page(client: Client, address: str, person: User | None = None) -> str:
    """Return a page with its spaces made plain."""
    if person:
        client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200
    return plain(response)


def plain(response: Any) -> str:
    """Return what a response says."""
    return " ".join(response.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def offering_of(run: Session) -> str:
    """Return the address of the offering."""
    return f"/nl/aanbod/{run.offering.slug}/"


def send(client: Client, run: Session, pot: str = Pot.FREE, **more: str) -> Any:
    """Press the button of the enrol panel."""
    data = {"session": run.reference, "pot": pot, "seen": f"{run.reference}:{pot}", **more}
    return client.post(f"{offering_of(run)}inschrijven/", data)


def test_a_full_date_shows_the_number_one_gets_and_takes_one_into_the_queue(client: Client) -> None:
    run, (first, second) = catalog.session(seats=1), crowd(2)
    take(run, first)
    shown = page(client, offering_of(run), second)
    assert "Wachtlijst: u wordt nummer 1." in shown
    assert send(client, run).status_code == 409
    assert send(client, run, waits="yes").status_code == 302
    after = page(client, offering_of(run))
    assert "U bent nummer 1 op de wachtlijst." in after
    assert "Wachtlijst: u bent nummer 1" in page(client, "/nl/")


def test_an_offer_shows_its_clock_and_is_taken_with_one_button(client: Client) -> None:
    run, (first, second) = catalog.session(seats=1), crowd(2)
    taken, turn = take(run, first), take(run, second)
    give_back(taken)
    work()
    assert "Wij houden een plaats voor u vast tot" in page(client, offering_of(run), second)
    assert client.post(f"/nl/inschrijvingen/{turn.reference}/aannemen/").status_code == 302
    assert fresh(turn).status == EnrolmentStatus.ACTIVE
    assert "U bent ingeschreven" in page(client, "/nl/")


def test_an_offer_shows_who_is_told_and_what_is_left_before_it_is_taken(client: Client) -> None:
    """B1, B4: cost, budget and the exact message stand above the button of an offer, too."""
    manager = people.employee("Hanneke Bos")
    told = catalog.notice(
        "day_out", is_manager_told=True, message_nl="{name} komt op {date}.", message_en="{name}"
    )
    run = catalog.session(catalog.offering(cost_eur=195, pots={Pot.OWN_BUDGET: told}), seats=1)
    first, second = crowd(1)[0], people.employee("Samira el Idrissi", manager=manager)
    entitlements.rule()
    for person in (first, second):
        entitlements.account(person, 40_000)
    taken = take(run, first, Pot.OWN_BUDGET)
    take(run, second, Pot.OWN_BUDGET)
    give_back(taken)
    work()
    shown = page(client, offering_of(run), second)
    button = shown.index("De plaats op")
    for words in ("Hanneke Bos krijgt dit bericht:", "Samira el Idrissi komt op", "€ 205", "€ 195"):
        assert shown.index(words) < button


def test_an_offer_that_is_over_says_so(client: Client) -> None:
    run, (first, second) = catalog.session(seats=1), crowd(2)
    taken, turn = take(run, first), take(run, second)
    give_back(taken)
    work()
    client.force_login(second)
    with clock.frozen(clock.now() + timedelta(hours=49)):
        client.post(f"/nl/inschrijvingen/{turn.reference}/aannemen/")
        assert "wordt niet meer voor u vastgehouden" in page(client, offering_of(run))


@pytest.mark.parametrize("act", ["aannemen", "verzetten", "afzeggen"])
def test_somebody_elses_enrolment_does_not_exist(client: Client, act: str) -> None:
    run, (first, stranger) = catalog.session(), crowd(2)
    enrolment = take(run, first)
    client.force_login(stranger)
    address = f"/nl/inschrijvingen/{enrolment.reference}/{act}/"
    assert client.post(address, {"session": run.reference}).status_code == 404
    assert fresh(enrolment).status == EnrolmentStatus.ACTIVE
    client.logout()
    assert client.post(address)["Location"].startswith("/nl/account/login/")


def test_moving_shows_the_free_dates_and_goes_there(client: Client) -> None:
    offering = catalog.offering()
    before, after, full = (
        catalog.session(offering),
        catalog.session(offering),
        catalog.session(offering, seats=1),
    )
    first, second = crowd(2)
    take(full, second)
    enrolment = take(before, first)
    address = f"/nl/inschrijvingen/{enrolment.reference}/verzetten/"
    shown = page(client, address, first)
    assert (after.reference in shown, full.reference in shown, before.reference in shown) == (
        True,
        False,
        False,
    )
    assert client.post(address, {"session": full.reference}).status_code == 422
    assert client.post(address, {"session": after.reference}).status_code == 302
    assert fresh(enrolment).session == after


def test_the_panel_shows_who_is_asked_with_the_exact_message_and_the_term(client: Client) -> None:
    run, person, manager = asking()
    client.force_login(person)
    shown = page(client, f"{offering_of(run)}?session={run.reference}&pot=department")
    assert "Hanneke Bos" in shown
    assert "Samira el Idrissi vraagt Helder schrijven, € 195. Antwoord vóór" in shown
    assert "Zonder antwoord vervalt de vraag en kost het niets." in shown
    assert 'id="pays-department"' in shown, "htmx keeps the focus where the key was pressed by this"
    assert send(client, run, Pot.DEPARTMENT).status_code == 302
    assert "Hanneke Bos is gevraagd en kan antwoorden tot" in page(client, offering_of(run))
    inbox = page(client, "/nl/akkoord/", manager)
    assert "Samira el Idrissi vraagt Helder schrijven, € 195." in inbox


def test_the_manager_answers_once_and_a_second_answer_says_so(client: Client) -> None:
    run, person, manager = asking()
    enrolment = take(run, person, Pot.DEPARTMENT)
    address = f"/nl/akkoord/{question(enrolment).reference}/"
    client.force_login(manager)
    odd = client.post(address, {"answer": "perhaps", "reason": "Ik twijfel"})
    assert (odd.status_code, "Kies ja of nee." in plain(odd), "Ik twijfel" in plain(odd)) == (422, True, True)
    assert client.get(address).status_code == 405
    bare = client.post(address, {"answer": "no"})
    assert (bare.status_code, "Zeg in een zin waarom niet" in plain(bare)) == (422, True)
    for _click in range(2):
        assert client.post(address, {"answer": "no", "reason": "Te druk."}).status_code == 302
    assert "Te druk." in page(client, "/nl/akkoord/")
    client.post(address, {"answer": "yes"})
    assert "geen antwoord meer nodig" in page(client, "/nl/akkoord/")
    assert fresh(enrolment).status == EnrolmentStatus.REFUSED


def test_nobody_answers_for_a_manager_but_the_deputy(client: Client) -> None:
    run, person, manager = asking()
    colleague = people.employee("Piet Blok")
    enrolment = take(run, person, Pot.DEPARTMENT)
    address = f"/nl/akkoord/{question(enrolment).reference}/"
    for other in (person, colleague):
        client.force_login(other)
        assert client.post(address, {"answer": "yes"}).status_code == 404
    client.force_login(colleague)
    assert client.get("/nl/akkoord/").status_code == 403
    client.force_login(manager)
    today = clock.today().isoformat()
    wrong = client.post(
        "/nl/akkoord/vervanger/",
        {"email": "niemand@universiteit.example", "starts_on": today, "ends_on": today},
    )
    assert (wrong.status_code, "Wij kennen geen collega" in plain(wrong)) == (422, True)
    client.post("/nl/akkoord/vervanger/", {"email": colleague.email, "starts_on": today, "ends_on": today})
    assert "Piet Blok antwoordt voor u van" in page(client, "/nl/akkoord/")
    assert "U antwoordt voor Hanneke Bos." in page(client, "/nl/akkoord/", colleague)
    for asked in (colleague, manager):
        assert "1 collega wacht op uw ja of nee." in page(client, "/nl/", asked)
    assert "wacht op uw ja of nee" not in page(client, "/nl/", person)
    client.force_login(colleague)
    client.post(address, {"answer": "yes"})
    assert fresh(enrolment).status == EnrolmentStatus.ACTIVE
    period = Deputy.objects.get()
    client.post(f"/nl/akkoord/vervanger/{period.pk}/beeindigen/")
    assert Deputy.objects.count() == 1
    client.force_login(manager)
    client.post(f"/nl/akkoord/vervanger/{period.pk}/beeindigen/")
    assert Deputy.objects.count() == 0


def test_the_organiser_changes_seats_and_calls_off_and_others_do_not(client: Client) -> None:
    run, (first, second) = catalog.session(seats=1), crowd(2)
    sure, turn = take(run, first), take(run, second)
    address = f"/nl/aanbod-beheren/data/{run.reference}/"
    client.force_login(first)
    assert [
        client.get(where).status_code
        for where in ("/nl/aanbod-beheren/data/", address, f"{address}laten-vervallen/")
    ] == [403] * 3
    client.force_login(people.holder(Role.EDITOR))
    assert "Persoon Nummer0" in page(client, address)
    low = client.post(address, {"seats": 0})
    assert low.status_code == 422
    client.post(address, {"seats": 2})
    work()
    assert fresh(turn).status == EnrolmentStatus.OFFERED
    assert "Er zijn al meer plaatsen bezet." in plain(client.post(address, {"seats": 1}))
    assert client.post(f"{address}laten-vervallen/").status_code == 302
    work()
    assert {fresh(row).status for row in (sure, turn)} == {EnrolmentStatus.CANCELLED}


def test_a_confidential_offering_lists_no_names(client: Client) -> None:
    silent = catalog.notice("none_confidential", is_list_shown=False)
    run = catalog.session(catalog.offering(pots={Pot.FREE: silent}))
    take(run, people.employee("Samira el Idrissi"))
    shown = page(client, f"/nl/aanbod-beheren/data/{run.reference}/", people.holder(Role.EDITOR))
    assert "Samira" not in shown


def test_lists_ask_no_more_queries_when_they_grow(client: Client) -> None:
    run, person, manager = asking()
    take(run, person, Pot.DEPARTMENT)
    editor = people.holder(Role.EDITOR)
    addresses = [
        ("/nl/akkoord/", manager),
        ("/nl/aanbod-beheren/data/", editor),
        (f"/nl/aanbod-beheren/data/{run.reference}/", editor),
    ]

    def counts() -> list[int]:
        found = []
        for address, who in addresses:
            client.force_login(who)
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found.append(len(queries))
        return found

    one = counts()
    for number in range(2):
        take(run, people.employee(f"Nog Iemand{number}", manager=manager), Pot.DEPARTMENT)
        catalog.session(run.offering)
    assert counts() == one
