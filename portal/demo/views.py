"""The demonstration's own door: a button for each account on the sign-in page."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from portal.demo import accounts
from portal.people.adapter import AccountAdapter
from portal.people.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo accounts; outside the demonstration this door does not exist."""
    account = request.POST.get("account", "")
    if not settings.DEMO or account not in accounts.names():
        raise Http404
    login(request, get_object_or_404(User, email=accounts.address(account)), backend=BACKEND)
    onwards = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(onwards, allowed_hosts={request.get_host()}):
        onwards = AccountAdapter(request).get_login_redirect_url(request)
    return redirect(onwards)
