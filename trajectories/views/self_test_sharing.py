"""Who sees a self-test: showing it to the advisor, taking that back, erasing it, and the advisor's look."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.interface.moments import day
from portal.people.permissions import SignedInRequest, signed_in
from trajectories.forms.self_test import ShareForm
from trajectories.queries import scoring, self_tests
from trajectories.services import self_testing
from trajectories.views.base import DossierRequest, answering, attempt, dossier_page, log
from trajectories.views.self_tests import FOLDER


@signed_in
@answering
@require_http_methods(["GET", "POST"])
def share(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show beforehand exactly what the advisor will see; share it until a day."""
    test = self_tests.get_own(request.user, reference)
    case = self_tests.sharing_case(request.user)
    form = ShareForm(request.POST or None, agreed_until=getattr(case, "agreed_until", None))
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until_on"]
        act = self_testing.share_self_test
        if attempt(form, lambda: act(actor=request.user, test=test, until_on=until)):
            told = _("Your advisor can see this test until and including %(day)s.") % {"day": day(until)}
            messages.success(request, told)
            return redirect("trajectories:self_test_result", reference)
    context = {"form": form, "test": test, "shown": test, "case": case, "lines": scoring.lines(test.scores)}
    return render(request, f"{FOLDER}/share.html", context, status=422 if form.errors else 200)


@signed_in
@answering
@require_POST
def withdraw(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take a test out of the advisor's sight."""
    shared = self_tests.get_share(request.user, reference)
    self_testing.withdraw_share(actor=request.user, share=shared)
    messages.success(request, _("Your advisor no longer sees this test."))
    return redirect("trajectories:self_test_result", shared.test.reference)


@signed_in
@answering
@require_http_methods(["GET", "POST"])
def delete(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask whether it is sure, and erase a test."""
    test = self_tests.get_own(request.user, reference)
    if request.method == "POST":
        self_testing.delete_self_test(actor=request.user, test=test)
        messages.success(request, _("The test has been erased for good."))
        return redirect("trajectories:self_test")
    return render(request, f"{FOLDER}/delete.html", {"test": test})


@require_GET
@dossier_page()
def shown(request: DossierRequest, share: str) -> HttpResponse:
    """Show a test as the advisor sees it, to the advisor and to whoever shared it."""
    found = self_tests.get_shown(request.case, request.user, share)
    log(request, "self_test")
    context = {"case": request.case, "shown": found, "lines": scoring.lines(found.scores)}
    return render(request, f"{FOLDER}/shown.html", context)
