"""Who may open which pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from portal.people.enums import Role
from portal.people.models import User
from portal.people.queries import roles_of

View = Callable[..., HttpResponse]


class SignedInRequest(HttpRequest):
    """A request whose user has signed in; views under `signed_in` take this type."""

    user: User


def signed_in(view: View) -> View:
    """Lead visitors to the sign-in page and back."""
    return login_required(view)


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
        return login_required(guarded)

    return decorate
