"""The demo's mailbox, and the administrator's list of what could not be done."""

from typing import Literal
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.delivery import queries, services
from portal.people.permissions import SignedInRequest, signed_in
from portal.people.views.administration import administration

PER_PAGE = 20


@require_safe
@signed_in
def mailbox(request: SignedInRequest) -> HttpResponse:
    """List one's own mail, as it left the portal (demo only)."""
    mails = queries.mails_of(request.user).defer("text", "html", "attachments")
    page = Paginator(mails, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "delivery/mailbox.html", {"page": page})


@require_safe
@signed_in
def mail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show one of one's own mails."""
    found = queries.get_mail(request.user, pk)
    files = [attachment.name for attachment in queries.attachments_of(found)]
    return render(request, "delivery/mail.html", {"mail": found, "files": files})


@require_safe
@signed_in
def attachment(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Hand over a file that came with one of one's own mails; the first is number 0."""
    files = queries.attachments_of(queries.get_mail(request.user, pk))
    if number >= len(files):
        raise Http404
    response = HttpResponse(files[number].content, content_type=files[number].content_type)
    response["Content-Disposition"] = f'attachment; filename="{files[number].name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@administration
@require_safe
def failures(request: SignedInRequest) -> HttpResponse:
    """List the mails and jobs that were given up, without content and without people."""
    page = Paginator(queries.failures(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "delivery/failures.html", {"page": page, "health": queries.health()})


@administration
@require_POST
def retry(request: SignedInRequest, kind: Literal["mail", "job"], pk: UUID) -> HttpResponse:
    """Have one of them tried again."""
    services.retry(actor=request.user, kind=kind, pk=pk)
    messages.success(request, _("It is tried again within a minute."))
    return redirect("delivery_admin:failures")
