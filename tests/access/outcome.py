"""What an address answers to somebody, in one word; and all the addresses that there are."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.urls import URLPattern, URLResolver, get_resolver


class Outcome(StrEnum):
    """How the portal treats a request."""

    OPEN = "open"
    SIGN_IN = "sign in first"
    FORBIDDEN = "forbidden"
    UNKNOWN = "unknown"


def outcome_of(response: HttpResponse) -> Outcome:
    """Read the outcome off a response; a server error is none and fails."""
    if response.status_code >= 500:
        raise AssertionError(f"server error {response.status_code}")
    if response.status_code in (301, 302) and response["Location"].startswith(
        resolve_url(settings.LOGIN_URL)
    ):
        return Outcome.SIGN_IN
    return {403: Outcome.FORBIDDEN, 404: Outcome.UNKNOWN}.get(response.status_code, Outcome.OPEN)


def _walk(patterns: list[Any], namespace: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(list(entry.url_patterns), inner)
        else:
            yield f"{namespace}{entry.name or entry.lookup_str}", entry


def addresses() -> dict[str, URLPattern]:
    """Return every address of the portal by its full name."""
    return dict(_walk(list(get_resolver().url_patterns), ""))
