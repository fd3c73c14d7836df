"""Calling off appointments."""

from portal import clock
from portal.people.models import User
from trajectories import emails
from trajectories.enums import TalkState
from trajectories.models import Conversation


def call_off(talk: Conversation, *, by: User) -> None:
    """Cancel a planned conversation of a locked case in both calendars."""
    talk.state, talk.sequence = TalkState.CANCELLED, talk.sequence + 1
    talk.cancelled_at, talk.cancelled_by = clock.now(), by
    talk.save()
    emails.appointment(talk)
