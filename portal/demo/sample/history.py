"""What happened in earlier quarters: trajectories that closed, and what people thought of them.

One of each shape is told through the services; the others are copies of its rows (`retelling`). The mail
of those days is not sent any more.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.db import transaction

from advisors.queries import candidates
from evaluations.enums import Period
from evaluations.workflow import follow_up_due
from portal import clock
from portal.delivery import outbox
from portal.demo.accounts import address
from portal.demo.sample import surveys
from portal.demo.sample.retelling import Cast, Retelling, Tale
from portal.demo.sample.story import Story, at, workday
from portal.demo.sample.world import World
from portal.organisation.models import Department
from portal.people.models import User

FULL = Period(2026, 3)
LENGTH = 66
# Days into a quarter after which none closes, so that the answer comes in the same quarter.
LAST_CLOSING = 76
RATINGS = ("achieved", "achieved", "partly_achieved")


@dataclass(frozen=True)
class Ending:
    """One trajectory to tell: who, when it closed, and what the person thought (None: no answer)."""

    participant: User
    department: Department
    question_type: str
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
    """Tell every ending, in shapes."""
    shapes: dict[tuple[bool, bool], list[Ending]] = defaultdict(list)
    for ending in _endings(world):
        over = follow_up_due(ending.closed_on) < world.today - timedelta(days=surveys.TERM)
        shapes[ending.is_content is not None, over].append(ending)
    with outbox.muted(), clock.frozen(at(world.today, 9)):
        for endings in shapes.values():
            with transaction.atomic():
                story = _tell(world, endings[0])
            # Committed by now: the owner has a connection of its own.
            tale = Tale(story.case)
            with transaction.atomic(using="owner"):
                for wave in _waves(endings[1:]):
                    Retelling(tale, [_cast(world, ending) for ending in wave]).write()


def _waves(endings: list[Ending]) -> list[list[Ending]]:
    """Part the endings so that each person occurs once in a wave: nobody has two requests at a time."""
    waves: list[list[Ending]] = []
    seen: Counter[int] = Counter()
    for ending in endings:
        number = seen[ending.participant.pk]
        seen[ending.participant.pk] += 1
        if number == len(waves):
            waves.append([])
        waves[number].append(ending)
    return waves


def _endings(world: World) -> Iterator[Ending]:
    people = _people(world)
    kinds = list(world.words("dossiers")["questions"])
    for period in (*quarters(world), Period.of(world.today)):
        days = min((world.today - period.first_day).days - 10, LAST_CLOSING)
        for code, volume in world.words("dossiers")["volumes"].items():
            number, answers, content = (_share(world, period, days, part) for part in volume)
            # At most half of them, in turn: so nobody has two trajectories at a time.
            for index in range(min(number, len(people[code]) // 2)):
                people[code].append(people[code].pop(0))
                thought = (index < content) if index < answers else None
                day = workday(period.first_day + timedelta(days=world.dice.randint(0, max(days, 0))))
                yield Ending(*people[code][-1], world.dice.choice(kinds), day, thought)


def _share(world: World, period: Period, days: int, number: int) -> int:
    """Return how many of a full quarter's number: all, four in five, or what the present quarter has had."""
    if period in (FULL, Period.of(world.today).previous):
        return number
    return max(0, round(number * 0.8 * days / LAST_CLOSING))


def _people(world: World) -> dict[str, list[tuple[User, Department]]]:
    """Return the people of each faculty who have no part in the sample's own stories, shuffled."""
    named = {row["name"] for name in ("people", "advisors") for row in world.words(name)[name]}
    found: dict[str, list[tuple[User, Department]]] = {code: [] for code in world.faculties}
    for user, department in world.staff:
        if user.full_name not in named:
            found[department.faculty.code].append((user, department))
    for users in found.values():
        world.dice.shuffle(users)
    return found


def _advisor(world: World, ending: Ending) -> User:
    """Return one of the three best advisors for this person; the demo's own two have other work."""
    began = ending.closed_on - timedelta(days=LENGTH)
    found = candidates(
        participant=ending.participant,
        question_types=[ending.question_type],
        language=ending.participant.language,
        on=began,
        load={},
    )
    kept = {address("advisor"), address("external")}
    free = [each.advisor.user for each in found if each.can_take_case and each.advisor.user.email not in kept]
    return world.dice.choice(free[:3])


def _tell(world: World, ending: Ending) -> Story:
    began = ending.closed_on - timedelta(days=LENGTH)

    def day(after: int) -> date:
        return workday(began + timedelta(days=after))

    story = Story(world, ending.participant, ending.question_type)
    story.requested(day(0)).assigned(day(2), _advisor(world, ending))
    story.intake_planned(day(3), day(9)).intake_done(day(9)).agreed(day(14)).talk(day(28))
    story.closing(day(LENGTH - 3))
    for person in (story.advisor, ending.participant):
        story.rated(person, ending.closed_on, world.dice.choice(RATINGS))
    surveys.after_closing(world, story.case.pk, ending)
    return story


def _cast(world: World, ending: Ending) -> Cast:
    words = world.words("dossiers")["questions"][ending.question_type]
    return Cast(
        participant=ending.participant,
        advisor=_advisor(world, ending),
        department=ending.department,
        question_type=ending.question_type,
        question=words[ending.participant.language],
        closed_on=ending.closed_on,
        said=partial(surveys.answers_of, world, content=bool(ending.is_content)),
        ratings=partial(world.dice.choice, RATINGS),
    )
