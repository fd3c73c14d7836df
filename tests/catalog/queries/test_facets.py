"""Facets: every count is what one would find, under every combination (against a slow count)."""

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.models import SearchDocument
from catalog.queries import facets
from catalog.queries.catalogue import documents_for

pytestmark = pytest.mark.django_db


def choices():
    """Any choice of up to two options in any facet, with options that exist in the sample."""
    values = {
        "theme": ["learn_and_grow", "find_work", "know_yourself"],
        "audience": ["support_staff", "managers", "phd_candidates", "all_employees"],
        "faculty": ["university", "SCI", "ART"],
        "form": ["location", "self_paced", "online"],
        "cost": ["free", "own_budget", "department"],
        "language": ["nl", "en"],
        "when": ["month", "quarter", "always"],
        "kind": ["workshop", "intervention", "gigs_marketplace", "stories_videos"],
    }
    lists = {
        name: st.lists(st.sampled_from(options), max_size=2, unique=True) for name, options in values.items()
    }
    return st.fixed_dictionaries({}, optional=lists)


def slow_count(rows, chosen, name, value):
    """Filter row by row: the option itself, and every other facet's choices."""
    tests = {facet.name: facet.test for facet in facets.FACETS}
    left = set(rows.filter(tests[name](value)).values_list("pk", flat=True))
    for other, values in chosen.items():
        if other != name and values:
            left &= {
                pk for one in values for pk in rows.filter(tests[other](one)).values_list("pk", flat=True)
            }
    return len(left)


@pytest.fixture
def catalogue(loaded, sample_day):
    return documents_for(AnonymousUser())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=choices(), data=st.data())
def test_every_count_is_right(catalogue, chosen, data):
    found = facets.counts(catalogue, chosen)
    facet = data.draw(st.sampled_from(facets.FACETS))
    for value, _label in facet.options():
        expected = slow_count(catalogue, chosen, facet.name, value)
        assert found.get((facet.name, value), 0) == expected, (facet.name, value)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=choices())
def test_without_each_says_what_is_left(catalogue, chosen):
    for taken_off, number in facets.without_each(catalogue, chosen).items():
        rest = facets.left(chosen, taken_off)
        assert sum(map(len, rest.values())) == sum(map(len, chosen.values())) - len(taken_off)
        assert number == catalogue.filter(facets.condition(rest)).distinct().count()


def test_counts_take_one_query(catalogue, django_assert_num_queries):
    rows = {facet.name: list(facet.options()) for facet in facets.FACETS}
    assert rows
    with django_assert_num_queries(1):
        facets.counts(catalogue, {"theme": ["find_work"], "cost": ["free"]})


def test_interventions_are_counted_under_their_own_kind(catalogue):
    number = SearchDocument.objects.filter(intervention__isnull=False).count()
    assert facets.counts(catalogue, {})[("kind", "intervention")] == number == 22
