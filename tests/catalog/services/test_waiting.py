"""The queue: in order, offered for a time, never overtaken."""

from datetime import timedelta

import pytest
from django.db.models import F

from catalog import errors
from catalog.enums import EnrolmentStatus, Pot
from catalog.models import Enrolment
from catalog.queries.enrolments import my_enrolments, offers_to
from catalog.services import waiting
from portal import clock
from portal.privacy.viewer import viewing
from tests.catalog.services.world import crowd, fresh, give_back, letters, take, work
from tests.factories import catalog, people

pytestmark = pytest.mark.django_db
WAITING, OFFERED, ACTIVE = EnrolmentStatus.WAITING, EnrolmentStatus.OFFERED, EnrolmentStatus.ACTIVE


def accept(enrolment: Enrolment) -> Enrolment:
    """Take the offered place as the participant."""
    with viewing(enrolment.participant):
        return waiting.accept(enrolment=enrolment, actor=enrolment.participant)


def test_who_comes_to_a_full_date_joins_the_queue_and_reads_their_number() -> None:
    run, (first, second, third) = catalog.session(seats=1), crowd(3)
    assert [take(run, person).status for person in (first, second, third)] == [ACTIVE, WAITING, WAITING]
    run.refresh_from_db()
    assert (run.taken, run.waiting) == (1, 2)
    found = {}
    for person in (first, second, third):
        with viewing(person):
            found[person] = [row.position for row in my_enrolments(person, run.offering)]  # type: ignore[attr-defined]
    assert found == {first: [0], second: [1], third: [2]}
    assert letters(third) == ["waiting"]


def test_without_saying_so_nobody_joins_the_queue() -> None:
    run, (first, second) = catalog.session(seats=1), crowd(2)
    take(run, first)
    with pytest.raises(errors.SessionFull):
        take(run, second, may_wait=False)


def test_a_free_place_is_kept_for_who_waits_longest_and_nobody_overtakes() -> None:
    run, (first, second, third, late) = catalog.session(seats=1), crowd(4)
    taken, turn, after = take(run, first), take(run, second), take(run, third)
    give_back(taken)
    assert take(run, late).status == WAITING
    work()
    assert [fresh(row).status for row in (turn, after)] == [OFFERED, WAITING]
    with viewing(second):
        assert offers_to(second) == [turn]
    assert accept(turn).status == ACTIVE
    assert accept(fresh(turn)).status == ACTIVE
    assert letters(second) == ["waiting", "offered", "confirmed"]


@pytest.mark.parametrize(("days", "hours"), [(30, 48), (5.1, 48), (4.9, 12), (0.25, 6)])
def test_an_offer_is_kept_48_hours_or_12_and_never_beyond_the_start(days: float, hours: int) -> None:
    run = catalog.session(in_days=days)
    kept = waiting.kept_until(run, clock.now()) - clock.now()
    assert abs(kept - timedelta(hours=hours)) < timedelta(minutes=1)


def test_an_offer_that_ends_goes_to_the_next_and_every_offer_ends() -> None:
    run, (first, second, third) = catalog.session(seats=1), crowd(3)
    taken, turn, after = take(run, first), take(run, second), take(run, third)
    give_back(taken)
    work()
    with clock.frozen(clock.now() + timedelta(hours=49)):
        with pytest.raises(errors.OfferEnded):
            accept(fresh(turn))
        work()
        assert [fresh(row).status for row in (turn, after)] == [EnrolmentStatus.LAPSED, OFFERED]
        with pytest.raises(errors.OfferEnded):
            accept(fresh(turn))
    assert letters(second) == ["waiting", "offered", "offer_ended"]


def test_leaving_the_queue_or_an_offer_passes_it_on_without_a_letter() -> None:
    run, (first, second, third) = catalog.session(seats=1), crowd(3)
    taken, turn, after = take(run, first), take(run, second), take(run, third)
    give_back(turn)
    give_back(taken)
    work()
    assert [fresh(row).status for row in (turn, after)] == [EnrolmentStatus.CANCELLED, OFFERED]
    assert letters(second) == ["waiting"]


def test_the_queue_ends_when_the_session_begins() -> None:
    run, (first, second) = catalog.session(seats=1), crowd(2)
    take(run, first)
    turn = take(run, second)
    with clock.frozen(run.starts_at + timedelta(minutes=1)):
        work()
    assert fresh(turn).status == EnrolmentStatus.LAPSED


def test_waiting_costs_nothing_and_a_short_budget_leaves_the_offer_standing() -> None:
    paid = catalog.offering(
        cost_eur=195, pots={Pot.OWN_BUDGET: catalog.notice("none_own_budget"), Pot.FREE: catalog.notice()}
    )
    run, (first, second) = catalog.session(paid, seats=1), crowd(2)
    taken, turn = take(run, first), take(run, second, Pot.OWN_BUDGET)
    give_back(taken)
    work()
    with pytest.raises(errors.BudgetTooSmall):
        accept(turn)
    assert fresh(turn).status == OFFERED


def test_nobody_accepts_for_somebody_else() -> None:
    run, (first, second) = catalog.session(seats=1), crowd(2)
    taken, turn = take(run, first), take(run, second)
    give_back(taken)
    work()
    stranger = people.user("Vreemde Eend")
    with viewing(stranger), pytest.raises(Enrolment.DoesNotExist):
        waiting.accept(enrolment=turn, actor=stranger)
    with viewing(stranger):
        assert Enrolment.objects.update(status=F("status")) == 0
