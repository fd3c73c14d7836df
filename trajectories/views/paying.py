"""The page of whoever pays: cost and planning, and a signature."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.people.permissions import SignedInRequest, signed_in
from trajectories import services
from trajectories.forms import SignForm
from trajectories.queries.paying import payer_view
from trajectories.views.base import answering, try_step


@signed_in
@answering
@require_http_methods(["GET", "POST"])
def payer(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show cost and planning of one agreement, and take the payer's signature."""
    view = payer_view(request.user, reference)
    form = SignForm(request.POST or None, initial={"digest": view.digest})
    if request.method == "POST" and form.is_valid():
        digest = form.cleaned_data["digest"]
        act = services.sign_as_payer
        try_step(request, lambda: act(actor=request.user, view=view, digest=digest), _("You have signed."))
        return redirect("trajectories:payer", view.reference)
    status = 422 if form.errors else 200
    return render(request, "trajectories/payer.html", {"view": view, "form": form}, status=status)
