"""What editors work on: the list of all cards, one card, its versions, and what is due by the clock."""

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet

from catalog.enums import Status
from catalog.models import Offering, OfferingVersion, Session
from catalog.models.offering import REVIEW_GRACE
from catalog.workflow import TEXTS
from portal import clock

PER_PAGE = 25
OVERDUE, UNTRANSLATED = "overdue", "untranslated"
SORTS = {
    "review": ("review_on", "pk"),
    "title": ("title_nl", "pk"),
    "state": ("status", "title_nl", "pk"),
    "owner": (F("owner__surname").asc(nulls_last=True), "owner__given_name", "title_nl", "pk"),
    "new": ("-pk",),
}


@dataclass(frozen=True)
class Sought:
    """What an editor looks for; all of it stands in the address."""

    text: str = ""
    state: str = ""
    kind: str = ""
    mine: bool = False
    sort: str = ""
    page: str = "1"

    @property
    def order(self) -> str:
        """The order in force: by review date, unless another is chosen."""
        return self.sort if self.sort in SORTS else "review"


@dataclass(frozen=True)
class Shelf:
    """A page of the list, with how many there are of each state."""

    sought: Sought
    page: "Page[Offering]"
    counts: dict[str, int] = field(default_factory=dict)


def shelf(rows: QuerySet[Offering], sought: Sought, actor: Any) -> Shelf:
    """Return a page of the cards that an editor looks for."""
    found = _narrowed(rows, sought, actor)
    counts = {state: Count("pk", filter=condition) for state, condition in _states().items()}
    listed = found.filter(_states().get(sought.state, ~Q(status=Status.ARCHIVED)))
    shown = listed.select_related("kind", "theme", "owner", "faculty").order_by(*SORTS[sought.order])
    page = Paginator(shown, PER_PAGE).get_page(sought.page)
    return Shelf(sought, page, found.aggregate(**counts))


def _narrowed(rows: QuerySet[Offering], sought: Sought, actor: Any) -> QuerySet[Offering]:
    if sought.text:
        fields = ("title_nl", "title_en", "keywords_nl", "keywords_en", "owner__surname", "owner__email")
        condition = Q()
        for name in fields:
            condition |= Q(**{f"{name}__icontains": sought.text})
        rows = rows.filter(condition)
    if sought.kind:
        rows = rows.filter(kind__key=sought.kind)
    return rows.filter(owner=actor) if sought.mine else rows


def _states() -> dict[str, Q]:
    states = {state.value: Q(status=state) for state in Status}
    return states | {OVERDUE: _overdue(), UNTRANSLATED: _untranslated()}


def _overdue() -> Q:
    return Q(status=Status.PUBLISHED, review_on__lt=clock.today())


def _untranslated() -> Q:
    """One language only, in any text of a card that is not put away."""
    found = Q()
    for name in TEXTS:
        empty = [Q(**{f"{name}_{code}": ""}) | Q(**{f"{name}_{code}__isnull": True}) for code in ("nl", "en")]
        found |= (empty[0] & ~empty[1]) | (~empty[0] & empty[1])
    return found & ~Q(status=Status.ARCHIVED)


def versions_of(offering: Offering) -> QuerySet[OfferingVersion]:
    """Return the versions of a card, the newest first."""
    return offering.versions.select_related("saved_by")


def dates_of(offering: Offering) -> QuerySet[Session]:
    """Return the dates of a card that are not over, soonest first."""
    return offering.sessions.filter(ends_at__gt=clock.now()).order_by("starts_at", "pk")


def to_publish() -> QuerySet[Offering]:
    """Return the cards whose moment of publication has come."""
    return Offering.objects.filter(status=Status.SCHEDULED, publish_at__lte=clock.now())


def to_take_off() -> QuerySet[Offering]:
    """Return the cards whose last moment is over."""
    alive = [Status.PUBLISHED, Status.SCHEDULED]
    return Offering.objects.filter(status__in=alive, unpublish_at__lte=clock.now())


def to_tell() -> QuerySet[Offering]:
    """Return the published cards that lists leave out, and whose owner has not been told of it."""
    rows = Offering.objects.filter(status=Status.PUBLISHED, review_on__lt=clock.today() - REVIEW_GRACE)
    return rows.exclude(told_review_on=F("review_on"), told_review_on__isnull=False)


def places_kept(offering: Offering) -> int:
    """Return how many people have a place in a date to come."""
    rows = offering.sessions.filter(starts_at__gt=clock.now(), cancelled_at__isnull=True)
    return sum(run.taken for run in rows)
