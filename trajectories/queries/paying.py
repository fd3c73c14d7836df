"""What the payer sees, and what participant and advisor see of it."""

from django.db.models import QuerySet

from portal.people.models import User
from portal.privacy import wall
from portal.privacy.lookup import get_visible
from trajectories.models import PayerView, Trajectory


def to_sign(actor: User) -> QuerySet[PayerView]:
    """Return what waits for this payer's signature."""
    return _shown_to(actor).filter(signed_at__isnull=True)


def payer_view(actor: User, reference: str) -> PayerView:
    """Return one split view for its payer, or raise Http404."""
    return get_visible(_shown_to(actor), actor, reference)


def _shown_to(actor: User) -> QuerySet[PayerView]:
    rows = wall.visible(PayerView, actor).filter(payer=actor, shown_at__isnull=False, taken_back_at=None)
    return rows.select_related("participant", "advisor", "payer")


def view_of(actor: User, case: Trajectory) -> PayerView | None:
    """Return the split view that counts now, for the two people of the case."""
    rows = wall.visible(PayerView, actor).filter(trajectory=case, taken_back_at__isnull=True)
    return rows.select_related("payer").first()
