"""Agreement, report-back and closing as a PDF: ask for it, wait, download."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.people.permissions import SignedInRequest, signed_in
from trajectories import services
from trajectories.errors import NoSuchMove
from trajectories.queries import papers
from trajectories.queries import report_back as reading
from trajectories.views.base import DossierRequest, by, dossier_page, log
from trajectories.views.report_back import log_received

both = require_http_methods(["GET", "POST"])


@both
@dossier_page()
def paper(request: DossierRequest) -> HttpResponse:
    """Ask for the agreement on paper, and show how far it is."""
    log(request, "agreement")
    if request.method == "POST":
        services.ask_paper(**by(request), language=get_language() or "nl")
        return redirect("trajectories:agreement_paper", request.case.reference)
    back = reverse("trajectories:agreement", args=[request.case.reference])
    words = {"title": _("Agreement (PDF)"), "back": back, "back_label": _("Back to the agreement")}
    return _progress(request, papers.paper_job(request.user, request.case), words)


@both
@dossier_page()
def closing_paper(request: DossierRequest) -> HttpResponse:
    """Ask for the closing on paper, once both have looked back."""
    if not request.case.is_looked_back_on:
        raise NoSuchMove
    log(request, "closing")
    if request.method == "POST":
        services.ask_closing_paper(**by(request), language=get_language() or "nl")
        return redirect("trajectories:closing_paper", request.case.reference)
    back = reverse("trajectories:closing", args=[request.case.reference])
    words = {"title": _("Results (PDF)"), "back": back, "back_label": _("Back to the results")}
    return _progress(request, papers.closing_job(request.user, request.case), words)


@signed_in
@both
def report_paper(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask for a released text on paper; for who got it, and the two of the case."""
    row = reading.report_back(request.user, reference)
    log_received(request, row)
    if request.method == "POST":
        services.ask_report_paper(actor=request.user, report=row)
        return redirect("trajectories:report_paper", reference)
    back = reverse("trajectories:report_back", args=[reference])
    words = {"title": _("A text for you (PDF)"), "back": back, "back_label": _("Back to the text")}
    return _progress(request, papers.report_job(request.user, row), words)


def _progress(request: HttpRequest, job: Any, words: dict[str, str]) -> HttpResponse:
    template = "parts/paper_progress" if request.headers.get("HX-Request") else "paper"
    return render(request, f"trajectories/{template}.html", {"job": job, **words})
