"""The manager's answer: asked, answered, reminded, lapsed; by a deputy as well."""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist

from catalog import errors
from catalog.enums import Answer, EnrolmentStatus, Pot
from catalog.models import Approval, Deputy, Enrolment
from catalog.services import approving, deputies
from portal import clock
from portal.delivery.models import Mail
from portal.entitlements.models import Account
from portal.organisation.queries import appointments_of
from portal.people.models import User
from portal.privacy import wall
from portal.privacy.viewer import viewing
from tests.catalog.services.world import asking, fresh, give_back, letters, take, work
from tests.factories import catalog, entitlements, people
from tests.factories.database import as_owner

pytestmark = pytest.mark.django_db
WHY = "Het budget is op."


def question(enrolment: Enrolment) -> Approval:
    """Return what was asked about an enrolment."""
    with as_owner():
        return Approval.objects.get(enrolment=enrolment)


def say(enrolment: Enrolment, actor: User, *, yes: bool) -> Approval:
    """Answer as this person."""
    approval = question(enrolment)
    with viewing(actor):
        asked = Approval.objects.get(pk=approval.pk)
        return approving.answer(approval=asked, is_yes=yes, actor=actor, reason="" if yes else WHY)


def pot(person: User) -> Account:
    """Give the person's department a budget."""
    appointment = appointments_of(person.pk).get()
    return entitlements.account(appointment.department, 1_200_000, key="department_development")


def money(account: Account) -> tuple[int, int, int]:
    """Return what is free, set aside and spent."""
    found = fresh(account)
    return (found.free, found.held, found.spent)


def test_asking_keeps_a_place_and_the_money_and_the_manager_reads_the_exact_text() -> None:
    run, person, manager = asking()
    account = pot(person)
    enrolment = take(run, person, Pot.DEPARTMENT)
    run.refresh_from_db()
    assert (enrolment.status, run.taken) == (EnrolmentStatus.REQUESTED, 1)
    assert money(account) == (1_180_500, 19_500, 0)
    assert (letters(person), letters(manager)) == (["requested"], ["approval_asked"])
    asked = question(enrolment)
    assert asked.message_nl.startswith(
        "Samira el Idrissi vraagt Helder schrijven, €\N{NO-BREAK SPACE}195. Antwoord vóór "
    )
    with as_owner():
        assert asked.message_nl in Mail.objects.get(recipient=manager).text


def test_yes_makes_the_place_certain() -> None:
    run, person, manager = asking()
    account = pot(person)
    enrolment = take(run, person, Pot.DEPARTMENT)
    assert say(enrolment, manager, yes=True).answer == Answer.YES
    assert say(enrolment, manager, yes=True).answer == Answer.YES
    assert fresh(enrolment).status == EnrolmentStatus.ACTIVE
    assert letters(person) == ["requested", "confirmed"]
    with pytest.raises(errors.AnsweredAlready):
        say(enrolment, manager, yes=False)
    assert money(account) == (1_180_500, 19_500, 0)


def test_no_gives_place_and_money_back_and_the_next_gets_an_offer() -> None:
    run, person, manager = asking(seats=1)
    account, other = pot(person), people.employee("Wacht Er")
    enrolment, turn = take(run, person, Pot.DEPARTMENT), take(run, other, Pot.FREE)
    say(enrolment, manager, yes=False)
    work()
    assert [fresh(row).status for row in (enrolment, turn)] == [
        EnrolmentStatus.REFUSED,
        EnrolmentStatus.OFFERED,
    ]
    assert money(account) == (1_200_000, 0, 0)
    assert letters(person) == ["requested", "refused"]
    with as_owner():
        assert WHY in Mail.objects.get(recipient=person, template="catalog/refused").text


def test_a_no_needs_a_reason_and_a_yes_keeps_none() -> None:
    run, person, manager = asking()
    enrolment = take(run, person, Pot.DEPARTMENT)
    asked = question(enrolment)
    with viewing(manager), pytest.raises(errors.ReasonMissing):
        approving.answer(approval=asked, is_yes=False, actor=manager, reason="  ")
    with viewing(manager):
        approving.answer(approval=asked, is_yes=True, actor=manager, reason="Mooi plan")
    assert (fresh(enrolment).status, question(enrolment).reason) == (EnrolmentStatus.ACTIVE, "")


