"""Which offerings strengthen a career factor."""

from collections.abc import Collection

from django.db.models import Count

from catalog.models import CareerFactor, Offering
from catalog.queries.catalogue import listed_for

# A job teaches a lot, but is no advice to somebody who wants to grow.
VACANCY = "JobPosting"


def strengthening(actor: object, keys: Collection[str], most: int = 3) -> dict[str, list[Offering]]:
    """Return per factor key some offerings that this person can read, those that work on few factors first."""
    if not keys:
        return {}
    broad = (
        listed_for(actor)
        .exclude(kind__schema_type=VACANCY)
        .annotate(breadth=Count("career_factors"))
        .values_list("pk", "breadth")
    )
    breadth = dict(broad.filter(breadth__gt=0))
    worked_on = CareerFactor.objects.filter(key__in=keys, offerings__in=list(breadth))
    links = list(worked_on.values_list("key", "offerings"))
    chosen = {
        key: sorted((pk for of, pk in links if of == key), key=lambda pk: (breadth[pk], pk))[:most]
        for key in keys
    }
    wanted = {pk for found in chosen.values() for pk in found}
    rows = listed_for(actor).select_related("kind", "theme").in_bulk(wanted)
    return {key: [rows[pk] for pk in found] for key, found in chosen.items()}
