"""What every history stands on: looking, trying, and holding what happened against the book.

The book knows the table of moves and what happened, and nothing of the code that it judges.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from portal.delivery.models import Mail
from portal.people.models import User
from portal.privacy.viewer import viewing
from tests.factories.database import as_owner
from tests.trajectories.histories.book import Book
from trajectories.enums import Status
from trajectories.errors import TrajectoryError
from trajectories.models import Conversation, Move, Trajectory

REASONS = ("Een reden.", "Een reden.", "", "  ")
Act = Callable[[Any, Any], None]
ACTS: dict[str, tuple[Act, frozenset[Status], int]] = {}


def act(*statuses: Status, weight: int = 1) -> Callable[[Act], Act]:
    """Register something that people do, in which phases it is at home, and how often they do it."""

    def register(function: Act) -> Act:
        ACTS[function.__name__] = (function, frozenset(statuses or Status), weight)
        return function

    return register


@dataclass(frozen=True)
class Seen:
    """What stands in the database at one moment."""

    case: Trajectory
    moves: list[tuple[str, str]]
    mails: Counter[tuple[Any, str]]

    def is_same(self, other: "Seen") -> bool:
        """Compare what a refusal may not change."""
        mine, theirs = (self.case.status, self.case.version), (other.case.status, other.case.version)
        return (mine, self.moves, self.mails) == (theirs, other.moves, other.mails)


def _matter(key: str) -> str:
    """Return what a mail is about: the case, or one conversation of it."""
    kind, reference = key.split(":")[:2]
    return f"{kind} {reference}"


class Living(RuleBasedStateMachine):
    """One trajectory, and people who try what they may and may not."""

    people: dict[str, User]
    gone: list[User]
    book: Book
    pk: int
    seen: Seen

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.number = 0

    def undo(self) -> None:
        """Leave nothing of this history behind."""
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @property
    def status(self) -> Status:
        """Where the case stands."""
        return Status(self.seen.case.status)

    def look(self) -> Seen:
        """Look at the case, its moves and its mail past the wall."""
        with as_owner():
            case = Trajectory.objects.select_related("participant", "advisor").get(pk=self.pk)
            moves = Move.objects.filter(trajectory=self.pk).order_by("at", "pk")
            people = [person.pk for person in (*self.people.values(), *self.gone)]
            mails = Mail.objects.filter(recipient__in=people).values_list("recipient", "key")
            about = Counter((person, _matter(key)) for person, key in mails)
            return Seen(case, list(moves.values_list("source", "target")), about)

    def attempt(self, who: str, try_it: Callable[[Any, Trajectory], Any]) -> bool:
        """Let somebody try something; a refusal changes nothing and sends nothing."""
        before = self.seen
        try:
            with viewing(self.people[who]):
                try_it(self.people[who], copy(before.case))
        except TrajectoryError:
            self.seen = self.look()
            assert self.seen.is_same(before), "a refusal left something behind"
            return False
        self.seen = self.look()
        sent = self.seen.mails - before.mails
        assert all(number <= 1 for number in sent.values()), f"{sent}: somebody was told twice"
        self._again(who, try_it, before)
        return True

    def _again(self, who: str, try_it: Callable[[Any, Trajectory], Any], before: Seen) -> None:
        """The same from the same old page: nothing moves and nothing is sent."""
        with suppress(TrajectoryError), viewing(self.people[who]):
            try_it(self.people[who], copy(before.case))
        now = self.look()
        assert (now.mails, now.moves) == (self.seen.mails, self.seen.moves), "an old page did it again"
        self.seen = now

    def took(self, source: str, kind: str, **known: Any) -> None:
        """Hold a move that was made against the book, and write it down."""
        target = self.seen.case.status
        if target == source:
            return
        assert self.book.allows(source, target, kind=kind, **known), f"{source} -> {target} by {kind} {known}"
        self.book.arrive(source, target)

    def one_of_two(self, data: Any, usually: str = "advisor") -> str:
        """Draw one of the two, mostly the one whose act it is."""
        other = "participant" if usually == "advisor" else "advisor"
        drawn: str = data.draw(st.sampled_from((usually, usually, other)), label="who")
        return drawn

    def reason(self, data: Any) -> str:
        """Draw a reason, or none worth the name."""
        drawn: str = data.draw(st.sampled_from(REASONS), label="reason")
        return drawn

    def next_number(self) -> int:
        """Return a number that was not used yet in this history."""
        self.number += 1
        return self.number

    def note_talks(self, more: int = 0) -> None:
        """Copy which talks are open, after an act that makes (`more`) or settles some."""
        with as_owner():
            rows = Conversation.objects.filter(trajectory=self.pk, state="planned")
            found = {row.pk: row.kind for row in rows}
        assert len(found.keys() - self.book.planned.keys()) <= more, "an appointment nobody made"
        self.book.planned = found
