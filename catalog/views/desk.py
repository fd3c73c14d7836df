"""The editors' desk: drafts, texts due for review, and searches that found nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.queries import desk
from portal.people.enums import Role
from portal.people.permissions import role_required


@role_required(Role.EDITOR)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what an editor has to do."""
    context = {"drafts": desk.drafts(), "overdue": desk.overdue(), "missed": desk.missed_searches()}
    return render(request, "catalog/desk.html", context)
