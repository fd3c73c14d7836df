"""What people, old pages and forged forms send to the enrol page: plain words, and nothing is changed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from catalog.enums import Pot, Status
from catalog.models import Enrolment, Offering
from portal import clock
from portal.entitlements.models import Account
from tests.catalog.views.test_queue import plain, send
from tests.factories import catalog, entitlements, people
from tests.factories.database import as_owner

pytestmark = pytest.mark.django_db


def made() -> list[tuple[str, int]]:
    """Return budget and price of every enrolment there is."""
    with as_owner():
        return list(Enrolment.objects.values_list("pot", "cost_eur"))


def test_a_double_click_is_one_place(client: Client) -> None:
    """B1: the second click says the same and takes nothing more."""
    run = catalog.session()
    client.force_login(people.employee())
    answers = [send(client, run) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert made() == [(Pot.FREE, 0)]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"starts_at": -1}, "Deze datum is voorbij."),
        ({"cancelled_at": 0}, "De organisator heeft deze datum afgelast."),
        ({"enrol_until": -1}, "Inschrijven voor deze datum kan niet meer."),
    ],
)
def test_an_old_page_of_a_date_that_is_over_called_off_or_closed(
    client: Client, change: dict[str, int], sentence: str
) -> None:
    run = catalog.session()
    client.force_login(people.employee())
    now = clock.now()
    fields: dict[str, Any] = {name: now + timedelta(days=days) for name, days in change.items()}
    if "starts_at" in fields:
        fields |= {"enrol_until": fields["starts_at"], "ends_at": now}
    type(run).objects.filter(pk=run.pk).update(**fields)
    answer = send(client, run)
    assert (answer.status_code, made()) == (409, [])
    assert sentence in plain(answer)


def test_when_a_date_was_called_off_meanwhile_the_others_are_there_to_choose(client: Client) -> None:
    """Not the sentence that all is closed, and not another date to confirm at once."""
    run = catalog.session()
    other = catalog.session(run.offering, in_days=60)
    client.force_login(people.employee())
    type(run).objects.filter(pk=run.pk).update(cancelled_at=clock.now())
    shown = plain(send(client, run))
    assert "De organisator heeft deze datum afgelast." in shown
    assert "Alle data zijn gesloten." not in shown
    assert f'id="date-{other.reference}" value="{other.reference}" checked' in shown
    assert send(client, other).status_code == 302


def test_an_old_page_of_an_offering_that_was_archived(client: Client) -> None:
    run = catalog.session()
    client.force_login(people.employee())
    Offering.objects.filter(pk=run.offering_id).update(status=Status.ARCHIVED)
    assert (send(client, run).status_code, made()) == (404, [])


def test_an_old_page_with_another_price_shows_the_price_of_now_first(client: Client) -> None:
    """B14: nobody pays what was not shown at the button."""
    person = people.employee()
    entitlements.rule()
    entitlements.account(person, 50_000)
    run = catalog.session(catalog.offering(cost_eur=195, pots={Pot.OWN_BUDGET: catalog.notice()}))
    client.force_login(person)
    assert 'name="cost" value="195"' in plain(client.get(f"/nl/aanbod/{run.offering.slug}/"))
    Offering.objects.filter(pk=run.offering_id).update(cost_eur=240)
    answer = send(client, run, Pot.OWN_BUDGET, cost="195")
    assert (answer.status_code, made()) == (409, [])
    assert "De prijs is veranderd" in plain(answer)
    assert "€ 240" in plain(answer)
    assert send(client, run, Pot.OWN_BUDGET, cost="240").status_code == 302
    assert made() == [(Pot.OWN_BUDGET, 240)]


def test_a_forged_price_or_budget_is_not_believed(client: Client) -> None:
    person = people.employee()
    purse: Account = entitlements.account(person, 50_000)
    run = catalog.session(catalog.offering(cost_eur=195, pots={Pot.OWN_BUDGET: catalog.notice()}))
    client.force_login(person)
    assert send(client, run, Pot.OWN_BUDGET, cost="0").status_code == 409
    assert send(client, run, Pot.FREE).status_code == 409
    assert send(client, run, Pot.REFERRAL).status_code == 409
    assert made() == []
    assert send(client, run, Pot.OWN_BUDGET, cost_eur="0", participant="1").status_code == 302
    purse.refresh_from_db()
    assert (purse.free, purse.held) == (30_500, 19_500)


def test_somebody_of_another_faculty_sees_why_and_a_forged_form_is_refused(client: Client) -> None:
    """A5: an offering for one faculty is for that faculty."""
    run = catalog.session(catalog.offering(faculty=people.faculty("SCI", name_nl="Bètawetenschappen")))
    client.force_login(people.employee(code="LAW"))
    assert "kunnen zich hier inschrijven" in plain(client.get(f"/nl/aanbod/{run.offering.slug}/"))
    answer = send(client, run, faculty="SCI")
    assert (answer.status_code, made()) == (409, [])
    assert "alleen voor medewerkers van één faculteit" in plain(answer)
    client.force_login(people.employee(code="SCI"))
    assert send(client, run).status_code == 302


def test_a_date_of_another_offering_is_no_date_of_this_one(client: Client) -> None:
    run, other = catalog.session(), catalog.session()
    client.force_login(people.employee())
    data = {"session": other.reference, "pot": Pot.FREE, "seen": f"{other.reference}:free"}
    answer = client.post(f"/nl/aanbod/{run.offering.slug}/inschrijven/", data)
    assert (answer.status_code, made()) == (422, [])
