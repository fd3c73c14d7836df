"""Calendar, guide and the editors' desk."""

from datetime import timedelta

import icalendar
import pytest

from catalog.enums import Status
from catalog.models import MissedSearch
from catalog.services import content
from catalog.services.content import interventions, reference
from portal import clock
from portal.people.enums import Role
from tests.factories import catalog, people

pytestmark = pytest.mark.django_db


def test_the_calendar_lists_what_is_coming_and_public(client):
    run = catalog.session(catalog.offering("Avond voorbij de academie"))
    catalog.session(catalog.offering("Intern", is_public=False))
    catalog.session(catalog.offering("Voorbij"), in_days=-3)
    catalog.session(catalog.offering("Afgelast"), cancelled_at=clock.now())
    assert list(client.get("/nl/agenda/").context["page"].object_list) == [run]


def test_a_month_shows_its_days(client):
    run = catalog.session(catalog.offering("Leesuur"))
    day = run.starts_at.astimezone(clock.AMSTERDAM).date()
    month = client.get(f"/nl/agenda/{day.year}/{day.month}/").context["month"]
    assert [(cell.day, cell.sessions) for week in month.weeks for cell in week if cell.sessions] == [
        (day, [run])
    ]
    assert client.get("/nl/agenda/2026/13/").status_code == 404


def test_the_feed_follows_the_filter_and_holds_public_things_only(client):
    wanted = catalog.session(catalog.offering("Leesuur", theme=catalog.theme("get_inspired")))
    catalog.session(catalog.offering("Netwerken"))
    catalog.session(catalog.offering("Intern", theme=catalog.theme("get_inspired"), is_public=False))
    client.force_login(people.employee())
    response = client.get("/nl/agenda/agenda.ics", {"theme": "get_inspired"})
    events = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    assert [(str(event["summary"]), str(event["uid"])) for event in events] == [
        ("Leesuur", f"session-{wanted.reference}@portal")
    ]


def test_the_guide_leads_to_every_intervention(client):
    reference.load_lists(content.read("portal"), content.read("career_factors"))
    interventions.load_interventions(content.read("interventions"), content.search_words())
    paths = client.get("/nl/interventiewijzer/", {"who": "employer"}).context["paths"]
    assert {path.actor for path in paths} == {"employer"}
    both = client.get("/nl/interventiewijzer/").context["paths"]
    found = [one for path in both for one in path.interventions]
    assert len(found) == 22
    page = client.get(f"/nl/interventiewijzer/{found[0].slug}/").content.decode()
    assert found[0].title in page
    assert client.get("/nl/interventiewijzer/bestaat-niet/").status_code == 404


def test_the_desk_is_for_editors_and_shows_what_to_do(client):
    catalog.offering("Concept", status=Status.DRAFT)
    catalog.offering("Te laat", review_on=clock.today() - timedelta(days=1))
    catalog.offering("Op tijd")
    MissedSearch.objects.create(text="zweefvliegen", language="nl", times=4)
    client.force_login(people.employee())
    assert client.get("/nl/aanbod-beheren/").status_code == 403
    client.force_login(people.holder(Role.EDITOR))
    shelf = client.get("/nl/aanbod-beheren/").context["shelf"]
    assert [str(row) for row in shelf.page] == ["Te laat", "Concept", "Op tijd"]
    assert (shelf.counts["draft"], shelf.counts["published"], shelf.counts["overdue"]) == (1, 2, 1)
    missed = client.get("/nl/aanbod-beheren/gezocht/").context["missed"]
    assert [(row["text"], row["total"]) for row in missed] == [("zweefvliegen", 4)]
