"""Editing a card: both languages, facts, steps; saving, previewing, publishing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog import errors
from catalog.enums import Status
from catalog.forms.card import Bench
from catalog.models import Offering
from catalog.permissions import editable_by
from catalog.queries.cards import with_parts
from catalog.queries.editing import dates_of
from catalog.queries.versions import conflict_with, shown_as_read
from catalog.services import cards, publishing
from portal.interface.http import tell
from portal.people.enums import Role
from portal.people.models import User
from portal.people.permissions import SignedInRequest, role_required


def found(actor: User, slug: str) -> Offering:
    """Return a card that this editor may change, or raise 404."""
    offering = with_parts(editable_by(actor)).filter(slug=slug).first()
    if offering is None:
        raise Http404
    return offering


def _page(
    request: HttpRequest, offering: Offering, bench: Bench, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"offering": offering, "bench": bench, "dates": dates_of(offering), **more}
    return render(request, "catalog/edit.html", context, status=status)


@role_required(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a card to be edited (GET), or save, preview or publish what was typed (POST)."""
    offering = found(request.user, slug)
    if request.method != "POST":
        return _page(request, offering, Bench(offering, request.user))
    bench = Bench(offering, request.user, request.POST)
    if request.POST.get("act") == "preview":
        return _preview(request, offering, bench)
    if not bench.is_valid():
        return _page(request, offering, bench, status=422)
    return _save(request, offering, bench)


def _preview(request: HttpRequest, offering: Offering, bench: Bench) -> HttpResponse:
    """Show the card as readers will see it; nothing is saved."""
    preview = shown_as_read(request.POST)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "catalog/parts/preview.html", {"preview": preview, "offering": offering})
    return _page(request, offering, bench, preview=preview)


def _save(request: SignedInRequest, offering: Offering, bench: Bench) -> HttpResponse:
    seen = bench.form.cleaned_data["version"]
    try:
        saved = cards.save_card(offering=offering, card=bench.card, seen=seen, actor=request.user)
    except errors.Stale:
        return _told(request, offering, bench)
    except errors.Incomplete as refusal:
        bench.form.show_gaps(refusal.gaps)
        return _page(request, offering, bench, status=422)
    except errors.OtherFaculty as refusal:
        bench.form.add_error("faculty", str(refusal))
        return _page(request, offering, bench, status=422)
    if request.POST.get("act") == "publish" or _has_other_moments(saved, bench):
        return _publish(request, saved, bench)
    tell(request, _("Saved."), url=reverse("catalog:versions", args=[saved.slug]), label=_("Versions"))
    return redirect("catalog:edit", slug=saved.slug)


def _has_other_moments(saved: Offering, bench: Bench) -> bool:
    """Whether a card that is out, or on its way, is to come or go at another moment."""
    shown = [name for name in bench.moments if name in bench.form.fields]
    is_other = any(bench.moments[name] != getattr(saved, name) for name in shown)
    return is_other and saved.status in {Status.PUBLISHED, Status.SCHEDULED}


def _publish(request: SignedInRequest, saved: Offering, bench: Bench) -> HttpResponse:
    """Publish what has just been saved; what is missing stands at its field."""
    at, until = bench.moments["publish_at"], bench.moments["unpublish_at"]
    try:
        out = publishing.publish(offering=saved, actor=request.user, at=at, until=until)
    except errors.Refused as refusal:
        return _not_out(request, saved, refusal, "publish_at" if at else "unpublish_at")
    shown = reverse("catalog:offering", args=[out.slug])
    if at:
        tell(request, _("Saved. It is published by itself at the moment you chose."))
    else:
        tell(request, _("Published. Everybody can find it now."), url=shown, label=_("Look at the page"))
    return redirect("catalog:edit", slug=out.slug)


def _not_out(request: SignedInRequest, saved: Offering, refusal: errors.Refused, moment: str) -> HttpResponse:
    """Show what has been saved, with what keeps it from being published."""
    fresh, data = found(request.user, saved.slug), request.POST.copy()
    data["version"] = str(fresh.version)
    bench = Bench(fresh, request.user, data)
    bench.is_valid()
    bench.form.show_gaps(getattr(refusal, "gaps", ()))
    if isinstance(refusal, errors.MomentPassed):
        bench.form.add_error(moment, str(refusal))
    return _page(request, fresh, bench, status=422, refusal=refusal, kept=True)


def _told(request: SignedInRequest, offering: Offering, bench: Bench) -> HttpResponse:
    """Somebody saved in between: show both texts, keep every word of mine, and offer to save again."""
    fresh = found(request.user, offering.slug)
    conflict = conflict_with(fresh, bench.card, seen=bench.form.cleaned_data["version"])
    merged = Bench(fresh, request.user, card=conflict.card, **bench.moments)
    return _page(request, fresh, merged, status=409, conflict=conflict)
