"""One's own ledger, and those of departments."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.entitlements.queries.balances import balances, department_accounts, department_balances
from portal.entitlements.queries.ledger import ledger, ledgers
from portal.entitlements.views.registration import sees_departments
from portal.people.permissions import SignedInRequest, signed_in
from portal.privacy.lookup import get_visible


@require_safe
@signed_in
def own(request: SignedInRequest) -> HttpResponse:
    """Show what is left, by which rule, and every booking."""
    found = balances(request.user)
    pairs = ledgers(request.user, found)
    shows_departments = sees_departments(request.user)
    return render(request, "entitlements/own.html", {"pairs": pairs, "shows_departments": shows_departments})


@require_safe
@signed_in
def departments(request: SignedInRequest) -> HttpResponse:
    """Show the budgets of the departments that this person manages, or of all to central HR."""
    if not sees_departments(request.user):
        raise PermissionDenied
    return render(request, "entitlements/departments.html", {"balances": department_balances(request.user)})


@require_safe
@signed_in
def department(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the bookings of one department's budget."""
    account = get_visible(department_accounts(), request.user, reference)
    found = department_balances(request.user, only=account)
    if not found:  # its rule has ended
        raise Http404
    return render(
        request, "entitlements/department.html", {"balance": found[0], "lines": ledger(request.user, account)}
    )
