"""Plain errors for bad input and an absent database; and the language that somebody works in, remembered."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language_from_path

from portal.interface import errors

NUL = "\0"


class PlainErrors:
    """Refuses null bytes before they reach a view, and draws the pages that Django leaves empty."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next in line."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the address first; draw the 405 page afterwards."""
        if _has_nul([request.path_info, *request.COOKIES.values(), *_pairs(request.GET)]):
            return errors.bad_request(request)
        response = self.get_response(request)
        if response.status_code == 405 and not getattr(response, "content", b""):
            return errors.method_not_allowed(request, response.headers.get("Allow", ""))
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Refuse a form with a null byte: the database cannot hold it."""
        if request.method == "POST" and _has_nul(_pairs(request.POST)):
            raise BadRequest("null byte")
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Say "try again" when the database or the cache is away."""
        if isinstance(exception, errors.AWAY):
            errors.logger.error("%s: %s", request.path, exception)
            return errors.plain_page(request, 503)
        return None


class RememberedLanguage(LocaleMiddleware):
    """Remembers the language of somebody signed in, for the pages whose address names none (/beheer/)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Keep the language of the address in the cookie; a visitor gets no cookie."""
        response = super().process_response(request, response)
        named = get_language_from_path(request.path_info)
        signed_in = getattr(getattr(request, "user", None), "is_authenticated", False)
        if named and signed_in and named != request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
            remember(response, named)
        return response


def remember(response: HttpResponseBase, language: str) -> None:
    """Set the language cookie for a year."""
    secure = settings.LANGUAGE_COOKIE_SECURE
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=31536000, samesite="Lax", secure=secure
    )


def _pairs(query: Any) -> Iterable[str]:
    for name, values in query.lists():
        yield name
        yield from (value for value in values if isinstance(value, str))


def _has_nul(words: Iterable[str]) -> bool:
    return any(NUL in word for word in words)
