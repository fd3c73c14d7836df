"""The editors' desk: all cards with their state, a new one, and searches that found nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.forms.desk import STATES, NewForm, SearchForm, sought
from catalog.permissions import editable_by
from catalog.queries import desk
from catalog.queries.editing import shelf
from catalog.services import cards
from portal.interface.http import tell
from portal.people.enums import Role
from portal.people.permissions import SignedInRequest, role_required


@role_required(Role.EDITOR)
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """Show the cards that this editor may change."""
    shown = shelf(editable_by(request.user), sought(request.GET), request.user)
    states = [(key, label, shown.counts.get(key)) for key, label in STATES.items()]
    context = {"shelf": shown, "states": states, "form": SearchForm(shown.sought)}
    return render(request, "catalog/desk.html", context)


@role_required(Role.EDITOR)
@require_safe
def missed(request: HttpRequest) -> HttpResponse:
    """Show what people looked for in vain."""
    return render(request, "catalog/missed.html", {"missed": desk.missed_searches()})


@role_required(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Ask for kind and title (GET), and make a draft (POST)."""
    form = NewForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        made = cards.draft(actor=request.user, **form.values())
        tell(request, _("The draft is there. Only editors see it until you publish it."))
        return redirect("catalog:edit", slug=made.slug)
    return render(request, "catalog/new.html", {"form": form}, status=422 if form.errors else 200)
