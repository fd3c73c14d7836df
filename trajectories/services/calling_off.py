"""Calling off appointments, by somebody or because the trajectory is over."""

from portal import clock
from portal.people.models import User
from trajectories import emails
from trajectories.enums import TalkState
from trajectories.models import Conversation, Trajectory


def call_off(talk: Conversation, *, by: User) -> None:
    """Cancel a planned conversation of a locked case in both calendars."""
    talk.state, talk.sequence = TalkState.CANCELLED, talk.sequence + 1
    talk.cancelled_at, talk.cancelled_by = clock.now(), by
    talk.save()
    emails.appointment(talk)


def call_off_coming(case: Trajectory, *, by: User) -> None:
    """Cancel what was still to come of a case that is over; its times are free again for others."""
    coming = case.conversations.filter(state=TalkState.PLANNED, starts_at__gt=clock.now())
    for talk in coming.select_related("advisor"):
        talk.trajectory = case
        call_off(talk, by=by)
