"""The one-page report of figures as PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from evaluations.enums import Period
from evaluations.models import Indicator, Release
from evaluations.queries.released import Cells
from evaluations.reports.rows import Cell, Row, rows_for
from portal.documents import charts, pdf
from portal.organisation.models import Faculty

TEMPLATE = "pdf/evaluations/figures.html"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about; no faculty: the university."""

    release: Release
    faculty: Faculty | None
    language: str

    @property
    def name(self) -> str:
        """Return the faculty's name, or the word for the university."""
        return str(self.faculty or _("The university"))


def paper(subject: Subject, *, indicators: Sequence[Indicator], cells: Cells, before: Cells) -> bytes:
    """Return the PDF of a report in its language. Draws a chart: for the worker only."""
    with translation.override(subject.language):
        rows = rows_for(indicators, cells, before, subject.faculty.pk if subject.faculty else None)
        measured = [row for row in rows if row.has_data]
        bars, description = chart(measured)
        context: dict[str, Any] = {
            "subject": subject,
            "period": Period.parse(subject.release.period),
            "rows": measured,
            "number_awaited": len(rows) - len(measured),
            "has_hidden": any(
                cell.is_hidden for row in measured for cell in (row.own, row.university, row.previous)
            ),
            "chart": charts.data_address(charts.bar_svg(bars, description=description)),
            "description": description,
        }
        return pdf.render(TEMPLATE, context, subject.language)


def chart(rows: Sequence[Row]) -> tuple[list[charts.Bar], str]:
    """Return the bars of the counts and what they say in words; a hidden figure leaves a gap."""
    counts = [row for row in rows if row.indicator.unit == "count"]
    bars: list[charts.Bar] = []
    for row in counts:
        bars.append(_bar(str(row.indicator.label), row.own))
        if row.previous.text or row.previous.is_hidden:
            bars.append(_bar(_("%(figure)s, quarter before") % {"figure": row.indicator.label}, row.previous))
    words = "; ".join(f"{bar.label}: {bar.text}" for bar in bars)
    return bars, _("Bar chart. %(words)s.") % {"words": words}


def _bar(label: str, cell: Cell) -> charts.Bar:
    return charts.Bar(label, cell.low, cell.text or _("Hidden"))