def test_silence_is_reminded_once_and_then_lapses() -> None:
    run, person, manager = asking()
    account = pot(person)
    enrolment = take(run, person, Pot.DEPARTMENT)
    for days in (6, 8, 9):
        with clock.frozen(clock.now() + timedelta(days=days)):
            work()
    assert letters(manager) == ["approval_asked", "approval_reminder"]
    with clock.frozen(clock.now() + timedelta(days=15)):
        with pytest.raises(errors.AnsweredAlready):
            say(enrolment, manager, yes=True)
        work()
    assert (fresh(enrolment).status, question(enrolment).answer) == (EnrolmentStatus.LAPSED, Answer.LAPSED)
    assert money(account) == (1_200_000, 0, 0)
    assert letters(person) == ["requested", "not_answered"]


def test_withdrawing_takes_the_question_back() -> None:
    run, person, manager = asking()
    enrolment = take(run, person, Pot.DEPARTMENT)
    give_back(enrolment)
    assert (question(enrolment).answer, letters(manager)) == (
        Answer.WITHDRAWN,
        ["approval_asked", "approval_withdrawn"],
    )
    with pytest.raises(errors.AnsweredAlready):
        say(enrolment, manager, yes=True)


def test_a_deputy_answers_and_nobody_else_does() -> None:
    run, person, manager = asking()
    colleague, stranger = people.employee("Piet Blok"), people.employee("Vreemde Eend")
    today = clock.today()
    with viewing(manager):
        period = Deputy(deputy=colleague, starts_on=today, ends_on=today)
        deputies.appoint(period=period, actor=manager)
    enrolment = take(run, person, Pot.DEPARTMENT)
    assert letters(colleague) == ["approval_asked"]
    asked = question(enrolment)
    for other in (stranger, person):
        with viewing(other), pytest.raises(ObjectDoesNotExist):
            approving.answer(approval=asked, is_yes=True, actor=other)
    with viewing(stranger):
        assert (Approval.objects.count(), Enrolment.objects.count()) == (0, 0)
    assert say(enrolment, colleague, yes=True).answered_by == colleague


def test_a_deputy_reads_no_answers_of_before_the_period() -> None:
    """Who answers for a few days does not get the requests of a year, with why they were refused."""
    run, person, manager = asking()
    deputy, texts = people.employee("Piet Blok"), {"message_nl": "Mag dit?", "message_en": "May I?"}
    rows = []
    for days in (9, 1, None):
        enrolment = take(catalog.session(run.offering, in_days=40), person)
        give_back(enrolment)
        at = clock.now() - timedelta(days=days) if days else None
        said = {"answer": Answer.NO, "answered_at": at, "reason": "Te duur."} if at else {}
        asked = {"enrolment": enrolment, "participant": person, "manager": manager, **texts, **said}
        with as_owner():
            rows.append(Approval.objects.create(answer_by=clock.now() + timedelta(days=9), **asked))
    with viewing(manager):
        since, today = clock.today() - timedelta(days=3), clock.today()
        deputies.appoint(period=Deputy(deputy=deputy, starts_on=since, ends_on=today), actor=manager)
    with viewing(deputy):
        assert set(Approval.objects.all()) == set(wall.visible(Approval, deputy)) == set(rows[1:])


def test_the_manager_sees_the_request_and_no_other_enrolment() -> None:
    run, person, manager = asking()
    asked = take(run, person, Pot.DEPARTMENT)
    other_run, _other, _manager = asking()
    take(other_run, person, Pot.FREE)
    with viewing(manager):
        assert list(Enrolment.objects.all()) == [asked]


def test_a_department_whose_budget_is_too_small_is_said_at_once() -> None:
    run, person, _manager = asking()
    entitlements.account(appointments_of(person.pk).get().department, 19_499, key="department_development")
    with pytest.raises(errors.BudgetTooSmall):
        take(run, person, Pot.DEPARTMENT)
    run.refresh_from_db()
    assert run.taken == 0


def test_without_a_manager_there_is_nobody_to_ask() -> None:
    run, _person, _manager = asking()
    with pytest.raises(errors.NobodyAnswers):
        take(run, people.employee("Los Zand"), Pot.DEPARTMENT)
