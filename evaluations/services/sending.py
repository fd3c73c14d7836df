"""The scan that sends what is due: surveys, reminders, and the end of surveys that nobody answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from evaluations.emails import mail_invitation
from evaluations.enums import Kind, State
from evaluations.models import Draft, Invitation
from evaluations.queries import locks
from evaluations.queries.surveys import asked_lately, due, out
from evaluations.services.invitations import tell_trajectory
from evaluations.services.tokens import new_token
from evaluations.workflow import closes_on, reminders_due
from portal.people.models import User


@dataclass
class Sent:
    """What one scan did."""

    invitations: int = 0
    reminders: int = 0
    closed: int = 0

    @property
    def queued(self) -> int:
        """Return the number of mails that were queued."""
        return self.invitations + self.reminders


def send_due(*, as_of: date, participant: User | None = None) -> Sent:
    """Queue the mails that are due on that day and close what is over; twice queues nothing new.

    With `participant` only what concerns that person. One transaction for each request, so that two scanners share the work and a fault loses nothing.
    """
    sent = Sent()
    waiting, asked = due(as_of), out(as_of)
    if participant:
        waiting, asked = waiting.filter(participant=participant), asked.filter(participant=participant)
    # The follow-up goes first when two requests wait for the same person (decision 9).
    for kind in (Kind.FOLLOW_UP, Kind.CLOSING):
        for key in list(waiting.filter(kind=kind).values_list("pk", flat=True)):
            sent.invitations += _with_row(due(as_of), key, lambda row: _invite(row, as_of))
    for key in list(asked.values_list("pk", flat=True)):
        sent.reminders += _with_row(out(as_of), key, lambda row: _remind_or_close(row, as_of, sent))
    return sent


def _with_row(rows: QuerySet[Invitation], key: int, act: Callable[[Invitation], int]) -> int:
    """Act on one row under its lock; a row that another scanner holds or has done is left alone."""
    with transaction.atomic():
        row = rows.select_for_update(skip_locked=True, of=("self",)).filter(pk=key).first()
        return act(row) if row else 0


def _invite(row: Invitation, as_of: date) -> int:
    locks.hold("participant", row.participant_id)
    if asked_lately(row.participant_id, as_of):
        return 0
    row.state = State.SENT
    row.sent_on = as_of
    row.closes_on = closes_on(as_of, row.questionnaire.close_after_days)
    _mail(row, reminder=0)
    return 1


def _remind_or_close(row: Invitation, as_of: date, sent: Sent) -> int:
    if row.sent_on is None or row.closes_on is None:  # the database refuses such a row
        return 0
    if as_of > row.closes_on:
        _close(row)
        sent.closed += 1
        return 0
    wanted = reminders_due(row.sent_on, row.questionnaire.reminder_days, as_of)
    if wanted <= row.reminders:
        return 0
    row.reminders = wanted
    _mail(row, reminder=wanted)
    return 1


def _close(row: Invitation) -> None:
    """End a request that nobody answered; what was written is lost, as was told."""
    row.state = State.EXPIRED
    row.save(update_fields=["state"])
    Draft.objects.filter(invitation=row).update(answers={})
    tell_trajectory(row)


def _mail(row: Invitation, *, reminder: int) -> None:
    """Queue one mail with a link of its own; the earlier links go on working."""
    token, token_hash = new_token()
    row.token_hashes = [*row.token_hashes, token_hash]
    row.save(update_fields=["state", "sent_on", "closes_on", "reminders", "token_hashes"])
    mail_invitation(row, token=token, reminder=reminder)
