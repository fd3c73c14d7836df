"""What somebody could break in enrolling: each rule of it switched off, in its service and in the database."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from catalog.enums import EnrolmentStatus
from catalog.models import Enrolment, OfferingPot, Session
from catalog.queries import due
from catalog.services import approving, enrolling, moving, paying, places, replacing, sessions, waiting
from portal import clock
from portal.entitlements.errors import NotEnoughError
from tests.factories.database import as_owner

Fault = Callable[[pytest.MonkeyPatch], None]


def _without(table: str, constraint: str) -> None:
    """Let the database be as careless as the code."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(f"alter table {table} drop constraint {constraint}")
        cursor.execute("set constraints all deferred")


def _looks(patch: pytest.MonkeyPatch, place: Any, name: str, **wrong: Any) -> None:
    """Let a lock return sessions that look otherwise than they are."""
    lock = getattr(places, name)

    def locked(given: Any) -> Session:
        held: Session = lock(given)
        for key, value in wrong.items():
            setattr(held, key, value)
        return held

    patch.setattr(place, "places", SimpleNamespace(**{**vars(places), name: locked}))


def seats_are_not_counted(patch: pytest.MonkeyPatch) -> None:
    """Capacity: there is always one more place."""
    _without("catalog_session", "session_seats_not_exceeded")
    patch.setattr(Session, "free", property(lambda run: 1))


def seats_are_counted_by_the_database_alone(patch: pytest.MonkeyPatch) -> None:
    """Capacity: the service gives away what is not there."""
    patch.setattr(Session, "free", property(lambda run: 1))


def seats_are_lowered_below_what_is_taken(patch: pytest.MonkeyPatch) -> None:
    """Capacity: the organiser takes places away from who has one."""
    _without("catalog_session", "session_seats_not_exceeded")
    _looks(patch, sessions, "locked", taken=0)


def a_colleague_comes_as_well(patch: pytest.MonkeyPatch) -> None:
    """Capacity: who sends a colleague keeps the place."""
    _without("catalog_session", "session_seats_not_exceeded")
    patch.setattr(replacing, "_give_up", lambda given: None)


def who_comes_last_goes_first(patch: pytest.MonkeyPatch) -> None:
    """Queue order: the shortest wait is offered the place."""

    def fill(*, session: Session) -> list[Enrolment]:
        held = places.locked(session.pk)
        rows = Enrolment.objects.filter(session=held, status=EnrolmentStatus.WAITING).order_by("-pk")
        until = waiting.kept_until(held, clock.now())
        for row in rows[: 0 if held.cancelled_at else held.free]:
            Enrolment.objects.filter(pk=row.pk).update(status=EnrolmentStatus.OFFERED, offered_until=until)
        return []

    patch.setattr(waiting, "fill", fill)


def newcomers_go_first(patch: pytest.MonkeyPatch) -> None:
    """Queue order: who comes now takes the place for which others wait."""
    _looks(patch, enrolling, "locked_with_others", waiting=0)


def who_moves_goes_first(patch: pytest.MonkeyPatch) -> None:
    """Queue order: who comes from another date takes the place for which others wait."""
    _looks(patch, moving, "locked", waiting=0)


def nobody_is_offered_a_place(patch: pytest.MonkeyPatch) -> None:
    """Queue: places stay idle."""
    patch.setattr(waiting, "fill", lambda *, session: [])


def queues_stay(patch: pytest.MonkeyPatch) -> None:
    """Queue: people go on waiting for what has begun."""
    patch.setattr(waiting, "close_queue", lambda *, session: 0)


def offers_stay(patch: pytest.MonkeyPatch) -> None:
    """Expiry: nobody ends an offer."""
    patch.setattr(due, "offers_over", Enrolment.objects.none)


def offers_outlast_the_start(patch: pytest.MonkeyPatch) -> None:
    """Expiry: an offer is kept beyond the start."""
    patch.setattr(waiting, "kept_until", lambda session, now: now + waiting.USUAL)


def offers_are_taken_late(patch: pytest.MonkeyPatch) -> None:
    """Expiry: a place is taken when its time is over."""
    accept = waiting.accept

    def late(*, enrolment: Enrolment, **given: Any) -> Enrolment:
        until = enrolment.offered_until or clock.now()
        with clock.frozen(min(clock.now(), until - timedelta(minutes=1))):
            return accept(enrolment=enrolment, **given)

    patch.setattr(waiting, "accept", late)


