"""Instalments, and the month in which saving stops."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from portal.entitlements.models import EntitlementRule
from portal.entitlements.queries.savings import hours_share, instalment, stops_on


def budget(**fields: object) -> EntitlementRule:
    """Return an unsaved rule of 500 a year up to 1,500."""
    given = {"yearly": 50_000, "cap": 150_000, "instalments": 12, "valid_from": date(2026, 1, 1)}
    return EntitlementRule(**{**given, **fields})


@given(
    yearly=st.integers(min_value=0, max_value=10**9),
    instalments=st.sampled_from([1, 2, 3, 4, 6, 12]),
    share=st.decimals(min_value=0, max_value=1, places=4),
)
def test_the_instalments_of_a_year_make_the_year(yearly: int, instalments: int, share: Decimal) -> None:
    rule = budget(yearly=yearly, instalments=instalments)
    parts = [instalment(rule, number, share) for number in range(1, instalments + 1)]
    assert abs(sum(parts) - yearly * share) <= Decimal("0.5")
    assert min(parts) >= 0
    assert max(parts) - min(parts) <= 1


def test_saving_stops_in_the_month_of_the_drawing() -> None:
    """€ 1,150 in October 2026 reaches € 1,500 in July 2027 (look/pages/home.html says the same)."""
    assert stops_on(budget(), 115_000, date(2026, 10, 13)) == date(2027, 7, 1)


def test_saving_does_not_stop_without_a_maximum_or_when_the_rule_ends_first() -> None:
    assert stops_on(budget(cap=None), 0, date(2026, 10, 13)) is None
    assert stops_on(budget(does_lapse=True), 0, date(2026, 10, 13)) is None
    assert stops_on(budget(valid_until=date(2026, 12, 31)), 0, date(2026, 10, 13)) is None


def test_the_share_of_a_week_is_one_at_most() -> None:
    rule = budget(is_pro_rata=True, full_time_hours=Decimal(38))
    assert hours_share(rule, Decimal(19)) == Decimal("0.5")
    assert hours_share(rule, Decimal(40)) == 1
    assert hours_share(budget(), Decimal(1)) == 1
