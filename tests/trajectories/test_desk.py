"""The desk: the day, what waits, promises, and sixty cases at the price of one."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal import clock
from portal.people.enums import Role
from tests.factories import advisors, people, trajectories
from tests.factories.retelling import retell
from trajectories import services
from trajectories.models import Trajectory

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    """An advisor with room for sixty, and a coordinator."""
    return {
        "advisor": advisors.advisor(maximum_caseload=60),
        "coordinator": people.holder(Role.COORDINATOR, "Karim Haddad"),
    }


def story(service, status, name="Samira el Idrissi", **given):
    return trajectories.walk(status, participant=people.employee(name), **service, **given)


def cost(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        page = client.get(url)
    assert page.status_code == 200
    return len(found), page.content.decode()


def cases_in(html):
    """Return the row headings of the caseload."""
    table = html[html.index("<table") :]
    return re.findall(r'<th scope="row".*?<a [^>]*>([^<]*)</a>', table, re.DOTALL)


def test_one_three_and_sixty_cases_cost_the_same(client, service):
    """T: caseload with 60 cases at a constant number of queries."""
    told = story(service, "in_progress", "Deelnemer Nummer0")
    told.talk()
    client.force_login(service["advisor"].user)
    url = reverse("trajectories:desk")
    one, _html = cost(client, url)
    for number in (1, 2):
        retell(told, people.employee(f"Deelnemer Nummer{number}"))
    three, html = cost(client, url)
    assert len(cases_in(html)) == 3
    for number in range(3, 60):
        retell(told, people.employee(f"Deelnemer Nummer{number}"))
    sixty, html = cost(client, url)
    assert (three, sixty) == (one, one)
    assert len(cases_in(html)) == 60
    assert html.count(trajectories.QUESTION[:20]) == 60


def test_sorted_and_filtered_through_the_address(client, service):
    story(service, "intake_done", "Anna Zeeman")
    story(service, "intake_done", "Zoë Aalders", moment=clock.now() - timedelta(days=60))
    story(service, "closed", "Bert Mulder")
    client.force_login(service["advisor"].user)
    url = reverse("trajectories:desk")

    def names(query):
        return cases_in(client.get(f"{url}?{query}").content.decode())

    assert names("") == ["Anna Zeeman", "Zoë Aalders", "Bert Mulder"]
    assert names("sort=name") == ["Zoë Aalders", "Anna Zeeman", "Bert Mulder"]
    assert names("only=mine") == ["Anna Zeeman", "Zoë Aalders"]
    assert names("phase=follow_up") == ["Bert Mulder"]
    assert names("sort=x&only=x&phase=x") == []
    assert names("sort=x&only=x") == ["Anna Zeeman", "Zoë Aalders", "Bert Mulder"]


def test_the_chosen_order_is_told_to_who_cannot_see_it(client, service):
    story(service, "intake_done")
    client.force_login(service["advisor"].user)
    html = client.get(reverse("trajectories:desk") + "?sort=name").content.decode()
    assert html.count('aria-sort="ascending"') == 1
    assert 'href="#case"' in html[: html.index("<table")]


def test_today_shows_talks_of_today_that_were_not_cancelled(client, service):
    told = story(service, "in_progress", moment=clock.now() - timedelta(days=60))
    day = clock.local(clock.today() + timedelta(days=3), 9)
    told.moment = clock.now()
    with told.acting(told.advisor.user, days=0) as actor:
        talks = [
            services.plan_conversation(
                actor=actor,
                trajectory=told.trajectory,
                starts_at=day + timedelta(hours=3 * number),
                ends_at=day + timedelta(hours=3 * number + 1),
                place=f"Kamer {number}",
            )
            for number in range(2)
        ]
        services.cancel_conversation(actor=actor, talk=talks[0])
    client.force_login(told.advisor.user)
    assert "Kamer" not in client.get(reverse("trajectories:desk")).content.decode()
    with clock.frozen(day):
        html = client.get(reverse("trajectories:desk")).content.decode()
    assert ("Kamer 0" in html, "Kamer 1" in html) == (False, True)
    record = reverse("trajectories:record_talk", args=[told.trajectory.reference, talks[1].reference])
    assert record in html[: html.index("<table")]
    assert "1 afspraak vandaag." in html


def test_what_waits_and_what_was_promised(client, service):
    asked = story(service, "assigned", "Anna Zeeman", moment=clock.now() - timedelta(days=40))
    client.force_login(service["advisor"].user)
    html = client.get(reverse("trajectories:desk")).content.decode()
    before_the_table = html[: html.index("<table")]
    assert reverse("trajectories:plan_intake", args=[asked.trajectory.reference]) in before_the_table
    assert re.search(r'class="late">[^<]+</span>: een eerste antwoord', before_the_table)


def test_cases_of_another_advisor_are_not_there(client, service):
    story(service, "intake_done")
    other = advisors.advisor("Ruben Vos")
    client.force_login(other.user)
    html = client.get(reverse("trajectories:desk")).content.decode()
    assert "Samira" not in html
    assert Trajectory.objects.count() == 0


def test_page_with_fifty_notes_and_forty_steps_costs_the_same(client):
    told = trajectories.walk("in_progress")
    told.note()
    told.plan("A", "Een", ("Stap",))
    client.force_login(told.participant)
    url = reverse("trajectories:page", args=[told.trajectory.reference])
    few, _html = cost(client, url)
    for number in range(49):
        told.note(text=f"Notitie {number}")
    told.plan("A", "Een", tuple(f"Stap {number}" for number in range(39)))
    many, html = cost(client, url)
    assert many == few
    assert html.count('class="steps__item') == 40
