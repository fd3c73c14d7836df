"""Releases of figures: counted once, protected at once, looked at once, then given out for good."""

from collections.abc import Iterator, Mapping

from django.db import connection, transaction
from django.db.models import Max

from evaluations.enums import Period, ReleaseState
from evaluations.errors import NotReleasableError
from evaluations.models import Indicator, Release, ReleasedFigure
from evaluations.queries import counts
from evaluations.reports.protection import protect_shares
from portal import clock
from portal.delivery import jobs
from portal.disclosure import Figure, Rule, Shown, base_band, protect_counts
from portal.disclosure.rule import FLOORS
from portal.people.models import User

Cells = Mapping[int | None, tuple[Figure, Figure | None]]
# Quarters after which the follow-up of a closing has been answered or has expired: six months and 42 days.
LINK_QUARTERS = 3


@transaction.atomic
def prepare(*, actor: User, period: Period) -> Release:
    """Ask a job to count a quarter that has ended; raises NotReleasableError."""
    if period.last_day >= clock.today():
        raise NotReleasableError(NotReleasableError.ended)
    release, _made = Release.objects.get_or_create(
        period=str(period),
        defaults={
            "number": (Release.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
            "definitions_version": Indicator.objects.aggregate(last=Max("version"))["last"] or 1,
        },
    )
    if release.state == ReleaseState.PREPARING:
        jobs.enqueue("evaluations.count", period, viewer=actor)
    return release


@transaction.atomic
def count(*, period: str) -> None:
    """Count and protect one release; what is hidden is not written down. Once counted, it stays so."""
    release = Release.objects.select_for_update(of=("self",)).get(period=period)
    if release.state != ReleaseState.PREPARING:
        return
    indicators = {row.key: row for row in Indicator.objects.all()}
    figures = [
        _row(release, indicators[key], faculty, figure, base)
        for key, cells in _tables(Period.parse(period), indicators)
        for faculty, (figure, base) in cells.items()
    ]
    ReleasedFigure.objects.bulk_create(figures)
    release.state, release.prepared_at = ReleaseState.PREPARED, clock.now()
    release.save(update_fields=["state", "prepared_at"])


def _tables(period: Period, indicators: Mapping[str, Indicator]) -> Iterator[tuple[str, Cells]]:
    """Yield the protected cells of every indicator that has data; key None is the university."""
    for key, table in (("requests", counts.requests(period)), ("closings", counts.closings(period))):
        rule = Rule(people=max(FLOORS["people"], indicators[key].threshold))
        shown = protect_counts({str(faculty): number for faculty, number in table.items()}, rule)
        cells: dict[int | None, tuple[Figure, Figure | None]] = {
            int(faculty): (figure, None) for faculty, figure in shown.cells.items()
        }
        yield key, cells | {None: (shown.total, None)}
    yield "satisfaction", _satisfaction(period, indicators["satisfaction"])


def _satisfaction(period: Period, indicator: Indicator) -> Cells:
    rule = Rule(answers=max(FLOORS["answers"], indicator.threshold))
    opinions = counts.satisfaction(period)
    table = {str(key): (opinions.favourable[key], base) for key, base in opinions.base.items()}
    shown = protect_shares(table, rule)
    cells: dict[int | None, tuple[Figure, Figure | None]] = {
        int(key): (figure, base_band(table[key][1], rule)) for key, figure in shown.cells.items()
    }
    return cells | {None: (shown.total, base_band(sum(opinions.base.values()), rule))}


def _row(
    release: Release, indicator: Indicator, faculty: int | None, figure: Figure, base: Figure | None
) -> ReleasedFigure:
    row = ReleasedFigure(release=release, indicator=indicator, faculty_id=faculty)
    if isinstance(figure, Shown):
        row.low, row.high = int(figure.low), int(figure.high)
        if isinstance(base, Shown):
            row.base_low, row.base_high = int(base.low), int(base.high)
    return row


@transaction.atomic
def release(*, actor: User, release: Release) -> Release:
    """Give the prepared figures out; nothing changes them afterwards. Raises NotReleasableError."""
    row = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    if row.state == ReleaseState.RELEASED:
        raise NotReleasableError(NotReleasableError.taken)
    if row.state != ReleaseState.PREPARED:
        raise NotReleasableError(NotReleasableError.unprepared)
    row.state, row.released_at, row.released_by = ReleaseState.RELEASED, clock.now(), actor
    row.save(update_fields=["state", "released_at", "released_by"])
    _erase_links(Period.parse(row.period))
    return row


def _erase_links(period: Period) -> None:
    """Erase the link of answers that no later survey will be compared with (decision 18)."""
    closing = period
    for _quarter in range(LINK_QUARTERS):
        closing = closing.previous
    with connection.cursor() as cursor:
        cursor.execute("select evaluations_erase_links(%s, %s)", [str(period), str(closing)])
