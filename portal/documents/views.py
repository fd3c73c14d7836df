"""Downloading one's own files."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from portal.documents import queries
from portal.people.permissions import SignedInRequest, signed_in


@require_GET
@signed_in
def download(request: SignedInRequest, reference: str) -> HttpResponse:
    """Hand over one file; never kept by a cache, never guessed at by the browser."""
    document = queries.get_document(request.user, reference)
    response = HttpResponse(document.content, content_type=document.content_type)
    response["Content-Disposition"] = f'attachment; filename="{document.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
