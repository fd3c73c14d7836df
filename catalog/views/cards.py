"""The catalogue's cards on home and on the page of one's own things."""

from typing import Any

from django.http import HttpRequest

from catalog.queries.approvals import open_approvals
from catalog.queries.bookmarks import kept_offerings
from catalog.queries.catalogue import themes
from catalog.queries.enrolments import upcoming_enrolments
from catalog.queries.replacements import open_for
from catalog.queries.search import Found

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


def asked(request: HttpRequest) -> Context | None:
    """Whose place one was asked to take, and how many requests wait for one's yes or no."""
    if not request.user.is_authenticated:
        return None
    found, waiting = open_for(request.user), open_approvals(request.user)
    return {"replacements": found, "approvals": waiting} if found or waiting else None


def kept(request: HttpRequest) -> Context | None:
    """What one keeps for later."""
    found = kept_offerings(request.user)
    # A line of a list marks what was searched for; here nothing was.
    shown = {"listing": {"found": Found("")}, "kept": {offering.pk for offering in found}}
    return {"offerings": found, **shown} if found else None


def by_theme(request: HttpRequest) -> Context | None:
    """The entries by theme."""
    return {"themes": themes(request.user)}
