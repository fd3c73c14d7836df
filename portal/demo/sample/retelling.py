"""Retells a trajectory for other people: the rows that the services made once, copied with new people and dates.

Telling each old trajectory through the services takes a second of work; copies take milliseconds. The
copies go in as the owner of the tables, and every check and trigger of the database holds for them: they
start as requests and make each legal move.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import DateField, ForeignKey, Model
from django.db.models.base import ModelState

from evaluations.enums import Kind, Period, State
from evaluations.models import Invitation, Response
from evaluations.services.tokens import new_token
from evaluations.workflow import follow_up_due
from portal import clock
from portal.organisation.models import Department
from portal.people.models import User, new_reference
from trajectories.enums import Status
from trajectories.models import (
    Agreement,
    ComponentState,
    Conversation,
    IntakeAspect,
    IntendedResult,
    Move,
    NotebookEntry,
    Rating,
    Request,
    Signature,
    Suggestion,
    Trajectory,
)

OWNER = "owner"
# In this order: a row comes after the rows to which it points.
PARTS: tuple[type[Model], ...] = (
    Request,
    Suggestion,
    IntakeAspect,
    Agreement,
    IntendedResult,
    Signature,
    Rating,
    Move,
    Conversation,
    NotebookEntry,
    ComponentState,
    Invitation,
)


@dataclass(frozen=True)
class Cast:
    """Who plays in one retelling, where, when it closed, and what was said (by questionnaire key)."""

    participant: User
    advisor: User
    department: Department
    question_type: str
    question: str
    closed_on: date
    said: Callable[[int], dict[str, Any]]
    ratings: Callable[[], str]


class Tale:
    """One told trajectory with all its rows, read as the owner."""

    def __init__(self, case: Trajectory) -> None:
        self.case = Trajectory.objects.using(OWNER).get(pk=case.pk)
        self.rows = {part: list(_rows(part, self.case)) for part in PARTS}
        links = {row.reference: row for row in self.rows[Invitation]}
        sheets = Response.objects.using(OWNER).all()
        self.sheets = [(sheet, links[sheet.link]) for sheet in sheets if sheet.link in links]
        self.path = [move.target for move in self.rows[Move]]
        closed: datetime = self.case.closed_at or self.case.status_since
        self.closed_on = closed.astimezone(clock.AMSTERDAM).date()


def _rows(part: type[Model], case: Trajectory) -> Any:
    rows = part._default_manager.using(OWNER).filter(trajectory=case).order_by("pk")
    # The other two who were suggested may be the advisor of a copy: only the chosen one is copied.
    return rows.filter(advisor=case.advisor_id) if part is Suggestion else rows


class Retelling:
    """The copies of one tale, table by table, one for each cast."""

    def __init__(self, tale: Tale, casts: list[Cast]) -> None:
        self.tale = tale
        self.casts = casts
        self._made: dict[tuple[int, str, int], Model] = {}
        self._digests: dict[int, str] = {}

    def write(self) -> None:
        """Write every copy; the machine of phases in the database sees each move."""
        casts = range(len(self.casts))
        self._keep(Trajectory, [(number, self.tale.case, self._case(number)) for number in casts])
        cases = Trajectory.objects.using(OWNER).filter(
            pk__in=[new.pk for key, new in self._made.items() if key[1] == Trajectory._meta.label]
        )
        for target in self.tale.path[1:]:
            cases.update(status=target)
        for part, rows in self.tale.rows.items():
            self._keep(
                part, [(number, row, self._part(part, row, number)) for number in casts for row in rows]
            )
        Response.objects.using(OWNER).bulk_create(
            self._sheet(sheet, asked, number) for number in casts for sheet, asked in self.tale.sheets
        )

    def _keep(self, part: type[Model], made: list[tuple[int, Model, Model]]) -> None:
        part._default_manager.using(OWNER).bulk_create([new for _number, _row, new in made])
        self._made |= {(number, part._meta.label, row.pk): new for number, row, new in made}

    def _case(self, number: int) -> Trajectory:
        case: Trajectory = self._copy(self.tale.case, number)
        cast = self.casts[number]
        case.status = Status.REQUESTED
        case.faculty, case.department = cast.department.faculty, cast.department
        case.language = cast.participant.language
        return case

    def _part(self, part: type[Model], row: Model, number: int) -> Model:
        new: Model = self._copy(row, number)
        finish: Finish | None = FINISH.get(part)
        if finish:
            finish(self, row, new, number)
        return new

    def _copy(self, row: Any, number: int) -> Any:
        new = copy(row)
        new._state = ModelState()
        for field in row._meta.concrete_fields:
            value = getattr(row, field.attname)
            if value is not None:
                setattr(new, field.attname, self._moved(field, value, number))
        new.pk = None
        if hasattr(row, "reference"):
            new.reference = new_reference()
        return new

    def _moved(self, field: Any, value: Any, number: int) -> Any:
        cast, case = self.casts[number], self.tale.case
        if isinstance(field, ForeignKey):
            made = self._made.get((number, field.related_model._meta.label, value))
            people = {case.participant_id: cast.participant.pk, case.advisor_id: cast.advisor.pk}
            if field.related_model is User:
                return people.get(value, value)
            return made.pk if made else value
        if isinstance(field, DateField):
            return _later(value, (cast.closed_on - self.tale.closed_on).days)
        return value

    def _request(self, _row: Model, new: Any, number: int) -> None:
        cast = self.casts[number]
        new.question, new.question_types = cast.question, [cast.question_type]

    def _agreement(self, _row: Model, new: Any, number: int) -> None:
        texts = [row.text for row in self.tale.rows[IntendedResult] if row.agreement_id]
        new.question_and_goal = self.casts[number].question
        new.digest = self._digests[number] = new.fingerprint(texts)

    def _signature(self, _row: Model, new: Any, number: int) -> None:
        new.digest = self._digests[number]

    def _rating(self, _row: Model, new: Any, number: int) -> None:
        new.value = self.casts[number].ratings()

    def _invitation(self, row: Any, new: Any, number: int) -> None:
        cast = self.casts[number]
        new.faculty = cast.department.faculty
        new.token_hashes = [new_token()[1] for _hash in row.token_hashes]
        if row.kind == Kind.FOLLOW_UP:
            days = (follow_up_due(cast.closed_on) - row.due_on).days
            for name in ("due_on", "sent_on", "closes_on"):
                value = getattr(row, name)
                setattr(new, name, value and _later(value, days))
        if new.state == State.EXPIRED and new.closes_on >= clock.today():
            new.state = State.SENT

    def _sheet(self, sheet: Response, asked: Invitation, number: int) -> Response:
        cast: Cast = self.casts[number]
        invitation: Any = self._made[number, Invitation._meta.label, asked.pk]
        return Response(
            questionnaire_id=sheet.questionnaire_id,
            faculty=cast.department.faculty,
            period=str(Period.of(invitation.sent_on)),
            choices=cast.said(sheet.questionnaire_id),
            texts=sheet.texts,
            link=invitation.reference,
        )


Finish = Callable[[Retelling, Model, Any, int], None]
# What a copy needs besides new people and dates.
FINISH: dict[type[Model], Finish] = {
    Request: Retelling._request,
    Agreement: Retelling._agreement,
    Signature: Retelling._signature,
    Rating: Retelling._rating,
    Invitation: Retelling._invitation,
}


def _later(value: date, days: int) -> date:
    """Return the day, or the same hour in Amsterdam, that many days later."""
    if not isinstance(value, datetime):
        return value + timedelta(days=days)
    local = value.astimezone(clock.AMSTERDAM).replace(tzinfo=None)
    return (local + timedelta(days=days)).replace(tzinfo=clock.AMSTERDAM)
