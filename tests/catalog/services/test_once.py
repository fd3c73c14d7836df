"""What one attends once: one place, on whichever date; a walk or an open hour one joins again and again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from catalog import errors
from catalog.enums import EnrolmentStatus, Pot
from catalog.models import Enrolment, Offering, Session
from catalog.services import moving, replacing, waiting
from portal.people.models import User
from portal.privacy.viewer import viewing
from tests.catalog.services.world import asking, crowd, fresh, give_back, take, work
from tests.factories import catalog

pytestmark = pytest.mark.django_db


def two_dates(**fields: Any) -> tuple[Session, Session]:
    """Return two dates of one offering, with one seat each."""
    offering: Offering = catalog.offering(**fields)
    return catalog.session(offering, seats=1), catalog.session(offering, seats=1, in_days=60)


def states(*rows: Enrolment) -> list[str]:
    """Return where the enrolments stand now."""
    return [fresh(row).status for row in rows]


def test_a_second_place_in_a_course_is_refused_and_in_a_walk_it_is_not() -> None:
    """B1: nobody takes two places in what one attends once."""
    once, again = two_dates()
    walk, next_walk = two_dates(is_repeatable=True)
    (person,) = crowd(1)
    take(once, person)
    with pytest.raises(errors.PlaceElsewhere):
        take(again, person)
    assert (fresh(again).taken, fresh(again).waiting) == (0, 0)
    assert [take(run, person).status for run in (walk, next_walk)] == [EnrolmentStatus.ACTIVE] * 2


def test_a_request_to_the_manager_counts_as_a_place() -> None:
    run, person, _manager = asking()
    take(run, person, Pot.DEPARTMENT)
    with pytest.raises(errors.PlaceElsewhere):
        take(catalog.session(run.offering), person)


def test_a_date_that_is_over_does_not_stand_in_the_way() -> None:
    offering = catalog.offering()
    (person,) = crowd(1)
    past, coming = catalog.session(offering), catalog.session(offering, in_days=60)
    first = take(past, person)
    Session.objects.filter(pk=past.pk).update(
        starts_at=past.starts_at - timedelta(days=40),
        ends_at=past.ends_at - timedelta(days=40),
        enrol_until=past.enrol_until - timedelta(days=40),
    )
    assert states(first, take(coming, person)) == [EnrolmentStatus.ACTIVE] * 2


def test_one_waits_for_more_than_one_date_and_the_place_that_is_taken_ends_the_other_turns() -> None:
    """B4: who waits keeps every turn until there is a place."""
    first, second = two_dates()
    third = catalog.session(first.offering, in_days=90)
    holder, other, waits = crowd(3)
    for run, person in ((first, holder), (second, other)):
        take(run, person)
    turns = [take(run, waits) for run in (first, second)]
    assert states(*turns) == [EnrolmentStatus.WAITING] * 2
    made = take(third, waits)
    assert states(made, *turns) == [EnrolmentStatus.ACTIVE, *[EnrolmentStatus.CANCELLED] * 2]
    assert [fresh(run).waiting for run in (first, second)] == [0, 0]


def test_taking_one_of_two_offers_passes_the_other_on() -> None:
    first, second = two_dates()
    holder, other, waits, behind = crowd(4)
    given = [take(first, holder), take(second, other)]
    turns = [take(run, waits) for run in (first, second)]
    last = take(second, behind)
    for place in given:
        give_back(place)
    work()
    assert states(*turns, last) == [EnrolmentStatus.OFFERED] * 2 + [EnrolmentStatus.WAITING]
    with viewing(waits):
        waiting.accept(enrolment=turns[0], actor=waits)
    work()
    assert states(*turns, last) == [
        EnrolmentStatus.ACTIVE,
        EnrolmentStatus.CANCELLED,
        EnrolmentStatus.OFFERED,
    ]


def taken_over(place: Enrolment, colleague: User) -> Enrolment:
    """Send a colleague who says yes."""
    with viewing(place.participant):
        asked = replacing.ask(enrolment=place, colleague=colleague, actor=place.participant)
    with viewing(colleague):
        return replacing.take(replacement=asked, pot=Pot.FREE, actor=colleague)


def test_a_colleague_with_a_place_on_another_date_does_not_get_a_second_one() -> None:
    first, second = two_dates()
    holder, colleague = crowd(2)
    place = take(first, holder)
    take(second, colleague)
    with pytest.raises(errors.PlaceElsewhere):
        taken_over(place, colleague)
    assert states(place) == [EnrolmentStatus.ACTIVE]


def test_a_colleague_who_waits_for_another_date_gives_that_turn_up() -> None:
    first, second = two_dates()
    holder, other, colleague = crowd(3)
    place = take(first, holder)
    take(second, other)
    turn = take(second, colleague)
    made = taken_over(place, colleague)
    assert states(place, turn, made) == ["cancelled", "cancelled", "active"]


@pytest.mark.parametrize("act", [take, give_back], ids=["a place", "an offer"])
def test_moving_to_a_date_on_which_one_comes_already_is_refused(act: Callable[..., Enrolment]) -> None:
    """A walk may be joined twice, but not the same one: this was an error 500."""
    walk, other = two_dates(is_repeatable=True)
    person, holder = crowd(2)
    place = take(walk, person)
    if act is take:
        Session.objects.filter(pk=other.pk).update(seats=2)
        take(other, person)
    else:
        kept = take(other, holder)
        take(other, person)
        give_back(kept)
        work()
        Session.objects.filter(pk=other.pk).update(seats=2)
    with viewing(person):
        assert moving.dates_to_move_to(place) == []
        with pytest.raises(errors.PlaceAlready):
            moving.move(enrolment=place, to=fresh(other), actor=person)
