"""The directory of advisors."""

import pytest
from django.urls import reverse

from advisors.enums import Level
from tests.factories import advisors, people

pytestmark = pytest.mark.django_db
PAGE = "/en/advisors/"


@pytest.fixture
def reader(client):
    person = people.employee("Samira el Idrissi", code="SCI")
    client.force_login(person)
    return person


def parts(client, **query):
    page = client.get(PAGE, query).content.decode()
    fitting, _line, rest = page.partition('id="unavailable"')
    return fitting, rest


def test_addresses_in_both_languages(client):
    assert client.get("/nl/adviseurs/").headers["Location"] == "/nl/account/login/?next=/nl/adviseurs/"
    assert client.get(PAGE).headers["Location"] == "/en/account/login/?next=/en/advisors/"
    assert client.post(reverse("advisors:directory")).status_code in (302, 405)


def test_who_fits_and_who_does_not_with_the_reason(client, reader):
    advisors.advisor("Mirjam de Wit", approach_en="Asks slowly.")
    colleague = advisors.advisor("Tjerk Visscher")
    people.appointment(colleague.user, department=reader.appointments.get().department)
    fitting, rest = parts(client)
    assert ("Mirjam de Wit" in fitting, "Mirjam de Wit" in rest) == (True, False)
    assert "Asks slowly." in fitting
    assert ("Tjerk Visscher" in fitting, "Tjerk Visscher" in rest) == (False, True)
    assert "Works in the same department as you." in rest


def test_the_filter(client, reader):
    advisors.advisor(
        "Mirjam de Wit", questions=("contract_ends",), languages={"nl": Level.NATIVE, "de": Level.C1}
    )
    fitting, _rest = parts(client, question="contract_ends", language="de")
    assert "Mirjam de Wit" in fitting
    _fitting, rest = parts(client, question="contract_ends", language="fr")
    assert "speak French well enough" in rest
    _fitting, rest = parts(client, question="career_check_in")
    assert "work with this type of question" in rest


def test_nonsense_in_the_filter_is_told(client, reader):
    advisors.advisor("Mirjam de Wit")
    fitting, _rest = parts(client, question="nothing", language="xx")
    assert "Choose one of the answers in the list." in fitting
    assert "Mirjam de Wit" in fitting


def test_nobody_at_all(client, reader):
    assert "Nobody fits this question now." in client.get(PAGE).content.decode()


def test_queries_do_not_grow(client, reader):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count():
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        return len(asked)

    advisors.advisor("Mirjam de Wit")
    advisors.external("Hester Boelens")
    before = count()
    advisors.advisor("Ruben Samson")
    advisors.external("Karim Belhaj")
    assert count() == before
