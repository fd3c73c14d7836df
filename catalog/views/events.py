"""The calendar: a list, a month, and a feed for one's own calendar program."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog import filters
from catalog.emails import calendar_feed
from catalog.queries.catalogue import dated_documents_for
from catalog.queries.events import in_month, month_of, sessions_for
from catalog.queries.facets import counted
from catalog.queries.listing import Asked
from portal import clock

PER_PAGE = 20
YEARS = range(2000, 2100)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what is coming, soonest first."""
    asked = filters.asked(request.GET)
    page = Paginator(sessions_for(request.user, asked), PER_PAGE).get_page(asked.page)
    return render(request, "catalog/calendar.html", {"page": page, **_frame(request, asked)})


@require_safe
def month(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Show one month."""
    if year not in YEARS or not 1 <= number <= 12:
        raise Http404
    asked = filters.asked(request.GET)
    shown = month_of(in_month(sessions_for(request.user, asked), year, number), year, number)
    return render(request, "catalog/month.html", {"month": shown, **_frame(request, asked)})


def _frame(request: HttpRequest, asked: Asked) -> dict[str, object]:
    return {
        "asked": asked,
        "query": filters.address(asked, sort=""),
        "today": clock.today(),
        "chips": filters.chips(asked),
        "facets": counted(dated_documents_for(request.user), asked.chosen),
    }


@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    """Give the calendar as a file that a calendar program can follow; public things only."""
    asked = filters.asked(request.GET)
    body = calendar_feed(sessions_for(None, asked))
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")
