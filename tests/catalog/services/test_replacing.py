"""Sending a colleague in one's place (B5): never past the queue, never without the colleague's own yes."""

import base64
from datetime import timedelta

import icalendar
import pytest

from catalog.enums import EnrolmentStatus, Pot
from catalog.errors import (
    AskedAlready,
    ColleagueNotPossible,
    OutsideFaculty,
    PlaceAlready,
    Refused,
    ReplacementOver,
    ReplacementTooLate,
)
from catalog.models import Enrolment, Replacement
from catalog.services import enrolling, moving, replacing
from portal import clock
from portal.delivery.models import Mail
from portal.people.models import User
from portal.privacy.viewer import viewing
from tests.catalog.services.world import asking, crowd, fresh, give_back, letters, take, work
from tests.factories import catalog, entitlements, people
from tests.factories.database import as_owner

pytestmark = pytest.mark.django_db


def ask(enrolment: Enrolment, colleague: User) -> Replacement:
    """Ask as the holder."""
    with viewing(enrolment.participant):
        return replacing.ask(enrolment=enrolment, colleague=colleague, actor=enrolment.participant)


def say_yes(asked: Replacement, pot: str = Pot.FREE) -> Enrolment:
    """Accept as the colleague, who finds the question by themself."""
    with viewing(asked.colleague):
        found = Replacement.objects.get(pk=asked.pk)
        return replacing.take(replacement=found, pot=pot, actor=asked.colleague)


def say_no(asked: Replacement) -> None:
    """Decline as the colleague."""
    with viewing(asked.colleague):
        replacing.decline(replacement=Replacement.objects.get(pk=asked.pk), actor=asked.colleague)


def calendar_of(person: User) -> list[tuple[str, str, int]]:
    """Return method, UID and SEQUENCE of the calendar files sent to a person, oldest first."""
    with as_owner():
        mails = list(Mail.objects.filter(recipient=person).order_by("queued_at", "id"))
    found = []
    for file in (file for mail in mails for file in mail.attachments):
        calendar = icalendar.Calendar.from_ical(base64.b64decode(file["content"]))
        event = calendar.walk("VEVENT")[0]
        found.append((str(calendar["METHOD"]), str(event["UID"]), int(str(event["SEQUENCE"]))))
    return found


def test_the_place_changes_hands_and_nobody_who_waits_is_touched() -> None:
    """B5: send a colleague; B4: the queue stays as it is."""
    run, (holder, waits, colleague) = catalog.session(seats=1), crowd(3)
    given, turn = take(run, holder), take(run, waits)
    made = say_yes(ask(given, colleague))
    work()
    assert (fresh(given).status, fresh(turn).status) == (EnrolmentStatus.CANCELLED, EnrolmentStatus.WAITING)
    assert (made.status, fresh(run).taken, fresh(run).waiting) == (EnrolmentStatus.ACTIVE, 1, 1)
    assert letters(holder) == ["confirmed", "replacement_taken"]
    assert letters(colleague) == ["replacement_asked", "confirmed"]


def test_the_calendar_entry_leaves_one_and_comes_to_the_other_under_its_own_name() -> None:
    run, (holder, colleague) = catalog.session(), crowd(2)
    say_yes(ask(take(run, holder), colleague))
    sent = [entry for person in (holder, colleague) for entry in calendar_of(person)]
    (_here, own, _first), (off, withdrawn, version), (on, new, _none) = sent
    assert (off, on) == ("CANCEL", "REQUEST")
    assert (withdrawn, version) == (own, 1)
    assert new != own


def test_each_pays_from_their_own_budget() -> None:
    manager = people.employee("Hanneke Bos")
    holder, colleague = people.employee("Samira el Idrissi", manager=manager), people.employee("Bas Blok")
    run = catalog.session(catalog.offering(cost_eur=100, pots={Pot.OWN_BUDGET: catalog.notice()}))
    purses = [entitlements.account(person, 50_000) for person in (holder, colleague)]
    say_yes(ask(take(run, holder, Pot.OWN_BUDGET), colleague), Pot.OWN_BUDGET)
    work()
    assert [(fresh(purse).free, fresh(purse).held) for purse in purses] == [(50_000, 0), (40_000, 10_000)]


def test_a_colleague_who_has_too_little_leaves_everything_as_it_was() -> None:
    run = catalog.session(catalog.offering(cost_eur=100, pots={Pot.OWN_BUDGET: catalog.notice()}))
    holder, colleague = crowd(2)
    entitlements.account(holder, 50_000)
    given = take(run, holder, Pot.OWN_BUDGET)
    asked = ask(given, colleague)
    with pytest.raises(Refused):
        say_yes(asked, Pot.OWN_BUDGET)
    assert (fresh(given).status, fresh(asked).answer) == (EnrolmentStatus.ACTIVE, "asked")


def test_with_approval_the_colleagues_own_manager_is_asked() -> None:
    run, holder, manager = asking()
    colleague = people.employee("Bas Blok", manager=people.employee("Els Vries"))
    made = say_yes(ask(take(run, holder), colleague), Pot.DEPARTMENT)
    assert made.status == EnrolmentStatus.REQUESTED
    assert letters(manager) == []
    assert fresh(made).cost_eur == 195
    with as_owner():
        assert made.approvals.get().manager.surname == "Vries"


