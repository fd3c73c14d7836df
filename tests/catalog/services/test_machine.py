"""Random histories of a course: never too many, nobody overtaken, no place idle, every offer ends, no money lost."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from functools import partial

import pytest
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

from catalog.enums import CERTAIN, HOLDING, OPEN, EnrolmentStatus, Pot
from catalog.models import Approval, Enrolment
from catalog.services import approving, enrolling, moving, replacing, sessions, waiting
from portal import clock
from portal.people.models import User
from portal.privacy.viewer import viewing
from tests.catalog.services.stage import OUTSIDER, PEOPLE, Look, Stage, undone
from tests.catalog.services.world import take, work

FOREIGN = Pot.CENTRAL  # no way to pay for this course
POTS = (Pot.FREE, Pot.OWN_BUDGET, Pot.DEPARTMENT)
NUMBER, DATE = st.integers(0, 9), st.integers(0, 1)
ANYBODY, ANY_POT = st.integers(0, OUTSIDER), st.sampled_from((*POTS, FOREIGN))
POT = st.sampled_from(POTS)


class Queue(RuleBasedStateMachine):
    """Two dates of a paid course for one faculty, six of its people and a stranger, a manager and an organiser."""

    stage: Stage
    steps = lives = 0

    def __init__(self) -> None:
        super().__init__()
        self.undone = ExitStack()
        self.undone.enter_context(undone())
        self.now, self.people = self.stage.began, self.stage.people
        self.seen: Look | None = None
        self.paid_in_vain = 0
        type(self).lives += 1

    def teardown(self) -> None:
        self.undone.close()
        if self.lives % 100 == 0:
            sys.stdout.write(f"{self.lives} histories, {self.steps} looks\n")
            sys.stdout.flush()

    @property
    def look(self) -> Look:
        """How it stands now."""
        self.seen = self.seen or self.stage.look()
        return self.seen

    def attempt(self, act: Callable[..., object], *given: object, **named: object) -> bool:
        """Do something now; tell whether it was done."""
        self.seen = None
        return self.stage.attempt(self.now, partial(act, *given, **named))

    def pick(self, number: int, *statuses: str) -> list[Enrolment]:
        """Return one of the enrolments that stand so, to act on; none when there is none."""
        keys = [row.pk for row in self.look.rows if row.status in statuses]
        chosen = Enrolment.objects.select_related("participant", "session__offering")
        return [chosen.get(pk=keys[number % len(keys)])] if keys else []

    @rule(comers=st.lists(st.tuples(ANYBODY, ANY_POT, DATE), min_size=1, max_size=5))
    def enrol(self, comers: list[tuple[int, str, int]]) -> None:
        for who, pot, at in comers:
            run, before = self.stage.runs[at], self.look
            is_done = self.attempt(take, run, self.people[who], pot)
            known, date = {row.pk for row in before.rows}, before.dates[run.pk]
            made = [row for row in self.look.rows if row.pk not in known]
            assert len(made) <= is_done
            if made:
                assert date.enrol_until > self.now, "enrolled on a date that was closed"
                assert date.cancelled_at is None, "enrolled on a date that was called off"
                may_have_a_place = not before.waiting(run.pk)
                assert may_have_a_place or made[0].status not in HOLDING, "overtaken by a newcomer"

    @initialize(comers=st.permutations(range(PEOPLE)), pots=st.lists(POT, min_size=PEOPLE, max_size=PEOPLE))
    def a_crowd_comes(self, comers: list[int], pots: list[str]) -> None:
        self.enrol([(who, pot, at % 2) for at, (who, pot) in enumerate(zip(comers, pots, strict=True))])

    @rule(number=NUMBER, works=st.booleans())
    def cancel(self, number: int, works: bool) -> None:
        for row in self.pick(number, *OPEN):
            self._give_up(row)
        if works:
            self.the_worker_has_its_turn()

    def _give_up(self, row: Enrolment) -> None:
        late = row.is_active and row.session.cancel_until <= self.now and row.pot != Pot.FREE
        is_done = self.attempt(self._as, row.participant, enrolling.cancel, enrolment=row)
        self.paid_in_vain += row.cost_eur * 100 if late and is_done else 0

    def _one_gives_up(self, date: int) -> None:
        """A place on this date comes free; the worker has not seen it yet."""
        for row in self.look.holding(date)[:1]:
            self._give_up(Enrolment.objects.select_related("participant", "session__offering").get(pk=row.pk))

    @rule(number=NUMBER, hours_open=st.sampled_from([0, 0, 13, 49]))
    def accept(self, number: int, hours_open: int) -> None:
        """On a page that may have been open for a while."""
        for row in self.pick(number, EnrolmentStatus.OFFERED):
            self.now += timedelta(hours=hours_open)
            in_time = row.offered_until is not None and row.offered_until > self.now
            is_done = self.attempt(self._as, row.participant, waiting.accept, enrolment=row)
            assert in_time or not is_done, "an offer was taken after its time"

    @rule(number=NUMBER, has_room=st.booleans())
    def go_another_day(self, number: int, has_room: bool) -> None:
        for row in self.pick(number, EnrolmentStatus.ACTIVE):
            to = next(run for run in self.stage.runs if run.pk != row.session_id)
            if has_room:
                self._one_gives_up(to.pk)
            queue = self.look.waiting(to.pk)
            is_done = self.attempt(self._as, row.participant, moving.move, enrolment=row, to=to)
            assert not (queue and is_done), "overtaken by somebody who moved"

    @staticmethod
    def _as(person: User, act: Callable[..., object], **given: object) -> None:
        with viewing(person):
            act(actor=person, **given)

    @rule(number=NUMBER, to=ANYBODY, pot=POT, yes=st.booleans())
    def send_a_colleague(self, number: int, to: int, pot: str, yes: bool) -> None:
        before, colleague = self.look, self.people[to]
        for row in self.pick(number, EnrolmentStatus.ACTIVE):
            if row.participant != colleague:
                self.attempt(self._send, row, colleague, pot, yes)
        for date in before.dates:
            turns = [row.pk for row in before.waiting(date) if row.participant_id != colleague.pk]
            left = [row.pk for row in self.look.waiting(date) if row.participant_id != colleague.pk]
            assert left == turns, "a colleague cost somebody their turn"

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
        asked = Approval.objects.filter(answer="asked").select_related("enrolment").order_by("pk").first()
        if asked is not None:
            said = {"approval": asked, "is_yes": yes, "reason": "" if yes else "Te duur."}
            self.attempt(self._as, self.stage.manager, approving.answer, **said)

    @rule(seats=st.integers(1, 5), at=DATE)
    def change_seats(self, seats: int, at: int) -> None:
        act = {"session": self.stage.runs[at], "seats": seats}
        self.attempt(self._as, self.stage.editor, sessions.set_seats, **act)

    @rule(hours=st.sampled_from([1, 13, 49, 24 * 8]), works=st.booleans())
    def time_passes(self, hours: int, works: bool) -> None:
        self.now += timedelta(hours=hours)
        if works:
            self.the_worker_has_its_turn()

    @rule(at=DATE, hours=st.sampled_from([6, 30, 100]), gives_up=st.booleans())
    def the_eve_comes(self, at: int, hours: int, gives_up: bool) -> None:
        """Shortly before a date begins: enrolment has closed or closes soon, and the date is still to come."""
        date = self.look.dates[self.stage.runs[at].pk]
        self.now = max(self.now, date.starts_at - timedelta(hours=hours))
        if gives_up:
            self._one_gives_up(date.pk)
            self.the_worker_has_its_turn()

    @precondition(lambda self: len(self.look.rows) > 3)
    @rule(sure=st.integers(0, 2), at=DATE)
    def call_off(self, sure: int, at: int) -> None:
        if sure == 0:
            run = self.stage.runs[at]
            self.attempt(self._as, self.stage.editor, sessions.call_off, session=run)

    @rule()
    def the_worker_has_its_turn(self) -> None:
        before, self.seen = self.look, None
        with clock.frozen(self.now):
            work()
        for date in before.dates:
            queue = [row.pk for row in before.waiting(date)]
            offered = [row.pk for row in self.look.of(date, EnrolmentStatus.OFFERED) if row.pk in queue]
            assert offered == queue[: len(offered)], "somebody was overtaken"
            self._kept_as_long_as_said(date, offered)
            self._at_rest(date)
        held, due, _later = self._money()
        assert held == due, "money stays set aside"

    def _kept_as_long_as_said(self, key: int, offered: list[int]) -> None:
        """Two days, or twelve hours in the last five days, and never beyond the start (decision 28)."""
        begins = self.look.dates[key].starts_at
        hours = 12 if begins - self.now < timedelta(days=5) else 48
        for row in self.look.of(key, EnrolmentStatus.OFFERED):
            kept = row.offered_until == min(self.now + timedelta(hours=hours), begins)
            assert kept or row.pk not in offered, "an offer is kept longer or shorter than said"

    def _at_rest(self, key: int) -> None:
        date, queue = self.look.dates[key], self.look.waiting(key)
        assert not queue or date.taken >= date.seats, "a place is idle while somebody waits"
        offered = self.look.of(key, EnrolmentStatus.OFFERED)
        over = [row for row in offered if row.offered_until is None or row.offered_until <= self.now]
        assert not over, "an offer stays"
        if date.starts_at <= self.now or date.cancelled_at:
            assert not queue, "someone is left in the queue"
            assert not offered, "someone is asked too late"
            assert not self.look.of(key, EnrolmentStatus.REQUESTED), "a manager is asked too late"
        if date.cancelled_at:
            assert not self.look.of(key, *OPEN), "somebody still thinks that it is on"
        elif date.starts_at <= self.now:
            unpaid = [row for row in self.look.of(key, *CERTAIN) if row.paid_at is None]
            assert not unpaid, "somebody came and nothing was paid"

    @invariant()
    def never_more_than_seats(self) -> None:
        type(self).steps += 1
        for key, date in self.look.dates.items():
            assert date.taken == len(self.look.holding(key)), "places are counted wrong"
            assert date.taken <= date.seats, "more places than seats"
            assert date.waiting == len(self.look.waiting(key)), "turns are counted wrong"

    @invariant()
    def only_who_may_come(self) -> None:
        stranger = self.people[OUTSIDER].pk
        for row in self.look.rows:
            assert row.participant_id != stranger, "somebody of another faculty got in"
            assert row.pot != FOREIGN, "paid from a budget that can't pay this"

    @invariant()
    def each_once(self) -> None:
        open_rows = self.look.to_come(self.now)
        coming = [row.participant_id for row in open_rows if row.status in CERTAIN]
        assert len(coming) == len(set(coming)), "somebody has two places"
        turns = {row.participant_id for row in open_rows if row.status not in CERTAIN}
        assert not turns & set(coming), "somebody with a place keeps a turn elsewhere"

    @invariant()
    def no_money_is_lost(self) -> None:
        held, due, later = self._money()
        assert due <= held <= due + later, "less or more is set aside than the places cost"

    def _money(self) -> tuple[int, int, int]:
        """Return what is set aside, what has to be, and what the worker may still give back."""
        purses = self.look.purses
        for key, opening in self.stage.openings.items():
            assert purses[key].free + purses[key].held + purses[key].spent == opening, "money is lost or made"
            assert min(purses[key].free, purses[key].held) >= 0, "more is promised than there is"
        paid = sum(row.cost_eur * 100 for row in self.look.bought() if row.paid_at is not None)
        spent = sum(purse.spent for purse in purses.values())
        assert spent == paid + self.paid_in_vain, "paid for nothing, or came for nothing"
        paying = [row for row in self.look.bought() if row.paid_at is None]
        due = sum(row.cost_eur * 100 for row in paying if row.status in CERTAIN)
        # A manager's no and a colleague's yes leave the money to the worker, who sees that budget.
        given = (EnrolmentStatus.REFUSED, EnrolmentStatus.CANCELLED)
        later = sum(row.cost_eur * 100 for row in paying if row.status in given)
        return sum(purse.held for purse in purses.values()), due, later


def play(examples: int, steps: int) -> None:
    """Play random histories; without shrinking: the history that failed says enough."""
    Queue.stage, Queue.steps, Queue.lives = Stage(), 0, 0
    given = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Queue, settings=given)


@pytest.mark.django_db
def test_random_histories() -> None:
    play(50, 5)
    assert Queue.steps > 150


@pytest.mark.long
@pytest.mark.django_db
def test_thousands_of_random_histories(capsys: pytest.CaptureFixture[str]) -> None:
    """Says after each hundred how far it is."""
    with capsys.disabled():
        play(2000, 20)
        sys.stdout.write(f"\n{Queue.lives} histories, {Queue.steps} looks\n")
