"""What an advisor has to do: today's talks, what waits, what was promised, and every case with its next action."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.people.models import User
from portal.privacy import wall
from trajectories.enums import ActorKind, Status, TalkState
from trajectories.models import Conversation
from trajectories.queries.stalling import desk_cases, quiet_days
from trajectories.queries.standing import Standing, standing

ADVISOR = ActorKind.ADVISOR
# Promises further away than this are no work for now.
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Row:
    """One case on the desk."""

    case: Any
    standing: Standing
    quiet_days: int

    @property
    def is_mine(self) -> bool:
        """Tell whether the advisor is to act."""
        return self.standing.turn == ADVISOR

    @property
    def promised_on(self) -> date | None:
        """The day that was promised: of the reply to a request, or of the end that was agreed."""
        case = self.case
        if case.status == Status.REQUESTED:
            return case.reply_due_on  # type: ignore[no-any-return]
        running = case.status in (Status.IN_PROGRESS, Status.CLOSING)
        return case.agreed_until if running else None

    @property
    def promise(self) -> str | Promise:
        """What was promised for that day."""
        return _("a first answer") if self.case.status == Status.REQUESTED else _("the agreed end")

    @property
    def is_late(self) -> bool:
        """Tell whether the promised day has passed."""
        return self.promised_on is not None and self.promised_on < clock.today()

    @property
    def name(self) -> tuple[str, str]:
        """How the participant is sorted."""
        return (self.case.participant.surname.casefold(), self.case.participant.given_name.casefold())


SORTS: dict[str, Callable[[Row], Any]] = {
    "since": lambda row: row.case.status_since,
    "name": lambda row: row.name,
    "question": lambda row: row.case.request.question.casefold(),
    "turn": lambda row: (not row.is_mine, row.case.status_since),
    "action": lambda row: (str(row.standing.action), row.case.status_since),
}
FILTERS: dict[str, Callable[[Row], bool]] = {
    "": lambda row: True,
    "mine": lambda row: row.is_mine,
    "quiet": lambda row: row.quiet_days > 0,
}


def rows(actor: User) -> list[Row]:
    """Return every case of this advisor that is not over, who waits longest first."""
    return [Row(case, standing(case, ADVISOR), quiet_days(case)) for case in desk_cases(actor)]


def waiting(found: list[Row]) -> list[Row]:
    """Return what waits for the advisor: what was promised first, then who waits longest."""
    return sorted(filter(FILTERS["mine"], found), key=lambda row: (row.promised_on or date.max, row.case.pk))


def promises(found: list[Row]) -> list[Row]:
    """Return what was promised for the coming days or has passed, the first day first."""
    until = clock.today() + AHEAD
    near = [(row.promised_on, row) for row in found if row.promised_on and row.promised_on <= until]
    return [row for _day, row in sorted(near, key=lambda pair: (pair[0], pair[1].name))]


def today(actor: User) -> QuerySet[Conversation]:
    """Return today's appointments of this advisor, with the case and the participant."""
    start = clock.local(clock.today())
    found = wall.visible(Conversation, actor).filter(advisor=actor, trajectory__advisor=actor)
    found = found.filter(starts_at__gte=start, starts_at__lt=clock.local(clock.today() + timedelta(days=1)))
    return found.exclude(state=TalkState.CANCELLED).select_related("trajectory__participant")