def test_who_waited_takes_the_place_with_the_same_turn() -> None:
    run, (holder, colleague) = catalog.session(seats=1), crowd(2)
    given, turn = take(run, holder), take(run, colleague)
    made = say_yes(ask(given, colleague))
    assert (made.pk, made.status, fresh(run).waiting) == (turn.pk, EnrolmentStatus.ACTIVE, 0)


def test_twice_is_once() -> None:
    run, (holder, colleague) = catalog.session(), crowd(2)
    given = take(run, holder)
    asked = ask(given, colleague)
    assert ask(given, colleague).pk == asked.pk
    assert say_yes(asked).pk == say_yes(asked).pk
    assert fresh(run).taken == 1


def test_a_no_leaves_the_place_with_its_holder() -> None:
    run, (holder, colleague, third) = catalog.session(), crowd(3)
    given = take(run, holder)
    asked = ask(given, colleague)
    with pytest.raises(AskedAlready):
        ask(given, third)
    say_no(asked)
    say_no(asked)
    with pytest.raises(ReplacementOver):
        say_yes(asked)
    assert fresh(given).status == EnrolmentStatus.ACTIVE
    assert letters(holder) == ["confirmed", "replacement_declined"]
    assert ask(given, third).pk != asked.pk


@pytest.mark.parametrize("act", ["cancel", "move", "take_back"])
def test_the_question_ends_with_the_place_or_with_the_holders_word(act: str) -> None:
    offering = catalog.offering()
    run, later, (holder, colleague) = (
        catalog.session(offering),
        catalog.session(offering, in_days=40),
        crowd(2),
    )
    given = take(run, holder)
    asked = ask(given, colleague)
    with viewing(holder):
        if act == "cancel":
            enrolling.cancel(enrolment=given, actor=holder)
        elif act == "move":
            moving.move(enrolment=given, to=later, actor=holder)
        else:
            replacing.take_back(enrolment=given, actor=holder)
    with pytest.raises(ReplacementOver):
        say_yes(asked)
    assert letters(colleague) == ["replacement_asked", "replacement_withdrawn"]


def test_silence_leaves_the_place_with_its_holder() -> None:
    run, (holder, colleague) = catalog.session(), crowd(2)
    given = take(run, holder)
    asked = ask(given, colleague)
    with clock.frozen(clock.now() + timedelta(hours=49)):
        with pytest.raises(ReplacementOver):
            say_yes(asked)
        work()
    assert fresh(asked).answer == "lapsed"
    assert letters(holder) == ["confirmed", "replacement_lapsed"]


def test_only_a_certain_place_within_the_term_can_be_passed_on() -> None:
    run, (holder, waits, colleague) = catalog.session(seats=1), crowd(3)
    given, turn = take(run, holder), take(run, waits)
    with pytest.raises(ReplacementTooLate):
        ask(turn, colleague)
    asked = ask(given, colleague)
    with clock.frozen(run.cancel_until + timedelta(minutes=1)):
        with pytest.raises(ReplacementTooLate):
            ask(given, colleague)
        with pytest.raises(ReplacementOver):
            say_yes(asked)
    give_back(given)
    with pytest.raises(ReplacementTooLate):
        ask(given, colleague)


def test_who_has_a_place_already_is_told_so() -> None:
    run, (holder, colleague) = catalog.session(), crowd(2)
    given = take(run, holder)
    take(run, colleague)
    with pytest.raises(PlaceAlready):
        say_yes(ask(given, colleague))


def test_an_offering_of_one_faculty_stays_in_it() -> None:
    """A5: for one faculty; neither a forged form nor a colleague gets somebody else in."""
    inside, outside = (
        people.employee("Samira el Idrissi", code="SCI"),
        people.employee("Bas Blok", code="LAW"),
    )
    run = catalog.session(catalog.offering(faculty=people.faculty("SCI")))
    with pytest.raises(OutsideFaculty):
        take(run, outside)
    with pytest.raises(ColleagueNotPossible):
        ask(take(run, inside), outside)


def test_a_request_that_waits_for_the_manager_can_not_be_passed_on() -> None:
    run, person, _manager = asking()
    given = take(run, person, Pot.DEPARTMENT)
    assert given.status == EnrolmentStatus.REQUESTED
    with pytest.raises(ReplacementTooLate):
        ask(given, people.employee("Bas Blok"))


def test_nobody_else_answers_or_sees_the_question() -> None:
    run, (holder, colleague, stranger) = catalog.session(), crowd(3)
    given = take(run, holder)
    asked = ask(given, colleague)
    with viewing(stranger):
        assert list(Replacement.objects.all()) == []
        assert list(Enrolment.objects.all()) == []
        with pytest.raises(Replacement.DoesNotExist):
            replacing.take(replacement=asked, pot=Pot.FREE, actor=stranger)
    with viewing(colleague):
        assert list(Enrolment.objects.all()) == [given]
    say_no(asked)
    with viewing(colleague):
        assert list(Enrolment.objects.all()) == []
