"""The guide to interventions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.enums import Actor
from catalog.queries.interventions import intervention_page, linked_to, parts_of, paths


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show domain by domain what one can do, for all or for one of the two who act."""
    actor = request.GET.get("who", "")
    actor = actor if actor in Actor.values else ""
    return render(
        request, "catalog/guide.html", {"paths": paths(actor), "actor": actor, "actors": Actor.choices}
    )


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one intervention."""
    found = intervention_page(slug)
    if found is None:
        raise Http404
    context = {"intervention": found, "parts": parts_of(found), "linked": linked_to(found)}
    return render(request, "catalog/intervention.html", context)
