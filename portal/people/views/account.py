"""One's own account."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.people.enums import Language
from portal.people.forms import LanguageForm
from portal.people.permissions import SignedInRequest, signed_in
from portal.people.queries import grants_of, has_second_step, is_manager
from portal.people.services import accounts


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: SignedInRequest) -> HttpResponse:
    """Show name, language, roles and security; a POST chooses the language."""
    form = LanguageForm(request.POST or None, initial={"language": request.user.language})
    if request.method == "POST" and form.is_valid():
        return _language_chosen(request, Language(form.cleaned_data["language"]))
    context = {
        "form": form,
        "grants": grants_of(request.user),
        "is_manager": is_manager(request.user),
        "second_step": has_second_step(request.user),
    }
    return render(request, "people/account.html", context)


def _language_chosen(request: SignedInRequest, language: Language) -> HttpResponse:
    accounts.choose_language(actor=request.user, language=language)
    with translation.override(language):
        messages.success(request, _("The portal now speaks English to you."))
        return HttpResponseRedirect(reverse("account_home"))


@signed_in
@require_safe
def email(request: SignedInRequest) -> HttpResponse:
    """Say which address counts and who keeps it."""
    return render(request, "people/email.html")
