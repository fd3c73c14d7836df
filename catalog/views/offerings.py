"""The list of the catalogue, and one offering."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog import filters
from catalog.queries.catalogue import factors_of, needs_sign_in, offering_page
from catalog.queries.listing import listing
from catalog.views.panel import panel


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the list: search, facets, results."""
    found = listing(request.user, filters.asked(request.GET))
    return render(
        request,
        "catalog/offerings.html",
        {
            "listing": found,
            "chips": filters.chips(found.asked),
            "sorts": filters.sorts(found.asked),
            "kinds": filters.kind_links(found),
        },
    )


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one offering; an internal one leads visitors to the sign-in page and back."""
    offering = offering_page(request.user, slug)
    if offering is None:
        if not request.user.is_authenticated and needs_sign_in(slug):
            return redirect_to_login(request.get_full_path())
        raise Http404
    context = {"offering": offering, "panel": panel(request, offering), "factors": factors_of(offering)}
    template = "catalog/enrol_panel.html" if request.htmx else "catalog/offering.html"  # type: ignore[attr-defined]
    return render(request, template, context)
