"""The list of the catalogue, and one offering."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from catalog import filters
from catalog.queries.bookmarks import kept_by
from catalog.queries.catalogue import factors_of, needs_sign_in, offering_page
from catalog.queries.listing import listing
from catalog.queries.suggest import nearest, suggestions
from catalog.services.misses import count_miss
from catalog.views.panel import panel


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the list: search, facets, results."""
    found = listing(request.user, filters.asked(request.GET))
    context = {"listing": found, "chips": filters.chips(found.asked), "kept": kept_by(request.user)}
    context["kinds"] = filters.kind_links(found)
    context["corrected_url"] = filters.address(found.asked, q=found.found.corrected)
    if found.total:
        context["sorts"] = filters.sorts(found.asked)
    else:
        context |= {"drop": filters.drop(found), "nearest": nearest(request.user, found)}
        if found.asked.text and not found.unfiltered and not request.htmx:  # type: ignore[attr-defined]
            count_miss(text=found.asked.text, language=get_language() or "nl")
    return render(request, "catalog/offerings.html", context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Give titles to choose from while typing."""
    titles = suggestions(request.user, request.GET.get("q", "")[: filters.LONGEST])
    return render(request, "catalog/suggestions.html", {"titles": titles})


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one offering; an internal one leads visitors to the sign-in page and back."""
    offering = offering_page(request.user, slug)
    if offering is None:
        if not request.user.is_authenticated and needs_sign_in(slug):
            return redirect_to_login(request.get_full_path())
        raise Http404
    context = {"offering": offering, "panel": panel(request, offering), "factors": factors_of(offering)}
    context["kept"] = kept_by(request.user)
    template = "catalog/enrol_panel.html" if request.htmx else "catalog/offering.html"  # type: ignore[attr-defined]
    return render(request, template, context)