def managers_are_silent_for_ever(patch: pytest.MonkeyPatch) -> None:
    """Expiry: a request outlasts its time."""
    patch.setattr(approving, "lapse", lambda *, approval: False)


def money_stays_after_cancelling(patch: pytest.MonkeyPatch) -> None:
    """Release: who gives a place back goes on paying."""
    patch.setattr(paying, "release", lambda **given: None)


def money_stays_after_a_no(patch: pytest.MonkeyPatch) -> None:
    """Release: the manager says no, and the reservation stays."""
    patch.setattr(sessions, "settle_ended", lambda *, enrolment: None)


def money_stays_after_calling_off(patch: pytest.MonkeyPatch) -> None:
    """Release: the date is off, and the reservation stays."""
    patch.setattr(sessions, "release", lambda **given: None)


def late_cancelling_is_free(patch: pytest.MonkeyPatch) -> None:
    """Release: a place that is given back too late costs nothing."""
    settle = paying.settle

    def free(enrolment: Enrolment, *, actor: Any) -> None:
        with pytest.MonkeyPatch.context() as inner:
            inner.setattr(paying, "is_free_of_charge", lambda session: True)
            settle(enrolment, actor=actor)

    patch.setattr(paying, "settle", free)


def nobody_pays_in_the_end(patch: pytest.MonkeyPatch) -> None:
    """Release: what was set aside is never spent."""
    patch.setattr(sessions, "pay", lambda *, enrolment: False)


def anybody_may_come(patch: pytest.MonkeyPatch) -> None:
    """Eligibility: people of another faculty."""
    patch.setattr(places, "may_come", lambda offering, person: True)


def any_budget_may_pay(patch: pytest.MonkeyPatch) -> None:
    """Eligibility: a budget that the offering does not name."""

    def way_to_pay(ways: list[OfferingPot], pot: str) -> OfferingPot:
        return OfferingPot(pot=pot, notice=ways[0].notice)

    patch.setattr(places, "way_to_pay", way_to_pay)


def closed_dates_are_open(patch: pytest.MonkeyPatch) -> None:
    """Eligibility: past, closed and called off."""
    patch.setattr(places, "check_open", lambda session: None)


def places_are_given_on_credit(patch: pytest.MonkeyPatch) -> None:
    """Budget: who has not enough gets the place all the same."""
    reserve = vars(paying)["reserve"]

    def credit(**given: Any) -> None:
        with suppress(NotEnoughError):
            reserve(**given)

    patch.setattr(paying, "reserve", credit)


def purses_go_below_zero(patch: pytest.MonkeyPatch) -> None:
    """Budget: the ledger promises more than there is."""
    _without("entitlements_account", "account_free_not_below_zero")


def places_cost_nothing(patch: pytest.MonkeyPatch) -> None:
    """Budget: nothing is set aside with a place."""
    patch.setattr(paying, "set_aside", lambda enrolment: None)


def turns_stay_beside_a_place(patch: pytest.MonkeyPatch) -> None:
    """Once: who got a place goes on waiting for another date."""
    patch.setattr(places, "let_go", lambda enrolments: None)


def two_places_are_taken(patch: pytest.MonkeyPatch) -> None:
    """Once: a place on each date."""
    patch.setattr(places, "elsewhere", lambda mine, session: [])


def called_off_dates_keep_their_people(patch: pytest.MonkeyPatch) -> None:
    """Calling off: nobody is told."""
    patch.setattr(sessions, "end_all", lambda *, session: 0)


FAULTS: tuple[Fault, ...] = (
    seats_are_not_counted,
    seats_are_counted_by_the_database_alone,
    seats_are_lowered_below_what_is_taken,
    a_colleague_comes_as_well,
    who_comes_last_goes_first,
    newcomers_go_first,
    who_moves_goes_first,
    nobody_is_offered_a_place,
    queues_stay,
    offers_stay,
    offers_outlast_the_start,
    offers_are_taken_late,
    managers_are_silent_for_ever,
    money_stays_after_cancelling,
    money_stays_after_a_no,
    money_stays_after_calling_off,
    late_cancelling_is_free,
    nobody_pays_in_the_end,
    anybody_may_come,
    any_budget_may_pay,
    closed_dates_are_open,
    places_are_given_on_credit,
    purses_go_below_zero,
    places_cost_nothing,
    turns_stay_beside_a_place,
    two_places_are_taken,
    called_off_dates_keep_their_people,
)
