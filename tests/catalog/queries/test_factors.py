"""Which offerings strengthen a career factor: readable ones, narrow before broad, at a constant number of queries."""

import pytest
from django.contrib.auth.models import AnonymousUser

from catalog.models import CareerFactor
from catalog.queries.factors import strengthening
from tests.factories import catalog, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def factors():
    return {
        key: CareerFactor.objects.create(key=key, order=number, **catalog.both("label", key))
        for number, key in enumerate(("networking", "balance", "reflection"))
    }


def titles(actor, *keys, **more):
    found = strengthening(actor, keys, **more)
    return {key: [str(row.title) for row in rows] for key, rows in found.items()}


def made(title, factors, *keys, **fields):
    catalog.offering(title, **fields).career_factors.set([factors[key] for key in keys])


def test_names_readable_offerings_those_for_one_factor_first(factors):
    made("Alles", factors, "networking", "balance", "reflection")
    made("Netwerken", factors, "networking")
    made("Twee", factors, "networking", "balance")
    made("Concept", factors, "networking", status="draft")
    made("Intern", factors, "networking", is_public=False)
    catalog.offering("Zonder factor")
    person = people.employee()
    assert titles(person, "networking") == {"networking": ["Netwerken", "Intern", "Twee"]}
    assert titles(AnonymousUser(), "networking") == {"networking": ["Netwerken", "Twee", "Alles"]}
    assert titles(person, "balance", "reflection") == {"balance": ["Twee", "Alles"], "reflection": ["Alles"]}
    assert titles(person, "networking", most=1) == {"networking": ["Netwerken"]}


def test_names_no_vacancy_and_nothing_for_an_unknown_factor(factors):
    job = catalog.kind("vacancy")
    job.schema_type = "JobPosting"
    job.save()
    made("Een baan", factors, "balance", kind=job)
    assert titles(people.employee(), "balance", "nonsense") == {"balance": [], "nonsense": []}
    assert titles(people.employee()) == {}


def test_costs_two_queries_and_one_for_the_rows(factors, django_assert_num_queries):
    person = people.employee()
    made("Een", factors, "networking")
    with django_assert_num_queries(3):
        titles(person, "networking")
    made("Twee", factors, "networking", "balance")
    made("Drie", factors, "reflection")
    with django_assert_num_queries(3):
        titles(person, "networking", "balance", "reflection")
