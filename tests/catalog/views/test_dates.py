"""The pages on which an editor adds and changes dates."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from catalog.models import Session
from portal import clock
from portal.people.enums import Role
from portal.people.models import User
from tests.catalog.views.test_editing import text
from tests.factories import catalog, people

pytestmark = pytest.mark.django_db
NO_MEETINGS = {"meetings-TOTAL_FORMS": "0", "meetings-INITIAL_FORMS": "0"}


@pytest.fixture
def editor(client: Client) -> User:
    person = people.holder(Role.EDITOR, "Noor Kok")
    client.force_login(person)
    return person


def typed(moment: datetime) -> str:
    """Return a moment as the browser's field sends it."""
    return f"{moment.astimezone(clock.AMSTERDAM):%Y-%m-%dT%H:%M}"


def form(**changes: Any) -> dict[str, Any]:
    start = clock.local(clock.today() + timedelta(days=40), 9, 30)
    sent = {
        "starts_at": typed(start),
        "ends_at": typed(start + timedelta(hours=3)),
        "language": "nl",
        "seats": "12",
    }
    return {**sent, **NO_MEETINGS, **changes}


def test_a_date_is_added_with_its_terms_and_a_later_meeting(client: Client, editor: User) -> None:
    offering = catalog.offering()
    later = clock.local(clock.today() + timedelta(days=47), 9, 30)
    meeting = {
        "meetings-TOTAL_FORMS": "2", "meetings-0-starts_at": typed(later),
        "meetings-0-ends_at": typed(later + timedelta(hours=2)), "meetings-0-room_nl": "Zaal 2",
    }  # fmt: skip
    address = f"/nl/aanbod-beheren/item/{offering.slug}/nieuwe-datum/"
    assert client.get(address).status_code == 200
    assert client.post(address, form(room_nl="Zaal 1", **meeting)).status_code == 302
    run = Session.objects.get(offering=offering)
    assert (run.seats, run.room, run.meetings.get().room) == (12, "Zaal 1", "Zaal 2")
    assert run.starts_at - run.enrol_until == timedelta(hours=12)
    assert "Zaal 1" in text(client.get(f"/nl/aanbod/{offering.slug}/"))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"starts_at": "2020-01-01T09:00"}, "Kies een moment dat nog komt."),
        ({"ends_at": "2020-01-01T09:00"}, "kan niet eindigen voordat"),
        ({"seats": "0"}, "Aantal plaatsen:"),
        ({"enrol_until": "2090-01-01T09:00"}, "Dit eindigt voordat de datum begint."),
        ({"held": "13"}, "Dit zijn er meer dan er plaatsen zijn."),
        ({"meetings-TOTAL_FORMS": "1", "meetings-0-room_nl": "Zaal"}, "Vul in wanneer het begint en eindigt"),
        ({"meetings-TOTAL_FORMS": "x"}, "ManagementForm"),
        ({"starts_at": ""}, "Begint:"),
    ],
)
def test_odd_dates_bring_the_form_back(
    client: Client, editor: User, wrong: dict[str, str], sentence: str
) -> None:
    address = f"/nl/aanbod-beheren/item/{catalog.offering().slug}/nieuwe-datum/"
    response = client.post(address, form(room_nl="Wat ik typte", **wrong))
    assert response.status_code == 422
    assert 'value="Wat ik typte"' in response.content.decode()
    assert sentence in text(response)
    assert not Session.objects.exists()


def test_a_date_is_changed_and_the_second_editor_is_told(client: Client, editor: User) -> None:
    run = catalog.session()
    address = f"/nl/aanbod-beheren/data/{run.reference}/wijzigen/"
    assert client.get(address).status_code == 200
    assert client.post(address, form(room_nl="Zaal 7", version="1")).status_code == 302
    stale = client.post(address, form(room_nl="Zaal 8", version="1"))
    assert stale.status_code == 409
    html = stale.content.decode()
    assert "Zaal 7" in html
    assert 'value="Zaal 8"' in html
    assert 'name="version" value="2"' in html
    assert client.post(address, form(room_nl="Zaal 8", version="2")).status_code == 302
    few = client.post(address, form(version="3", seats="5", held="9"))
    assert few.status_code == 422


def test_a_date_of_another_faculty_does_not_exist(client: Client) -> None:
    run = catalog.session(catalog.offering(faculty=people.faculty("LAW")))
    client.force_login(people.holder(Role.EDITOR, of=people.faculty("SCI")))
    for more in ("", "wijzigen/", "laten-vervallen/"):
        assert client.get(f"/nl/aanbod-beheren/data/{run.reference}/{more}").status_code == 404
    assert run.offering.title not in text(client.get("/nl/aanbod-beheren/data/"))
    client.force_login(people.employee())
    assert client.get(f"/nl/aanbod-beheren/data/{run.reference}/wijzigen/").status_code == 403
