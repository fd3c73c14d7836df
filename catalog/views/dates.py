"""Adding and changing a date of an offering."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.errors import Refused, Stale, TooFewSeats
from catalog.forms.dates import DateBench
from catalog.models import Session
from catalog.services import dates
from catalog.views.editing import found
from catalog.views.sessions import found_date
from portal.interface.http import tell
from portal.people.enums import Role
from portal.people.permissions import SignedInRequest, role_required


@role_required(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show an empty date (GET), or add it (POST)."""
    offering = found(request.user, slug)
    bench = DateBench(request.POST or None, language=next(iter(offering.languages), "nl"))
    if request.method == "POST" and bench.is_valid():
        dates.add_date(
            offering=offering, values=bench.form.values(), meetings=bench.rows(), actor=request.user
        )
        again = reverse("catalog:new_date", args=[slug])
        tell(request, _("The date has been added."), url=again, label=_("Add another date"))
        return redirect(reverse("catalog:edit", args=[slug]) + "#dates")
    context = {"offering": offering, "bench": bench}
    return render(request, "catalog/date_form.html", context, status=422 if request.method == "POST" else 200)


@role_required(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show a date (GET), or change it (POST); who has a place hears of it."""
    session = found_date(request.user, reference)
    bench = DateBench(request.POST or None, session)
    if request.method != "POST":
        return _page(request, session, bench)
    if not bench.is_valid():
        return _page(request, session, bench, status=422)
    seen, values = bench.form.cleaned_data["version"] or 0, bench.form.values()
    try:
        dates.change_date(
            session=session, values=values, meetings=bench.rows(), seen=seen, actor=request.user
        )
    except Stale as refusal:
        return _told(request, found_date(request.user, reference), refusal)
    except Refused as refusal:
        bench.form.add_error("seats" if isinstance(refusal, TooFewSeats) else None, str(refusal))
        return _page(request, session, bench, status=422)
    tell(request, _("The date has been changed. Whoever has a place hears of a new time or room."))
    return redirect("catalog:date", reference=reference)


def _told(request: HttpRequest, now: Session, refusal: Stale) -> HttpResponse:
    """Somebody saved in between: show the date as it is now above what was typed; sent again, it counts."""
    data = request.POST.copy()
    data["version"] = str(now.version)
    bench = DateBench(data, now)
    bench.form.add_error(None, str(refusal))
    return _page(request, now, bench, status=409, now=now)


def _page(
    request: HttpRequest, session: Session, bench: DateBench, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"offering": session.offering, "session": session, "bench": bench, **more}
    return render(request, "catalog/date_form.html", context, status=status)
