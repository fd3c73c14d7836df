"""Answers that every app needs: a page or its part, the error pages, and word of what was done."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html

from portal.interface.errors import bad_request, conflict, forbidden, not_found, too_large

__all__ = ["answer", "bad_request", "conflict", "forbidden", "not_found", "tell", "too_large"]


def answer(
    request: HttpRequest, page: str, part: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Draw the whole page, or only its part when htmx asks for it; 422 marks a form that is not right."""
    htmx: Any = getattr(request, "htmx", False)
    wants_part = htmx and not htmx.boosted and not htmx.history_restore_request
    response = render(request, part if wants_part else page, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def tell(
    request: HttpRequest, text: str, *, url: str = "", label: str = "", level: int = messages.SUCCESS
) -> None:
    """Say on the next page what was done, with the way back: `url` and its words."""
    back = (
        format_html(' <a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>', url, label)
        if url
        else ""
    )
    messages.add_message(request, level, format_html("{}{}", text, back))
