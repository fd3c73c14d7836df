"""Whatever is booked in whatever order: the sums add up, nothing goes below zero, nothing is booked twice."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.entitlements.errors import LedgerRefusedError
from portal.entitlements.models import Account, Entry
from portal.entitlements.queries.sums import NOTHING, Amounts
from portal.entitlements.services import booking
from portal.entitlements.services.booking import About
from tests.factories import entitlements, people
from tests.factories.database import as_owner

ABOUT = About(nl="n", en="e")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["reserve", "release", "spend", "correct"]),
        st.integers(min_value=0, max_value=4),
        st.integers(min_value=-300, max_value=600),
    ),
    max_size=25,
)


class Model:
    """The ledger as a child would keep it: one purse, and envelopes with a name."""

    def __init__(self, free: int) -> None:
        self.free, self.spent = free, 0
        self.envelopes: dict[str, int] = {}
        self.seen: set[str] = set()

    def act(self, kind: str, key: str, amount: int) -> None:
        """Do what the words say, and nothing when it was done or can't be done."""
        if kind in ("release", "spend"):
            left = self.envelopes.pop(key, 0)
            self.free, self.spent = (
                (self.free + left, self.spent) if kind == "release" else (self.free, self.spent + left)
            )
        elif key not in self.seen and self.free + (amount if kind == "correct" else -amount) >= 0:
            self.seen.add(key)
            self.free += amount if kind == "correct" else -amount
            if kind == "reserve":
                self.envelopes[key] = amount


def _act(kind: str, key: str, amount: int, account: Account, person: object) -> None:
    if kind == "reserve":
        booking.reserve(account=account, amount=amount, key=key, about=ABOUT, actor=person)  # type: ignore[arg-type]
    elif kind == "correct":
        booking.correct(account=account, amount=amount, key=key, about=ABOUT, actor=person)  # type: ignore[arg-type]
    else:
        getattr(booking, kind)(key=key, actor=person)


def _history(opening: int, acts: list[tuple[str, int, int]]) -> None:
    person = people.user()
    account = entitlements.account(person, opening)
    model = Model(opening)
    for kind, number, amount in acts:
        size = abs(amount) if kind == "reserve" else amount
        key = f"{'c' if kind == 'correct' else 'r'}:{number}"
        model.act(kind, key, size)
        try:
            with transaction.atomic():
                _act(kind, key, size, account, person)
        except LedgerRefusedError:
            pass
        account.refresh_from_db()
        assert (account.free, account.held, account.spent) == (
            model.free,
            sum(model.envelopes.values()),
            model.spent,
        )
    summed: Amounts = NOTHING
    for entry in Entry.objects.filter(account=account):
        summed = summed.plus(entry.kind, entry.amount)
    assert summed == Amounts(account.free, account.held, account.spent)


@pytest.mark.django_db
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(opening=st.integers(min_value=0, max_value=1000), acts=ACTS)
def test_the_ledger_adds_up(opening: int, acts: list[tuple[str, int, int]]) -> None:
    with as_owner(), transaction.atomic():
        _history(opening, acts)
        transaction.set_rollback(True)


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
@given(opening=st.integers(min_value=0, max_value=1000), acts=ACTS)
def test_the_ledger_adds_up_in_thousands_of_histories(opening: int, acts: list[tuple[str, int, int]]) -> None:
    with as_owner(), transaction.atomic():
        _history(opening, acts)
        transaction.set_rollback(True)
