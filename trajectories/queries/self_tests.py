"""Self-tests: one's own, and those that were shown to the advisor of a case."""

from django.db.models import F, Prefetch, QuerySet

from portal import clock
from portal.people.models import User
from portal.privacy import wall
from portal.privacy.lookup import get_visible
from trajectories.enums import Status
from trajectories.enums.self_test import Moment
from trajectories.models import SelfTest, SelfTestDraft, SelfTestShare, Trajectory
from trajectories.queries import scoring
from trajectories.queries.cases import current

# When the page of a trajectory proposes a test; nobody is ever held up by it.
PROPOSED: dict[str, Moment] = {
    Status.AGREEMENT_PROPOSED: Moment.START,
    Status.IN_PROGRESS: Moment.START,
    Status.CLOSING: Moment.END,
}
ENDING = (Status.CLOSING, Status.CLOSED)


def draft_of(actor: User) -> SelfTestDraft | None:
    """Return what somebody has answered of a test that is not finished."""
    return wall.visible(SelfTestDraft, actor).filter(owner=actor).first()


def shares_of(actor: User) -> QuerySet[SelfTestShare]:
    """Return who can see tests of the actor now."""
    return _lasting(wall.visible(SelfTestShare, actor).filter(owner=actor)).select_related("advisor")


def _lasting(rows: QuerySet[SelfTestShare]) -> QuerySet[SelfTestShare]:
    rows = rows.filter(withdrawn_at__isnull=True, until_on__gte=clock.today())
    return rows.filter(trajectory__advisor=F("advisor"))


def own(actor: User) -> QuerySet[SelfTest]:
    """Return somebody's own tests, the newest first, each with who can see it now (`shown_to`)."""
    shown = Prefetch("shares", shares_of(actor), to_attr="shown_to")
    return wall.visible(SelfTest, actor).filter(owner=actor).prefetch_related(shown)


def get_own(actor: User, reference: str) -> SelfTest:
    """Return one of the actor's own tests, or raise Http404."""
    return get_visible(own(actor), actor, reference)


def get_share(actor: User, reference: str) -> SelfTestShare:
    """Return what the actor shares now, or raise Http404."""
    return get_visible(shares_of(actor), actor, reference)


def shown_in(case: Trajectory, actor: User) -> QuerySet[SelfTestShare]:
    """Return the tests of this case that its advisor can see now, for either of the two."""
    return _lasting(wall.visible(SelfTestShare, actor).filter(trajectory=case))


def get_shown(case: Trajectory, actor: User, reference: str) -> SelfTestShare:
    """Return one test as the advisor of the case sees it, or raise Http404."""
    return get_visible(shown_in(case, actor).select_related("owner", "advisor"), actor, reference)


def weak_factors(trajectory: Trajectory, actor: User) -> frozenset[str]:
    """Return the keys of the low factors of the newest test that is shared in this case; none without one."""
    share = shown_in(trajectory, actor).first()
    return scoring.weak(share.scores) if share else frozenset()


def sharing_case(actor: User) -> Trajectory | None:
    """Return the actor's trajectory whose advisor a test can be shared with."""
    case = current(actor)
    return case if case and case.advisor_id and case.status != Status.REQUESTED else None


def moment_of(case: Trajectory | None, actor: User) -> Moment:
    """Return what a test taken now would be in this trajectory."""
    if case is None or case.status == Status.REQUESTED:
        return Moment.APART
    if case.status in ENDING:
        return Moment.END
    return Moment.BETWEEN if _taken(case, actor, Moment.START) else Moment.START


def proposal(case: Trajectory, actor: User) -> Moment | None:
    """Return which test the page of the trajectory proposes to its participant; each once."""
    wanted = PROPOSED.get(case.status)
    return None if wanted is None or _taken(case, actor, wanted) else wanted


def _taken(case: Trajectory, actor: User, moment: Moment) -> bool:
    return wall.visible(SelfTest, actor).filter(trajectory=case, moment=moment).exists()


def pair_to_compare(tests: list[SelfTest]) -> tuple[SelfTest, SelfTest] | None:
    """Return the newest test and the one to hold it against: the start of its trajectory, or else the oldest."""
    if len(tests) < 2:
        return None
    newest, *earlier = tests
    starts = [
        row for row in earlier if row.moment == Moment.START and row.trajectory_id == newest.trajectory_id
    ]
    return (starts or earlier)[-1], newest
