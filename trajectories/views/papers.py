"""The agreement as a PDF: ask for it, wait, download."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from trajectories import services
from trajectories.queries.papers import paper_job
from trajectories.views.base import DossierRequest, by, dossier_page, log


@require_http_methods(["GET", "POST"])
@dossier_page()
def paper(request: DossierRequest) -> HttpResponse:
    """Ask for the agreement on paper, and show how far it is."""
    log(request, "agreement")
    if request.method == "POST":
        services.ask_paper(**by(request), language=get_language() or "nl")
        return redirect("trajectories:agreement_paper", request.case.reference)
    context = {"case": request.case, "job": paper_job(request.user, request.case)}
    template = "parts/paper_progress" if request.headers.get("HX-Request") else "paper"
    return render(request, f"trajectories/{template}.html", context)
