"""Keeping an offering for later, from its page or from a list."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from catalog.queries.catalogue import readable_by
from catalog.services import bookmarks
from portal.people.permissions import SignedInRequest, signed_in


@require_POST
@signed_in
def keep(request: SignedInRequest, slug: str) -> HttpResponse:
    """Put an offering on one's list, or take it off; then back to where one was."""
    offering = readable_by(request.user).filter(slug=slug).first()
    if offering is None:
        raise Http404
    is_kept = request.POST.get("keep") == "yes"
    (bookmarks.keep if is_kept else bookmarks.drop)(offering=offering, actor=request.user)
    if request.htmx:  # type: ignore[attr-defined]
        context = {"offering": offering, "kept": {offering.pk} if is_kept else set()}
        return render(request, "catalog/parts/keep.html", context)
    back = request.POST.get("next", "")
    is_own = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back) if is_own else redirect("catalog:offering", slug=slug)
