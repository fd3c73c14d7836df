"""What one does with a whole card: copy it, put it away, make it a draft again."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog.errors import Refused
from catalog.queries.editing import places_kept
from catalog.services import cards, publishing
from catalog.views.editing import found
from portal.interface.http import conflict, tell
from portal.people.enums import Role
from portal.people.permissions import SignedInRequest, role_required


@role_required(Role.EDITOR)
@require_POST
def duplicate(request: SignedInRequest, slug: str) -> HttpResponse:
    """Make a copy as a draft."""
    made = cards.duplicate(offering=found(request.user, slug), actor=request.user)
    tell(request, _("This is the copy, a draft. The dates were not copied."))
    return redirect("catalog:edit", slug=made.slug)


@role_required(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say what happens (GET), and put the card away (POST)."""
    offering = found(request.user, slug)
    if request.method != "POST":
        context = {"offering": offering, "places": places_kept(offering)}
        return render(request, "catalog/archive.html", context)
    try:
        publishing.archive(offering=offering, actor=request.user)
    except Refused as refusal:
        return conflict(request, str(refusal))
    back = reverse("catalog:edit", args=[slug])
    tell(
        request,
        _("“%(title)s” is in the archive.") % {"title": offering.title},
        url=back,
        label=_("Look at it"),
    )
    return redirect("catalog:desk")


@role_required(Role.EDITOR)
@require_POST
def withdraw(request: SignedInRequest, slug: str) -> HttpResponse:
    """Make a draft of it again, out of the archive or off the site."""
    try:
        publishing.withdraw(offering=found(request.user, slug), actor=request.user)
    except Refused as refusal:
        return conflict(request, str(refusal))
    tell(request, _("It is a draft again. Readers do not see it any more."))
    return redirect("catalog:edit", slug=slug)
