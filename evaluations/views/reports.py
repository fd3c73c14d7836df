"""Asking for a report, and waiting for it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evaluations.queries.released import chosen_scope, releases, report_job
from evaluations.services import reports
from portal.people.enums import Role
from portal.people.permissions import SignedInRequest, role_required


@require_POST
@role_required(Role.HR)
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask for the report of one release and scope, in the language of the page."""
    release = releases(request.user).filter(period=request.POST.get("period", "")).first()
    if release is None:
        messages.error(request, _("Choose a quarter that has been released."))
        return redirect("evaluations:figures")
    scope = chosen_scope(request.user, request.POST.get("faculty", ""))
    language = get_language() or "nl"
    job = reports.ask(actor=request.user, period=release.period, faculty=scope.code, language=language)
    return redirect("evaluations:report", key=job.pk)


@require_safe
@role_required(Role.HR)
def report(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Show how far the report is; ready, it can be downloaded."""
    job = report_job(request.user, key)
    template = "report_progress" if request.headers.get("HX-Request") else "report"
    return render(request, f"evaluations/{template}.html", {"job": job})
