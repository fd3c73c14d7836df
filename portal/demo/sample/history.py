"""What happened in earlier quarters: trajectories that closed, what people thought of them, and the figures.

Told through the services as well, so that every rule and every row is there; only the mail of those days
is not sent any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from evaluations.enums import Period
from portal.delivery import outbox
from portal.demo.sample import surveys
from portal.demo.sample.story import Story, workday
from portal.demo.sample.world import World
from portal.people.models import User
from trajectories.errors import Blocked

FULL = Period(2026, 3)
LENGTH = 66
RATINGS = ("achieved", "achieved", "partly_achieved")


@dataclass(frozen=True)
class Ending:
    """One trajectory to tell: who, when it closed, and what the person thought (None: no answer)."""

    participant: User
    closed_on: date
    is_content: bool | None


def quarters(world: World) -> list[Period]:
    """Return the quarters with history: the last three, more with more years, and the first three of 2026."""
    last = Period.of(world.today).previous
    found = {last}
    for _number in range(4 * world.years - 2):
        found.add(min(found).previous)
    return sorted(found | {period for period in (Period(2026, 1), Period(2026, 2), FULL) if period < last})


def make(world: World) -> None:
    """Tell every ending, the oldest first, each in one transaction."""
    people = _people(world)
    with outbox.muted():
        for period in quarters(world):
            for ending in _endings(world, period, people):
                with transaction.atomic():
                    _tell(world, ending)


def _people(world: World) -> dict[str, list[User]]:
    """Return the people of each faculty who have no part in the sample's own stories, shuffled."""
    named = {row["name"] for row in world.words("people")["people"]}
    found: dict[str, list[User]] = {code: [] for code in world.faculties}
    for code, user in world.staff:
        if user.full_name not in named and user.pk not in world.advisors:
            found[code].append(user)
    for users in found.values():
        world.dice.shuffle(users)
    return found


def _endings(world: World, period: Period, people: dict[str, list[User]]) -> Iterator[Ending]:
    full = period in (FULL, Period.of(world.today).previous)
    for code, (number, answers, content) in world.words("dossiers")["volumes"].items():
        count = number if full else number // 4
        for index in range(min(count, len(people[code]))):
            person = people[code].pop(0)
            people[code].append(person)
            thought = (index < content) if index < (answers if full else answers // 4) else None
            day = period.first_day + timedelta(days=world.dice.randint(0, 76))
            yield Ending(person, workday(day), thought)


def _tell(world: World, ending: Ending) -> None:
    began = ending.closed_on - timedelta(days=LENGTH)

    def day(after: int) -> date:
        return workday(began + timedelta(days=after))

    story = Story(world, ending.participant, world.dice.choice(list(world.words("dossiers")["questions"])))
    story.requested(day(0))
    _assign(story, day(2))
    story.intake_planned(day(3), day(9)).intake_done(day(9)).agreed(day(14)).talk(day(28))
    story.closing(day(LENGTH - 3))
    for person in (story.advisor, ending.participant):
        story.rated(person, ending.closed_on, world.dice.choice(RATINGS))
    surveys.after_closing(world, story.case.pk, ending)


def _assign(story: Story, day: date) -> Any:
    """Give the case to an advisor of this type of question; who has no room is passed over."""
    for advisor in story.world.advisors_for(story.kind):
        try:
            return story.assigned_to(day, advisor)
        except Blocked:
            continue
    return story.assigned(day)
