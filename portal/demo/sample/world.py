"""What every part of the sample shares: the day, the dice, and the words."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from portal.demo.accounts import address, content
from portal.organisation.models import Department, Faculty
from portal.people.models import User


@dataclass
class World:
    """One run: its size and day, the dice, and what has been made so far."""

    employees: int
    years: int
    seed: int
    today: date
    faculties: dict[str, Faculty] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    staff: list[tuple[User, Department]] = field(default_factory=list)
    questions: dict[int, list[Any]] = field(default_factory=dict)
    dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311  a sample must come out the same each time

    def words(self, name: str) -> dict[str, Any]:
        """Return one content file."""
        return content(name)

    def account(self, name: str) -> User:
        """Return the person of a demo account."""
        return self.people[address(name)]

    def in_months(self, months: int) -> date:
        """Return the day that many calendar months from today, in the past when negative."""
        years, month = divmod(self.today.year * 12 + self.today.month - 1 + months, 12)
        return date(years, month + 1, min(self.today.day, 28))

    def in_weeks(self, weeks: int) -> date:
        """Return the day that many weeks from today."""
        return self.today + timedelta(weeks=weeks)
