"""What an advisor has to do today."""

from datetime import timedelta

from django.db.models import QuerySet

from portal import clock
from portal.people.models import User
from portal.privacy import wall
from trajectories.enums import TalkState
from trajectories.models import Conversation


def today(actor: User) -> QuerySet[Conversation]:
    """Return today's appointments of this advisor, with the case and the participant."""
    start = clock.local(clock.today())
    rows = wall.visible(Conversation, actor).filter(advisor=actor, trajectory__advisor=actor)
    rows = rows.filter(starts_at__gte=start, starts_at__lt=clock.local(clock.today() + timedelta(days=1)))
    return rows.exclude(state=TalkState.CANCELLED).select_related("trajectory__participant")
