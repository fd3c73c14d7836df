"""The list and the page of an offering: who reads what, search, filters, and a constant number of queries."""

import json
import re
from datetime import timedelta

import pytest

from catalog.enums import Status
from catalog.models import MissedSearch
from catalog.services.search_index import rebuild
from portal import clock
from tests.factories import catalog, people

pytestmark = pytest.mark.django_db
LIST = "/nl/aanbod/"


def titles(response):
    return [str(result.offering) for result in response.context["listing"].results]


def test_visitors_read_public_offerings_only(client):
    catalog.offering("Openbaar")
    catalog.offering("Intern", is_public=False)
    catalog.offering("Concept", status=Status.DRAFT, published_on=None)
    catalog.offering("Eerst intern", internal_until=clock.today())
    catalog.offering("Niet meer intern", internal_until=clock.today() - timedelta(days=1))
    assert set(titles(client.get(LIST))) == {"Openbaar", "Niet meer intern"}
    client.force_login(people.employee())
    assert set(titles(client.get(LIST))) == {"Openbaar", "Intern", "Eerst intern", "Niet meer intern"}


def test_an_internal_page_leads_visitors_to_sign_in_and_back(client):
    one = catalog.offering("Intern", is_public=False)
    response = client.get(f"{LIST}{one.slug}/")
    assert response.status_code == 302
    assert response["Location"].endswith(f"?next={LIST}{one.slug}/")
    client.force_login(people.employee())
    assert "Intern" in client.get(f"{LIST}{one.slug}/").content.decode()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.ARCHIVED])
def test_drafts_and_archived_offerings_have_no_page(client, status):
    one = catalog.offering(status=status)
    client.force_login(people.employee())
    assert client.get(f"{LIST}{one.slug}/").status_code == 404


def test_search_finds_by_meaning_in_both_languages(client):
    catalog.offering("Loopbaanadvies op maat", title_en="Tailored career advice")
    catalog.offering("Helder schrijven", title_en="Clear writing")
    rebuild()
    for text in ("loopbaanadviezen", "career advice", "loopbanadvies", "advies"):
        assert titles(client.get(LIST, {"q": text}))[:1] == ["Loopbaanadvies op maat"], text
    page = client.get(LIST, {"q": "schrijven"}).content.decode()
    assert "Helder <mark>schrijven</mark>" in page


def test_a_misspelt_word_is_put_right_and_said(client):
    catalog.offering("Netwerken zonder ongemak")
    rebuild()
    response = client.get(LIST, {"q": "netwreken"})
    assert titles(response) == ["Netwerken zonder ongemak"]
    assert 'q=netwerken">netwerken</a>?' in response.content.decode()


def test_nothing_found_names_the_filter_to_drop(client):
    catalog.offering("Onderhandelen", audiences=["managers"])
    catalog.audience("phd_candidates")
    response = client.get(LIST, {"q": "onderhandelen", "audience": "phd_candidates", "language": "nl"})
    drop = response.context["drop"]
    assert ([chip.name for chip in drop.chips], drop.count) == (["audience"], 1)
    assert drop.url == "?q=onderhandelen&language=nl"
    assert [str(result.offering) for result in response.context["nearest"]] == ["Onderhandelen"]


def test_nothing_found_keeps_the_filters_and_shows_what_meets_most_of_them(client):
    catalog.audience("phd_candidates")
    catalog.offering("Ver weg", languages=["en"])
    catalog.offering("Dichtbij", audiences=["managers"])
    response = client.get(LIST, {"audience": ["phd_candidates"], "language": "nl", "form": "location"})
    assert [str(result.offering) for result in response.context["nearest"]] == ["Dichtbij", "Ver weg"]
    page = response.content.decode()
    for option in ('id="facet-audience-phd_candidates"', 'id="facet-audience-managers"'):
        assert option in page, option
    assert [(kind.label, kind.count) for kind in response.context["kinds"]] == []
    assert response.context["drop"].url == "?form=location&language=nl"


def test_a_word_that_nothing_has_leaves_nothing_to_choose(client):
    catalog.offering("Netwerken")
    page = client.get(LIST, {"q": "zweefvliegen"}).content.decode()
    assert 'id="facet-' not in page
    assert "zonder uw naam" in page


def test_a_search_in_vain_is_counted_without_who(client):
    client.force_login(people.employee())
    for _time in range(2):
        client.get(LIST, {"q": "Zweefvliegen!"})
    client.get(LIST, {"q": "samira@universiteit.example"})
    client.get(LIST, {"q": "zweefvliegen", "sort": "new"}, headers={"HX-Request": "true"})  # another filter
    row = MissedSearch.objects.get()
    assert (row.text, row.language, row.times) == ("zweefvliegen", "nl", 2)
    assert {field.name for field in MissedSearch._meta.get_fields()} == {
        "id",
        "text",
        "language",
        "day",
        "times",
    }


@pytest.mark.parametrize(
    "query", ["?theme=nonsense&page=zzz&sort=x", "?q=" + "a" * 5000, "?q=%27%29%20%7C%20%28"]
)
def test_odd_addresses_give_a_page(client, query):
    catalog.offering()
    assert client.get(LIST + query).status_code == 200


def test_the_list_takes_the_same_queries_for_one_and_for_three(client, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(60) as seen:
            client.get(LIST, {"q": "netwerken", "theme": "learn_and_grow"})
        return len(seen.captured_queries)

    catalog.session(catalog.offering())
    rebuild()
    one = queries()
    for _more in range(2):
        catalog.session(catalog.offering())
    rebuild()
    assert queries() == one


def test_the_page_takes_the_same_queries_for_one_and_for_three_dates(client, django_assert_max_num_queries):
    one, person = catalog.offering(), people.employee()
    client.force_login(person)

    def queries():
        with django_assert_max_num_queries(60) as seen:
            client.get(f"{LIST}{one.slug}/")
        return len(seen.captured_queries)

    catalog.session(one)
    few = queries()
    for _more in range(2):
        catalog.session(one)
    assert queries() == few


# What schema.org's readers ask for at least, by type.
NEEDED = {
    "Course": {"name", "description", "provider", "offers", "hasCourseInstance"},
    "Event": {"name", "startDate", "location", "eventStatus", "eventAttendanceMode", "offers"},
    "JobPosting": {"title", "description", "datePosted", "hiringOrganization", "jobLocation", "validThrough"},
}


@pytest.mark.parametrize("schema", NEEDED)
def test_search_engines_read_all_that_they_need(client, schema):
    kind = catalog.kind()
    kind.schema_type = schema
    kind.save()
    run = catalog.session(catalog.offering(closes_on=clock.today() + timedelta(days=9)))
    page = client.get(f"{LIST}{run.offering.slug}/").content.decode()
    [block] = re.findall(r'<script type="application/ld\+json">(.+?)</script>', page)
    data = json.loads(block)
    assert data["@type"] == schema
    assert {name for name in NEEDED[schema] if data.get(name) in (None, "", [])} == set()
    place = data.get("jobLocation") or data.get("location") or data["hasCourseInstance"][0]["location"]
    assert place["address"]["addressCountry"] == "NL"


def test_search_engines_read_a_course_with_its_dates(client):
    kind = catalog.kind()
    kind.schema_type = "Course"
    kind.save()
    run = catalog.session(catalog.offering("Grip op uw agenda </script>"))
    page = client.get(f"{LIST}{run.offering.slug}/").content.decode()
    assert '"@type": "Course"' in page
    assert '"@type": "CourseInstance"' in page
    assert "\\u003c/script\\u003e" in page
