"""What somebody may read of the catalogue."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from catalog.enums import Status
from catalog.models import CareerFactor, Offering, SearchDocument, Session, Theme
from catalog.models.offering import REVIEW_GRACE
from portal import clock


def readable_by(actor: Any) -> QuerySet[Offering]:
    """Return the published offerings; without sign-in not the internal ones (decision 30)."""
    return Offering.objects.filter(_readable(actor, ""))


def listed_for(actor: Any) -> QuerySet[Offering]:
    """Return what lists may show: the readable offerings whose text was read again in time."""
    return Offering.objects.filter(_listed(actor, ""))


def documents_for(actor: Any) -> QuerySet[SearchDocument]:
    """Return what this person can find: readable offerings, and every intervention."""
    return SearchDocument.objects.filter(
        Q(intervention__isnull=False) | (Q(offering__isnull=False) & _listed(actor, "offering__"))
    )


def _listed(actor: Any, path: str) -> Q:
    """Readable, and read again by its owner in time: others can be read at their address only."""
    return _readable(actor, path) & Q(**{f"{path}review_on__gte": clock.today() - REVIEW_GRACE})


def _readable(actor: Any, path: str) -> Q:
    over = Q(**{f"{path}unpublish_at__isnull": False, f"{path}unpublish_at__lte": clock.now()})
    published = Q(**{f"{path}status": Status.PUBLISHED}) & ~over
    if getattr(actor, "is_authenticated", False):
        return published
    window = Q(**{f"{path}internal_until__isnull": True}) | Q(**{f"{path}internal_until__lt": clock.today()})
    return published & Q(**{f"{path}is_public": True}) & window


def upcoming_sessions() -> QuerySet[Session]:
    """Return sessions that are still to come and not called off, soonest first."""
    return Session.objects.filter(starts_at__gt=clock.now(), cancelled_at__isnull=True)


def with_card(offerings: QuerySet[Offering]) -> QuerySet[Offering]:
    """Load with the offerings everything that a result or a card shows."""
    runs = Prefetch("sessions", upcoming_sessions().order_by("starts_at", "pk"), to_attr="upcoming")
    return offerings.select_related("kind", "theme", "provider", "faculty").prefetch_related(runs, "pots")


def offering_page(actor: Any, slug: str) -> Offering | None:
    """Return one readable offering with all that its page shows."""
    rows = with_card(readable_by(actor)).filter(slug=slug)
    return rows.prefetch_related(
        "audiences",
        "career_factors",
        "pots__notice",
        "sessions__meetings",
        Prefetch("related", listed_for(actor).select_related("kind", "theme")),
    ).first()


def date_of(actor: Any, slug: str, reference: str) -> Session | None:
    """Return one date of an offering that somebody may read; a rush asks no more than this."""
    rows = Session.objects.filter(offering__in=readable_by(actor), offering__slug=slug, reference=reference)
    return rows.select_related("offering").first()


def needs_sign_in(slug: str) -> bool:
    """Tell whether there is a published offering here that visitors can't read."""
    return Offering.objects.filter(slug=slug, status=Status.PUBLISHED).exists()


@dataclass(frozen=True)
class Factor:
    """One of the eight career factors, and whether an offering works on it."""

    label: str
    is_on: bool


def factors_of(offering: Offering) -> list[Factor]:
    """Return all career factors, marked for this offering."""
    own = {factor.pk for factor in offering.career_factors.all()}
    return [Factor(str(factor.label), factor.pk in own) for factor in CareerFactor.objects.all()]


def themes(actor: Any) -> QuerySet[Theme]:
    """Return the themes in order, with the number of offerings that somebody can read."""
    return Theme.objects.annotate(number=Count("offerings", filter=_listed(actor, "offerings__")))


def dated_documents_for(actor: Any) -> QuerySet[SearchDocument]:
    """Return what somebody can find and that has a session to come."""
    return documents_for(actor).filter(Exists(upcoming_sessions().filter(offering=OuterRef("offering"))))
