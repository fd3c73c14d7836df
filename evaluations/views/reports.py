"""Asking for a report, waiting for it and downloading it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from evaluations.models import Report
from evaluations.queries.released import report_job
from evaluations.services import reports
from portal.people.enums import Role
from portal.people.permissions import SignedInRequest, role_required
from portal.privacy.lookup import get_visible


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.HR)
def report(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show how far the report is; POST asks for it."""
    row = get_visible(Report.objects.defer("content"), request.user, reference)
    if request.method == "POST":
        reports.ask(actor=request.user, report=row)
        return redirect("evaluations:report", reference=row.reference)
    context = {"report": row, "is_ready": row.is_ready, "job": report_job(request.user, row)}
    fragment = (
        "evaluations/report_progress.html" if request.headers.get("HX-Request") else "evaluations/report.html"
    )
    return render(request, fragment, context)


@require_safe
@role_required(Role.HR)
def download(request: SignedInRequest, reference: str) -> HttpResponse:
    """Hand over the PDF."""
    row = get_visible(Report, request.user, reference)
    if row.content is None:
        raise Http404
    response = HttpResponse(bytes(row.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{row.file_name}"'
    return response
