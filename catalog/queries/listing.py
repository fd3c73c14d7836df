"""The list of the catalogue: search, facets, order and page put together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from catalog.models import Intervention, Offering, SearchDocument
from catalog.queries import facets
from catalog.queries.catalogue import documents_for, with_card
from catalog.queries.facets import Choices, Counted, Picked
from catalog.queries.search import Found, search
from portal import clock

PER_PAGE = 12
SORTS = ("best", "date", "new")


@dataclass(frozen=True)
class Asked:
    """What somebody asks of the catalogue; all of it stands in the address."""

    text: str = ""
    chosen: Choices = field(default_factory=dict)
    sort: str = ""
    page: str | int = 1

    @property
    def order(self) -> str:
        """The order to use: best first for a search, soonest first otherwise."""
        return self.sort if self.sort in SORTS else ("best" if self.text else "date")

    @property
    def is_narrowed(self) -> bool:
        """Whether any facet is chosen."""
        return any(self.chosen.values())


@dataclass(frozen=True)
class Result:
    """One line of the list: an offering or an intervention."""

    document: SearchDocument
    offering: Offering | None
    intervention: Intervention | None


@dataclass(frozen=True)
class Listing:
    """The list as the page shows it."""

    asked: Asked
    found: Found
    page: "Page[int]"
    results: list[Result]
    facets: list[Counted]
    # How many there are without one or two of the chosen options, and without all; only when nothing was found.
    without: dict[Picked, int] = field(default_factory=dict)
    unfiltered: int = 0

    @property
    def total(self) -> int:
        """How many items there are."""
        return self.page.paginator.count

    @property
    def has_choice(self) -> bool:
        """Whether there is anything to choose in the facets."""
        return any(counted.options for counted in self.facets)


def listing(actor: Any, asked: Asked) -> Listing:
    """Return the list for somebody's question."""
    found = search(asked.text) if asked.text else Found("")
    rows = documents_for(actor)
    if asked.text:
        rows = rows.filter(pk__in=found.keys)
    keys = ordered(rows.filter(facets.condition(asked.chosen)), asked.order, found)
    page = Paginator(keys, PER_PAGE).get_page(asked.page)
    counted = facets.counted(rows, asked.chosen)
    if keys:
        return Listing(asked, found, page, list(results(page.object_list)), counted)
    without = facets.without_each(rows, asked.chosen)
    return Listing(asked, found, page, [], counted, without, rows.count())


def ordered(rows: QuerySet[SearchDocument], order: str, found: Found) -> list[int]:
    """Return the keys of all items in order."""
    if order == "best" and found.scores:
        return sorted(rows.values_list("pk", flat=True), key=lambda key: (-found.scores[key], key))
    if order == "new":
        newest = F("offering__published_on").desc(nulls_last=True)
        return list(rows.order_by(newest, "dutch_title").values_list("pk", flat=True))
    dated = rows.annotate(first=_first_date()).order_by(F("first").asc(nulls_last=True), *_then())
    return list(dated.values_list("pk", flat=True))


def _first_date() -> Any:
    ahead = Q(offering__sessions__starts_at__gt=clock.now(), offering__sessions__cancelled_at__isnull=True)
    return Coalesce(Min("offering__sessions__starts_at", filter=ahead), F("offering__closes_on"))


def _then() -> list[Any]:
    """After the dated things: the newest, and interventions last."""
    return [F("offering__published_on").desc(nulls_last=True), "dutch_title"]


def results(keys: Iterable[int]) -> Iterator[Result]:
    """Yield items with what a line of the list shows, in the order of the keys; three or four queries."""
    wanted = list(keys)
    documents = SearchDocument.objects.select_related("kind").in_bulk(wanted)
    offerings = with_card(Offering.objects.all()).in_bulk(
        [row.offering_id for row in documents.values() if row.offering_id]
    )
    interventions = Intervention.objects.select_related("domain").in_bulk(
        [row.intervention_id for row in documents.values() if row.intervention_id]
    )
    for key in wanted:
        row = documents[key]
        offering = offerings.get(row.offering_id) if row.offering_id else None
        intervention = interventions.get(row.intervention_id) if row.intervention_id else None
        yield Result(row, offering, intervention)


def soonest(offering: Offering) -> datetime | None:
    """Return when the next session with a free place starts."""
    runs = getattr(offering, "upcoming", [])
    return next((run.starts_at for run in runs if run.is_open), None)
