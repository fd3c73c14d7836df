"""Whether it clicks: asked after the first conversation, answered for oneself alone."""

from django.db import transaction

from portal import clock
from portal.people.models import User
from trajectories.enums import ActorKind, Click
from trajectories.errors import NoSuchMove, NotYours
from trajectories.models import ClickCheck, Trajectory
from trajectories.queries.clicking import asks_whether_it_clicks
from trajectories.services.handing_over import ask_other_advisor
from trajectories.services.moving import kind_of, lock


@transaction.atomic
def say_whether_it_clicks(*, actor: User, trajectory: Trajectory, answer: str) -> ClickCheck:
    """Keep the answer, which only the participant can read; a no asks for another advisor, without a reason."""
    case = lock(actor, trajectory)
    if kind_of(actor, case) != ActorKind.PARTICIPANT:
        raise NotYours
    if answer not in list(Click) or case.advisor is None or not asks_whether_it_clicks(case):
        raise NoSuchMove
    values = {"answer": answer, "answered_at": clock.now()}
    row = ClickCheck.objects.update_or_create(trajectory=case, advisor=case.advisor, defaults=values)[0]
    if answer == Click.NO:
        ask_other_advisor(actor=actor, trajectory=case)
    return row
