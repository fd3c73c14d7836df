"""One middleware sets the viewer for the whole request, in one transaction."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import connection, transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from portal.privacy.viewer import set_viewer, viewing

# Health must answer when the database is away.
WITHOUT_DATABASE = ("/health/",)


class ViewerMiddleware:
    """Wraps the request in a transaction; a server error rolls it back as a whole."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request as its user."""
        if request.path in WITHOUT_DATABASE:
            return self.get_response(request)
        with transaction.atomic(), viewing(request.user):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
                return response
        return response


@receiver(user_logged_in)
def signed_in(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """The rest of the request that signs somebody in is seen through their eyes."""
    if connection.in_atomic_block:
        set_viewer(user)


@receiver(user_logged_out)
def signed_out(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """The rest of the request that signs somebody out is seen through nobody's eyes."""
    if connection.in_atomic_block:
        set_viewer(None)
