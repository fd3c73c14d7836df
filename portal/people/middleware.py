"""A second step at sign-in for everybody whose role shows more than their own things."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.people.models import User
from portal.people.queries import has_second_step, roles_of

# What somebody without a second step may still open: setting it up, the language, and leaving.
OPEN = frozenset({"account_logout", "account_login", "account_reauthenticate", "language", "health"})


class SecondStepMiddleware:
    """Leads people with a role to set up a second step before anything else, where that is required."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; `process_view` decides."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Redirect when a second step is required and not there yet."""
        name = request.resolver_match.url_name if request.resolver_match else ""
        if not settings.REQUIRE_MFA or name in OPEN or (name or "").startswith("mfa_"):
            return None
        user = request.user
        if not isinstance(user, User) or not roles_of(user) or has_second_step(user):
            return None
        messages.info(request, _("Your role asks for a second step at sign-in. Set it up first."))
        return redirect("mfa_activate_totp")
