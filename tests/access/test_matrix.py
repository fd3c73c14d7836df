"""The access matrix: every address x every persona x relation. A new address fails until it is in."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from tests.access.matrix import MATRIX, NOT_OURS
from tests.access.outcome import Outcome, addresses, outcome_of
from tests.access.rules import EVERYONE, VISITOR
from tests.access.world import PERSONAS, build_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    """Build the people and objects once; every check is undone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def test_every_address_is_in_the_matrix() -> None:
    """Whoever adds an address says who may open it."""
    ours = {name for name in addresses() if not name.startswith(NOT_OURS)}
    assert ours == set(MATRIX)


def cases() -> Iterator[Any]:
    """Yield every pair; `make test` takes those who get in, a visitor and two of the others."""
    for name, address in sorted(MATRIX.items()):
        others = [who for who in PERSONAS if address.expected(who) != Outcome.OPEN]
        sample = set(Random(name).sample(others, min(2, len(others))))
        openers = [who for who in PERSONAS if who not in others]
        sample |= set(openers[:3]) if address.opens_to == EVERYONE else set(openers)
        for who in (VISITOR, *PERSONAS):
            marks = [] if who in sample or who == VISITOR else [pytest.mark.long]
            yield pytest.param(name, who, marks=marks, id=f"{name}-{who}")


@pytest.mark.parametrize(("name", "persona"), list(cases()))
def test_answer(name: str, persona: str, world: dict[str, Any], django_db_blocker: DjangoDbBlocker) -> None:
    """The address answers this persona as the matrix says."""
    address = MATRIX[name]
    with django_db_blocker.unblock(), transaction.atomic():
        client = Client(raise_request_exception=True)
        if persona != VISITOR:
            client.force_login(world[persona], backend="django.contrib.auth.backends.ModelBackend")
        url = reverse(name, kwargs=address.arguments(world))
        response = getattr(client, address.method)(url, address.data(world))
        assert outcome_of(response) == address.expected(persona)
        transaction.set_rollback(True)
