"""Pages of the ground floor: home, mine, who sees what, statements; the language of pages without a prefix."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from portal import clock
from portal.interface import greeting, registry, samples
from portal.interface.audiences import AUDIENCES
from portal.interface.middleware import remember
from portal.interface.terms import TERMS


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Send `/` to the home page in the reader's language."""
    return redirect("home")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Greet, and show the cards in order; without sign-in the portal introduces itself."""
    context = {"cards": registry.cards(registry.home, request), "today": clock.today()}
    if not request.user.is_authenticated:
        return render(request, "interface/welcome.html", context)
    return render(request, "interface/home.html", {**context, "greeting": greeting.for_now(clock.now())})


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Show what belongs to this account."""
    return render(request, "interface/mine.html", {"cards": registry.cards(registry.mine, request)})


@require_safe
def who_sees_what(request: HttpRequest) -> HttpResponse:
    """Show who may know what, in plain words."""
    return render(request, "interface/who_sees_what.html", {"audiences": AUDIENCES})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return render(request, "interface/accessibility.html", {"contact": settings.DEFAULT_FROM_EMAIL})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept, how long, and what one can ask."""
    context = {"terms": TERMS, "contact": settings.DEFAULT_FROM_EMAIL}
    return render(request, "interface/privacy.html", context)


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every building stone in every state, for developers; not in production."""
    if settings.PRODUCTION:
        raise Http404
    return render(request, "interface/components.html", samples.context(request))


@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language for pages whose address has none, and go back there."""
    there = request.GET.get("next", "")
    if code not in dict(settings.LANGUAGES):
        raise Http404
    if not url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure()):
        with translation.override(code):
            there = reverse("home")
    response = HttpResponseRedirect(there)
    remember(response, code)
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep everything but the public pages out of search engines."""
    return render(request, "interface/robots.txt", content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Send browsers that ask for the old name to the mark."""
    return redirect(static("icons/mark.svg"))
