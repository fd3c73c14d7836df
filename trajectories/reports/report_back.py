"""A report-back on paper: exactly the text that was released, in the language of whom it is for."""

from django.utils.translation import gettext_lazy as _

from portal.documents import pdf
from trajectories.models import ReportBack
from trajectories.reports.bilingual import both, other


def paper(report: ReportBack, language: str) -> bytes:
    """Return the PDF, headings in the other language beside those of the recipient's. For the worker."""
    context = {
        "report": report,
        "other": other(language),
        "heading": both(_("A text for you"), language),
        "closing": both(_("This is the whole text that was released to you."), language),
    }
    return pdf.render("pdf/trajectories/report_back.html", context, language)
