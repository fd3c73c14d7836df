"""The portal's addresses and a few that go wrong on purpose."""

from django import forms
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST

from portal.interface import errors
from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as portal_urls

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


class NoteForm(forms.Form):
    """One field to lose."""

    note = forms.CharField()


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret detail")


def away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection refused at 10.0.0.1")


@require_POST
def button(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("note", ""))


def changed(request: HttpRequest) -> HttpResponse:
    return errors.conflict(request, "Mirjam heeft dit gesprek intussen verzet.")


def role_page(request: HttpRequest) -> HttpResponse:
    request.working_as = request.GET["as"]  # type: ignore[attr-defined]
    return render(request, "errors/404.html")


urlpatterns = [
    path("nl/broken/", broken),
    path("en/broken/", broken),
    path("nl/away/", away),
    path("en/away/", away),
    path("nl/button/", button),
    path("nl/changed/", changed),
    path("nl/role/", role_page),
    *portal_urls,
]
