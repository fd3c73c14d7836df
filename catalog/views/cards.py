"""The catalogue's cards on home and on the page of one's own things."""

from typing import Any

from django.http import HttpRequest

from catalog.queries.catalogue import themes
from catalog.queries.enrolments import upcoming_enrolments

SHOWN = 3
Context = dict[str, Any]


def upcoming(request: HttpRequest) -> Context | None:
    """The next dates one goes to."""
    if not request.user.is_authenticated:
        return None
    found = upcoming_enrolments(request.user)
    return {"enrolments": found[:SHOWN]} if found else None


def all_enrolments(request: HttpRequest) -> Context | None:
    """Every coming date one goes to."""
    found = upcoming_enrolments(request.user)
    return {"enrolments": found} if found else None


def by_theme(request: HttpRequest) -> Context | None:
    """The entries by theme."""
    return {"themes": themes(request.user)}
