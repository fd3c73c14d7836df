"""What somebody was typing and has not kept yet."""

from portal.people.models import User
from portal.privacy import wall
from trajectories.models import PageDraft, RequestDraft, Trajectory


def draft_of(actor: User) -> RequestDraft | None:
    """Return what somebody typed of a request that was not sent yet."""
    return wall.visible(RequestDraft, actor).filter(user=actor).first()


def typed_on(actor: User, case: Trajectory, page: str) -> PageDraft | None:
    """Return what the advisor was typing on a page of a case."""
    return wall.visible(PageDraft, actor).filter(trajectory=case, author=actor, page=page).first()
