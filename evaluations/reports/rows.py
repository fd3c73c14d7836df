"""The rows of a page of figures: own figure, the university's, and the quarter before."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evaluations.models import Indicator, ReleasedFigure
from evaluations.queries.released import Cells, Scope

OPEN_END = 10**9
PERCENT = frozenset({"percent", "percent_favourable"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure in words; `text` is empty when there is none, `is_hidden` when it is protected."""

    text: str = ""
    base: str = ""
    is_hidden: bool = False
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator with its figures beside each other."""

    indicator: Indicator
    own: Cell
    university: Cell
    previous: Cell

    @property
    def has_data(self) -> bool:
        """Tell whether the indicator is measured yet; a hidden figure is data."""
        return bool(self.own.text or self.own.is_hidden)


def cell_of(figure: ReleasedFigure | None) -> Cell:
    """Put one released figure into words in the active language."""
    if figure is None:
        return Cell()
    if figure.low is None or figure.high is None:
        return Cell(is_hidden=True)
    percent = figure.indicator.unit in PERCENT
    return Cell(
        _value(figure.low, figure.high, percent=percent), _base(figure), low=figure.low, high=figure.high
    )


def _value(low: int, high: int, *, percent: bool) -> str:
    sign = "%" if percent else ""
    if low == high:
        return f"{low}{sign}"
    if low == 0:
        return _("under %(high)s%(sign)s") % {"high": high, "sign": sign}
    return _("over %(low)s%(sign)s") % {"low": low, "sign": sign}


def _base(figure: ReleasedFigure) -> str:
    if figure.base_low is None or figure.base_high is None:
        return ""
    if figure.base_high >= OPEN_END:
        return _("%(low)s answers or more") % {"low": figure.base_low}
    return _("%(low)s to %(high)s answers") % {"low": figure.base_low, "high": figure.base_high}


def rows_for(indicators: Sequence[Indicator], cells: Cells, before: Cells, faculty: int | None) -> list[Row]:
    """Return a row per indicator; comparisons are left out where either side is hidden."""
    return [
        Row(
            indicator,
            own := cell_of(cells.get((indicator.key, faculty))),
            _beside(own, cells.get((indicator.key, None))) if faculty else Cell(),
            _beside(own, before.get((indicator.key, faculty))),
        )
        for indicator in indicators
    ]


def _beside(own: Cell, figure: ReleasedFigure | None) -> Cell:
    """Return the figure to compare with; there is nothing to compare when the own one is not shown."""
    return cell_of(figure) if own.text else Cell()


@dataclass(frozen=True, slots=True)
class Table:
    """Faculties against indicators, the university below."""

    indicators: list[Indicator]
    lines: list[tuple[str, list[Cell]]]


def table_of(cells: Cells, rows: Sequence[Row], scopes: Sequence[Scope]) -> Table:
    """Return the figures of every faculty and the university, for the indicators that have data."""
    measured = [row.indicator for row in rows if row.has_data]
    ordered = [scope for scope in scopes if scope.faculty] + [scope for scope in scopes if not scope.faculty]
    return Table(
        measured,
        [
            (
                str(scope.faculty or _("University")),
                [cell_of(cells.get((i.key, scope.key))) for i in measured],
            )
            for scope in ordered
        ],
    )
