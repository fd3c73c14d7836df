"""Who may open which pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from portal.people.enums import Role
from portal.people.models import User
from portal.people.queries import roles_of

View = Callable[..., HttpResponse]


class SignedInRequest(HttpRequest):
    """A request whose user has signed in; views under `signed_in` take this type."""

    user: User


def signed_in(view: View) -> View:
    """Lead visitors to the sign-in page and back; what somebody typed before the session ended is given back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            return _session_ended(request)
        return login_required(view)(request, *args, **kwargs)

    return guarded


def _session_ended(request: HttpRequest) -> HttpResponse:
    """Give back the words of a form that came too late; what has a space in it was typed by somebody."""
    back = _page_of_form(request)
    typed = [word for name in request.POST for word in request.POST.getlist(name) if " " in word.strip()]
    if not typed:
        return redirect_to_login(back)
    context = {"typed": typed, "sign_in": resolve_url(settings.LOGIN_URL), "back": back}
    return render(request, "account/session_ended.html", context, status=403)


def _page_of_form(request: HttpRequest) -> str:
    """Return the page on which the form stood: the address that it was sent to may be an act, not a page."""
    page = request.headers.get("Referer", "")
    allowed = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if allowed else request.get_full_path()


def role_required(*roles: Role) -> Callable[[View], View]:
    """Open a page to people with one of the roles; others get the 403 page."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            held = roles_of(request.user)
            working_as = next((role for role in roles if role in held), None)
            if working_as is None:
                raise PermissionDenied
            request.working_as = working_as  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        guarded.required_roles = roles  # type: ignore[attr-defined]
        return signed_in(guarded)

    return decorate
