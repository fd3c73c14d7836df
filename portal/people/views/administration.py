"""The administrator's pages: roles and the state of the portal, never a dossier."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.people.enums import Role
from portal.people.errors import RoleError
from portal.people.filters import RoleGrantFilter
from portal.people.forms import GrantForm
from portal.people.permissions import SignedInRequest, View, role_required
from portal.people.queries import standing_grants
from portal.people.services import roles as service

PER_PAGE = 25


def administration(view: View) -> View:
    """Open a page to administrators, in their own language: these addresses name none."""

    @wraps(view)
    def in_their_language(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else request.user.language
        request.LANGUAGE_CODE = language
        request.working_as = Role.ADMINISTRATOR  # type: ignore[attr-defined]
        with translation.override(language):
            return view(request, *args, **kwargs)

    return role_required(Role.ADMINISTRATOR)(in_their_language)


@administration
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """Show what an administrator can do and how the portal is."""
    waiting = standing_grants().filter(is_confirmed=False).count()
    return render(request, "people/administration/overview.html", {"waiting": waiting})


@administration
@require_safe
def roles(request: SignedInRequest) -> HttpResponse:
    """List the roles in force and the proposals, narrowed by person, role and faculty."""
    found = RoleGrantFilter(request.GET, queryset=standing_grants())
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/administration/roles.html", {"page": page, "form": found.form})


@administration
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: SignedInRequest) -> HttpResponse:
    """Give somebody a role, or propose it."""
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            service.grant(
                actor=request.user,
                user=chosen["email"],
                role=chosen["role"],
                faculty=chosen["faculty"],
                ends_on=chosen["ends_on"],
            )
        except RoleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _granted(form))
            return redirect("administration:roles")
    status = 422 if form.errors else 200
    return render(request, "people/administration/grant.html", {"form": form}, status=status)


def _granted(form: GrantForm) -> str:
    if form.needs_second_person:
        return _("The role is proposed. It counts once another administrator confirms it.")
    return _("The role is in force.")


@administration
@require_POST
def confirm(request: SignedInRequest, reference: str) -> HttpResponse:
    """Confirm a proposed role as the second person."""
    return _deal_with(request, service.confirm, reference, _("The role is in force."))


@administration
@require_POST
def end(request: SignedInRequest, reference: str) -> HttpResponse:
    """End a role, or refuse a proposal."""
    return _deal_with(request, service.end, reference, _("The role has ended. You can give it again."))


def _deal_with(request: SignedInRequest, act: Callable[..., Any], reference: str, done: str) -> HttpResponse:
    try:
        act(actor=request.user, reference=reference)
    except RoleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("administration:roles")
