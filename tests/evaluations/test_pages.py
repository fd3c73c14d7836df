"""The pages of figures and releases, as each reader meets them."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from evaluations.enums import ReleaseState
from evaluations.models import Indicator, Release
from portal import clock
from portal.delivery.models import Job
from portal.organisation.models import Faculty
from portal.people.enums import Role
from portal.people.models import User
from tests.factories import people
from tests.factories.database import as_owner
from tests.factories.evaluations import release

pytestmark = pytest.mark.django_db
SENTENCE = "Hidden: few people, or another hidden figure could be worked out from it."


def words(response) -> str:
    text = re.sub(r"<(script|template).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.fixture
def art() -> Faculty:
    return people.faculty("ART")


@pytest.fixture
def sci(art) -> Faculty:
    return people.faculty("SCI")


@pytest.fixture
def central(sci, client: Client) -> User:
    person = people.holder(Role.HR, "Joost Terpstra", language="en")
    client.force_login(person)
    return person


@pytest.fixture
def of_sci(sci, client: Client) -> User:
    person = people.holder(Role.HR, "Fenna Bakker", of=sci)
    client.force_login(person)
    return person


EXAMPLE: dict[str, Any] = {
    "requests": {"SCI": (27, 27), "ART": None, "all": (80, 80)},
    "closings": {"SCI": None, "ART": None, "all": (31, 31)},
    "satisfaction": {"SCI": (85, 100), "ART": (80, 80), "all": (80, 80)},
}


def test_hr_of_a_faculty_sees_its_own_figures_beside_the_universitys(of_sci, client: Client) -> None:
    release(**EXAMPLE)
    text = words(client.get("/en/figures/"))
    assert "Faculty SCI" in text
    assert "Requests 27 University 80" in text
    assert "over 85%" in text
    assert SENTENCE in text
    assert "Faculty ART" not in text


def test_hr_of_a_faculty_cannot_open_another_faculty_or_the_university(of_sci, client: Client) -> None:
    release(**EXAMPLE)
    assert client.get("/en/figures/?faculty=ART").status_code == 404
    assert client.get("/en/figures/?faculty=").status_code == 404
    assert client.post("/en/figures/report/", {"period": "2026Q3", "faculty": "ART"}).status_code == 404


def test_hidden_figure_has_the_mark_and_no_comparison(of_sci, client: Client) -> None:
    release(closings={"SCI": None, "all": (31, 31)})
    text = words(client.get("/en/figures/"))
    assert "Closed trajectories Hidden" in text
    assert "31" not in text


def test_quarter_before_stands_beside_it_only_when_it_was_released(of_sci, client: Client) -> None:
    release(requests={"SCI": (27, 27)})
    before = release("2026Q2", ReleaseState.PREPARED, requests={"SCI": (19, 19)})
    assert "19" not in words(client.get("/en/figures/"))
    with as_owner():
        Release.objects.filter(pk=before.pk).update(state=ReleaseState.RELEASED, released_at=clock.now())
    assert "quarter before 19" in words(client.get("/en/figures/?period=2026Q3"))


def test_central_hr_sees_every_faculty_in_one_table(central, client: Client) -> None:
    release(**EXAMPLE)
    text = words(client.get("/en/figures/"))
    table = text[text.index("Side by side") :]
    assert re.search(
        r"Faculty ART Hidden Hidden 80%.*Faculty SCI 27 Hidden over 85%.*University 80 31 80%", table
    )


def test_every_indicator_is_there_with_its_definition(of_sci, client: Client) -> None:
    release(requests={"SCI": (27, 27)})
    text = words(client.get("/en/figures/"))
    with translation.override("en"):
        rows = [(row.key, str(row.label), str(row.definition)) for row in Indicator.objects.all()]
    assert [key for key, label, definition in rows if label not in text or definition not in text] == []
    assert text.index("No data yet") < text.index("Recommendation score")


def test_dutch_page_speaks_dutch(of_sci, client: Client) -> None:
    release(closings={"SCI": None})
    text = words(client.get("/nl/cijfers/"))
    assert "Verborgen: weinig mensen, of een ander verborgen getal zou eruit te berekenen zijn." in text
    assert "3e kwartaal 2026" in text
    assert "Vrijgegeven op 12 oktober 2026" in text


def test_without_a_release_the_page_says_why(of_sci, client: Client) -> None:
    assert "No quarter has been released yet" in words(client.get("/en/figures/"))


@pytest.mark.parametrize("period", ["2026Q2", "2026Q9", "x", "2026Q3' or 1=1"])
def test_unknown_period_is_not_found(of_sci, client: Client, period: str) -> None:
    release(requests={"SCI": (27, 27)})
    assert client.get("/en/figures/", {"period": period}).status_code == 404


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.COORDINATOR, Role.EDITOR, Role.ADMINISTRATOR, None])
@pytest.mark.parametrize("address", ["figures/", "figures/releases/", "figures/releases/2026Q3/"])
def test_figures_are_for_hr_only(client: Client, role: Role | None, address: str) -> None:
    client.force_login(people.holder(role) if role else people.user())
    assert client.get(f"/en/{address}").status_code == 403


def test_visitors_are_asked_to_sign_in(client: Client) -> None:
    assert client.get("/en/figures/")["Location"].startswith("/en/account/login/")


def test_managers_without_a_role_are_refused(client: Client) -> None:
    manager = people.user()
    people.employee(manager=manager)
    client.force_login(manager)
    assert client.get("/en/figures/").status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
def test_hr_of_a_faculty_releases_nothing(of_sci, client: Client, method: str) -> None:
    assert getattr(client, method)("/en/figures/releases/2026Q3/").status_code == 403
    assert client.get("/en/figures/releases/").status_code == 403


def test_counting_a_quarter_is_a_job(central, client: Client) -> None:
    with clock.frozen(clock.local(date(2026, 10, 2), 12)):
        response = client.post("/en/figures/releases/2026Q3/")
    assert response["Location"] == "/en/figures/releases/2026Q3/"
    with as_owner():
        (job,) = Job.objects.filter(name="evaluations.count")
    assert (job.object_id, job.viewer_id) == ("2026Q3", central.pk)
    assert "being counted" in words(client.get("/en/figures/releases/2026Q3/"))


def test_quarter_that_runs_gets_a_clear_refusal(central, client: Client) -> None:
    with clock.frozen(clock.local(date(2026, 9, 30), 12)):
        response = client.post("/en/figures/releases/2026Q3/")
    assert response.status_code == 409
    assert "This quarter has not ended yet." in words(response)


def test_prepared_figures_are_released_after_confirmation_only(central, client: Client) -> None:
    row = release(state=ReleaseState.PREPARED, **EXAMPLE)
    client.post("/en/figures/releases/2026Q3/", {"act": "release"})
    page = client.get("/en/figures/releases/2026Q3/")
    assert "Tick the box first" in words(page)
    client.post("/en/figures/releases/2026Q3/", {"act": "release", "sure": "yes"})
    with as_owner():
        row.refresh_from_db()
    assert (row.state, row.released_by_id) == (ReleaseState.RELEASED, central.pk)
    again = client.post("/en/figures/releases/2026Q3/", {"act": "release", "sure": "yes"})
    assert again.status_code == 409


def test_preview_is_already_protected(central, client: Client) -> None:
    release(state=ReleaseState.PREPARED, **EXAMPLE)
    text = words(client.get("/en/figures/releases/2026Q3/"))
    assert "Faculty ART Hidden Hidden 80%" in text


@pytest.mark.parametrize("period", ["2026Q7", "x", "2026Q3-year"])
def test_other_words_than_quarters_are_not_found(central, client: Client, period: str) -> None:
    assert client.get(f"/en/figures/releases/{period}/").status_code == 404
    assert client.post(f"/en/figures/releases/{period}/").status_code == 404


def test_report_is_asked_for_as_a_job_and_waited_for(of_sci, client: Client) -> None:
    release(requests={"SCI": (27, 27)})
    response = client.post("/nl/cijfers/rapport/", {"period": "2026Q3", "faculty": "SCI"})
    with as_owner():
        (job,) = Job.objects.filter(name="evaluations.report")
    assert job.object_id == "2026Q3 SCI nl"
    assert response["Location"] == f"/nl/cijfers/rapport/{job.pk}/"
    page = client.get(response["Location"])
    assert "Uw rapport wordt gemaakt" in words(page)
    assert f'href="{response["Location"]}"' in page.content.decode()
    fragment = client.get(response["Location"], headers={"HX-Request": "true"})
    assert fragment.content.decode().startswith('<div class="stack" id="report"')


def test_somebody_elses_report_is_not_found(of_sci, client: Client) -> None:
    release(requests={"SCI": (27, 27)})
    address = client.post("/en/figures/report/", {"period": "2026Q3", "faculty": "SCI"})["Location"]
    client.force_login(people.holder(Role.HR))
    assert client.get(address).status_code == 404


def test_report_of_an_unreleased_quarter_leads_back_with_a_sentence(of_sci, client: Client) -> None:
    release(state=ReleaseState.PREPARED, requests={"SCI": (27, 27)})
    response = client.post("/en/figures/report/", {"period": "2026Q3", "faculty": "SCI"}, follow=True)
    assert "Choose a quarter that has been released." in words(response)
    with as_owner():
        assert not Job.objects.filter(name="evaluations.report").exists()


def test_uncounted_quarter_can_be_counted_from_its_page(central, client: Client) -> None:
    text = words(client.get("/en/figures/releases/2026Q3/"))
    assert "Not counted yet" in text
    assert "Count this quarter" in text


def test_report_cannot_be_asked_for_by_a_link(of_sci, client: Client) -> None:
    assert client.get("/en/figures/report/").status_code == 405


def test_menu_and_home_show_figures_to_hr_only(of_sci, client: Client) -> None:
    release(requests={"SCI": (27, 27)})
    home = client.get("/en/")
    assert 'href="/en/figures/"' in home.content.decode()
    assert "3rd quarter 2026 was released on 12 October 2026." in words(home)
    client.force_login(people.user())
    assert 'href="/en/figures/"' not in client.get("/en/").content.decode()


@pytest.mark.parametrize("address", ["/en/figures/", "/en/figures/releases/"])
def test_number_of_queries_does_not_grow(
    central, client: Client, django_assert_num_queries, address: str
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    release("2026Q3", requests={"SCI": (27, 27), "all": (27, 27)})
    queries()
    one = queries()
    for period in ("2026Q2", "2026Q1"):
        release(period, requests={"SCI": (9, 9), "ART": (8, 8), "LAW": (7, 7), "all": (24, 24)})
    # The quarter before is known now: its release is found, and its figures are read.
    assert queries() - one <= (1 if address.endswith("figures/") else 0)
