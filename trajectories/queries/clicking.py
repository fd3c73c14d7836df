"""Whether the participant is asked if it clicks with the advisor."""

from trajectories.enums import Click, TalkState
from trajectories.models import ClickCheck, Trajectory
from trajectories.queries.cases import RUNNING


def asks_whether_it_clicks(case: Trajectory) -> bool:
    """Tell whether a first conversation with this advisor was held and the participant has not decided yet.

    Whoever was not sure is asked again: the question stays until it is a yes or a no. Needs the participant's sight.
    """
    if case.advisor_id is None or case.status not in RUNNING:
        return False
    if not case.conversations.filter(advisor=case.advisor_id, state=TalkState.HELD).exists():
        return False
    decided = ClickCheck.objects.filter(trajectory=case, advisor=case.advisor_id).exclude(answer=Click.UNSURE)
    return not decided.exists()
