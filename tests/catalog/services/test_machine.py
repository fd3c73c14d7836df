"""Random histories of one session: never too many, nobody overtaken, no place idle, every offer ends, no money lost."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from catalog.enums import HOLDING, OPEN, EnrolmentStatus, Pot
from catalog.errors import Refused
from catalog.models import Approval, Enrolment, Session
from catalog.services import approving, replacing, sessions, waiting
from portal import clock
from portal.delivery import outbox
from portal.entitlements.models import Account, Entry
from portal.people.enums import Role
from portal.people.models import User
from portal.privacy.viewer import viewing
from tests.catalog.services.world import asking, give_back, take, work
from tests.factories import entitlements, people
from tests.factories.database import as_owner

PEOPLE = 6
POTS = (Pot.FREE, Pot.OWN_BUDGET, Pot.DEPARTMENT)
WHO, POT = st.integers(0, PEOPLE - 1), st.sampled_from(POTS)


class Queue(RuleBasedStateMachine):
    """One session of a paid offering, six people, a manager, an organiser and a clock."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.mute = outbox.muted()
        self.mute.__enter__()
        self.now = clock.now()
        self.run, person, self.manager = asking(seats=2, in_days=20)
        unit = person.appointments.get().department
        self.run.offering.pots.filter(pot=Pot.FREE).update(pot=Pot.OWN_BUDGET)
        told = self.run.offering.pots.get(pot=Pot.OWN_BUDGET).notice
        self.run.offering.pots.create(pot=Pot.FREE, notice=told, order=9)
        self.people = [people.employee(manager=self.manager, department=unit) for _n in range(PEOPLE)]
        self.purses = [entitlements.account(person, 40_000) for person in self.people]
        self.purses.append(entitlements.account(unit, 50_000, key="department_development"))
        self.editor = people.holder(Role.EDITOR)
        self.offered: list[int] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.mute.__exit__(None, None, None)
        self.block.__exit__(None, None, None)

    def attempt(self, act: object) -> None:
        """Do something at this machine's time; a refusal is an answer too."""
        with clock.frozen(self.now):
            try:
                with transaction.atomic():
                    act()  # type: ignore[operator]
            except Refused:
                pass

    def rows(self, *statuses: str) -> list[Enrolment]:
        """Return the enrolments, in the order of the queue."""
        with as_owner():
            found = Enrolment.objects.filter(session=self.run).select_related("participant").order_by("pk")
            return [row for row in found if not statuses or row.status in statuses]

    def session(self) -> Session:
        """Return the session as it stands now."""
        return Session.objects.get(pk=self.run.pk)

    @rule(comers=st.lists(st.tuples(WHO, POT), min_size=1, max_size=5))
    def enrol(self, comers: list[tuple[int, str]]) -> None:
        for who, pot in comers:
            before = {row.pk for row in self.rows()}
            waits = bool(self.rows(EnrolmentStatus.WAITING))
            self.attempt(lambda who=who, pot=pot: take(self.run, self.people[who], pot))
            made = [row for row in self.rows() if row.pk not in before]
            assert not (waits and any(row.status in HOLDING for row in made)), "overtaken by a newcomer"

    @initialize(comers=st.permutations([0, 1, 2, 3]), pot=POT)
    def a_crowd_comes(self, comers: list[int], pot: str) -> None:
        self.enrol([(who, pot) for who in comers])

    @rule(who=WHO)
    def cancel(self, who: int) -> None:
        for row in self.rows(*OPEN):
            if row.participant_id == self.people[who].pk:
                self.attempt(lambda row=row: give_back(row))

    @rule(who=WHO)
    def accept(self, who: int) -> None:
        person = self.people[who]
        for row in self.rows(EnrolmentStatus.OFFERED):
            if row.participant_id == person.pk:
                self.attempt(lambda row=row: self._accept(row))

    def _accept(self, row: Enrolment) -> None:
        with viewing(row.participant):
            waiting.accept(enrolment=row, actor=row.participant)

    @rule(who=WHO, to=WHO, pot=POT, yes=st.booleans())
    def send_a_colleague(self, who: int, to: int, pot: str, yes: bool) -> None:
        waits = [row.pk for row in self.rows(EnrolmentStatus.WAITING)]
        colleague = self.people[to]
        for row in self.rows(EnrolmentStatus.ACTIVE):
            if row.participant_id == self.people[who].pk and who != to:
                self.attempt(lambda row=row: self._send(row, colleague, pot, yes))
        left = [row for row in self.rows(EnrolmentStatus.WAITING) if row.participant_id != colleague.pk]
        others = [row.pk for row in self.rows() if row.pk in waits and row.participant_id != colleague.pk]
        assert [row.pk for row in left] == others, "a colleague cost somebody their turn"

    def _send(self, row: Enrolment, colleague: User, pot: str, yes: bool) -> None:
        with viewing(row.participant):
            asked = replacing.ask(enrolment=row, colleague=colleague, actor=row.participant)
        with viewing(colleague):
            if yes:
                replacing.take(replacement=asked, pot=pot, actor=colleague)
            else:
                replacing.decline(replacement=asked, actor=colleague)

    @rule(yes=st.booleans())
    def answer(self, yes: bool) -> None:
        with as_owner():
            asked = Approval.objects.filter(answer="asked").order_by("pk").first()
        if asked is not None:
            self.attempt(lambda: self._answer(asked, yes))

    def _answer(self, asked: Approval, yes: bool) -> None:
        with viewing(self.manager):
            approving.answer(approval=asked, is_yes=yes, actor=self.manager, reason="Nee.")

    @rule(seats=st.integers(1, 5))
    def change_seats(self, seats: int) -> None:
        self.attempt(lambda: self._seats(seats))

    def _seats(self, seats: int) -> None:
        with viewing(self.editor):
            sessions.set_seats(session=self.run, seats=seats, actor=self.editor)

    @rule(hours=st.sampled_from([1, 13, 49, 24 * 8]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @precondition(lambda self: len(self.rows()) > 3)
    @rule(sure=st.integers(0, 2))
    def call_off(self, sure: int) -> None:
        if sure == 0:
            self.attempt(self._call_off)

    def _call_off(self) -> None:
        with viewing(self.editor):
            sessions.call_off(session=self.run, actor=self.editor)

    @rule()
    def the_worker_has_its_turn(self) -> None:
        before = [row.pk for row in self.rows(EnrolmentStatus.WAITING)]
        with clock.frozen(self.now):
            work()
        offered = [row.pk for row in self.rows(EnrolmentStatus.OFFERED) if row.pk in before]
        assert offered == before[: len(offered)], "somebody was overtaken"
        self._at_rest()

    def _at_rest(self) -> None:
        run, begun = self.session(), self.session().starts_at <= self.now
        waits = self.rows(EnrolmentStatus.WAITING)
        assert not waits or not run.free, "a place is idle while somebody waits"
        offered = self.rows(EnrolmentStatus.OFFERED)
        over = [row for row in offered if row.offered_until is None or row.offered_until <= self.now]
        assert not over, "an offer stays"
        if begun or run.cancelled_at:
            assert not self.rows(EnrolmentStatus.WAITING, EnrolmentStatus.OFFERED), (
                "someone is left in the queue"
            )
        held, due, _later = self._money()
        assert held == due, "money stays set aside"
        if run.cancelled_at:
            assert not self.rows(*OPEN), "somebody still thinks that it is on"

    @invariant()
    def never_more_than_seats(self) -> None:
        run = self.session()
        assert run.taken == len(self.rows(*HOLDING)) <= run.seats
        assert run.waiting == len(self.rows(EnrolmentStatus.WAITING))

    @invariant()
    def no_money_is_lost(self) -> None:
        held, due, later = self._money()
        assert due <= held <= due + later

    def _money(self) -> tuple[int, int, int]:
        """Return what is set aside, what has to be, and what the worker may still give back."""
        with as_owner():
            held = 0
            for purse in self.purses:
                found = Account.objects.get(pk=purse.pk)
                opening = Entry.objects.get(account=purse, kind="credit").amount
                assert found.free + found.held + found.spent == opening
                held += found.held
        sure = (EnrolmentStatus.REQUESTED, EnrolmentStatus.ACTIVE)
        paying = [row for row in self.rows() if row.pot != Pot.FREE and row.paid_at is None]
        due = sum(row.cost_eur * 100 for row in paying if row.status in sure)
        # A manager's no and a colleague's yes leave the money to the worker, who sees that budget.
        given = (EnrolmentStatus.REFUSED, EnrolmentStatus.CANCELLED)
        later = sum(row.cost_eur * 100 for row in paying if row.status in given)
        return held, due, later


@pytest.mark.django_db
def test_random_histories() -> None:
    run_state_machine_as_test(Queue, settings=_settings(50, 15))


@pytest.mark.long
@pytest.mark.django_db
def test_thousands_of_random_histories() -> None:
    run_state_machine_as_test(Queue, settings=_settings(2000, 30))


def _settings(examples: int, steps: int) -> settings:
    """Without shrinking: that takes minutes, and the history that failed says enough."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        phases=(Phase.reuse, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
