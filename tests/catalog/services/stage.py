"""What every random history is played on: a course with two dates, seven people with their budgets, and a clock.

Made once for all histories. Each plays on a savepoint that is undone at its end, looks with three queries, and
writes no mail: what letters say is tested elsewhere.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from unittest import mock

from django.db import connection, transaction

from catalog.emails import enrolments as letters
from catalog.emails import replacements as questions
from catalog.enums import HOLDING, OPEN, EnrolmentStatus, Pot
from catalog.errors import Refused
from catalog.models import Enrolment, Session
from portal import clock
from portal.delivery import outbox
from portal.entitlements.models import Account
from portal.people.enums import Role
from portal.privacy.roles import OWNER
from tests.catalog.services.world import asking
from tests.factories import catalog, entitlements, people

PEOPLE, OUTSIDER = 6, 6
ROW = (
    "pk",
    "session_id",
    "participant_id",
    "status",
    "pot",
    "cost_eur",
    "paid_at",
    "offered_until",
    "enrolled_at",
)
DATE = (
    "pk",
    "seats",
    "taken",
    "waiting",
    "starts_at",
    "ends_at",
    "enrol_until",
    "cancel_until",
    "cancelled_at",
)
# Cents: who can pay twice, who once, and who never.
OPENINGS = (40_000, 40_000, 40_000, 25_000, 25_000, 10_000, 40_000)


@dataclass(frozen=True)
class Look:
    """How everything stands at one moment: enrolments in the order of the queue, dates, and money."""

    rows: list[Any]
    dates: dict[int, Any]
    purses: dict[int, Any]

    def of(self, date: int, *statuses: str) -> list[Any]:
        """Return the enrolments of a date."""
        return [
            row for row in self.rows if row.session_id == date and (not statuses or row.status in statuses)
        ]

    def waiting(self, date: int) -> list[Any]:
        """Return the queue of a date."""
        return self.of(date, EnrolmentStatus.WAITING)

    def holding(self, date: int) -> list[Any]:
        """Return who has a place, or is asked to take one."""
        return self.of(date, *HOLDING)

    def to_come(self, now: datetime) -> list[Any]:
        """Return the places and turns on dates that are not over."""
        return [row for row in self.rows if row.status in OPEN and self.dates[row.session_id].ends_at > now]

    def bought(self) -> list[Any]:
        """Return what was or has to be paid from a budget, and is not free of charge."""
        return [row for row in self.rows if row.pot != Pot.FREE]


class Stage:
    """The people, the dates and the money."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('role')")
            (self.role,) = cursor.fetchone()
            cursor.execute(f"SET LOCAL ROLE {OWNER}")
        self.began = clock.now()
        with mock.patch.object(catalog, "index_offering"):  # nobody searches here
            first, person, self.manager = asking(seats=2, in_days=20)
        unit, offering = person.appointments.get().department, first.offering
        offering.pots.filter(pot=Pot.FREE).update(pot=Pot.OWN_BUDGET)
        offering.pots.create(pot=Pot.FREE, notice=offering.pots.get(pot=Pot.OWN_BUDGET).notice, order=9)
        offering.faculty = unit.faculty
        offering.save()
        self.runs = [first, catalog.session(offering, seats=1, in_days=27)]
        self.people = [people.employee(manager=self.manager, department=unit) for _n in range(PEOPLE)]
        self.people.append(people.employee("Vreemde Eend", code="LAW", manager=self.manager))
        purses = [entitlements.account(*of) for of in zip(self.people, OPENINGS, strict=True)]
        purses.append(entitlements.account(unit, 50_000, key="department_development"))
        self.openings = {purse.pk: purse.free for purse in purses}
        self.editor = people.holder(Role.EDITOR)

    def look(self) -> Look:
        """Look at everything, past the wall."""
        rows = Enrolment.objects.filter(session__in=self.runs).order_by("pk")
        dates = Session.objects.filter(pk__in=[run.pk for run in self.runs])
        purses = Account.objects.filter(pk__in=self.openings)
        return Look(
            list(rows.values_list(*ROW, named=True)),
            {date.pk: date for date in dates.values_list(*DATE, named=True)},
            {purse.pk: purse for purse in purses.values_list("pk", "free", "held", "spent", named=True)},
        )

    def attempt(self, now: datetime, act: Callable[[], object]) -> bool:
        """Do something behind the wall at this time; tell whether it was done: a refusal is an answer too."""
        with clock.frozen(now):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL ROLE {self.role}")
                    act()
                    cursor.execute(f"SET LOCAL ROLE {OWNER}")
            except Refused:
                return False
        return True


@contextmanager
def undone() -> Iterator[None]:
    """Undo what is done meanwhile, and write no letters."""
    with ExitStack() as stack:
        stack.enter_context(transaction.atomic())
        stack.enter_context(outbox.muted())
        for place in (letters, questions):
            stack.enter_context(mock.patch.object(place, "calendar_files", return_value=[]))
        try:
            yield
        finally:
            transaction.set_rollback(True)
