"""What the pages share that are kept while somebody types."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from trajectories import services
from trajectories.errors import TrajectoryError
from trajectories.models.preparation import Draft
from trajectories.queries.drafts import typed_on
from trajectories.views.base import DossierRequest, unkept


def opened(draft: Draft | None) -> dict[str, Any]:
    """Return what a form starts with because of what was typed before."""
    return {**draft.body, "draft": draft.version} if draft else {}


def kept(request: HttpRequest, keep: Callable[[], Draft]) -> HttpResponse:
    """Keep it, and answer with a quiet word beside the button: the time, or why it was not kept."""
    try:
        draft = keep()
    except TrajectoryError as refusal:
        return unkept(request, refusal)
    return render(request, "trajectories/parts/kept.html", {"draft": draft})


class Typed:
    """One page of a case that is kept while its advisor types."""

    def __init__(self, request: DossierRequest, page: str) -> None:
        self.request, self.page = request, page
        self.draft = typed_on(request.user, request.case, page)

    @property
    def initial(self) -> dict[str, Any]:
        """What the form starts with: what was typed and not kept yet, at the present version of the case."""
        return {**opened(self.draft), "version": self.request.case.version}

    def keep(self, form: Any) -> HttpResponse:
        """Keep what stands in the form now, right or wrong."""
        known = {"actor": self.request.user, "trajectory": self.request.case, "page": self.page}
        given = {**known, "version": form.number("version"), **form.typing}
        return kept(self.request, lambda: services.keep_typed(**given))


def mention_markup(request: HttpRequest, form: BaseForm) -> None:
    """Say that something was left out of what was pasted."""
    if any(getattr(field, "had_markup", False) for field in form.fields.values()):
        messages.info(request, _("The markup of the word processor was left out; the words are all there."))
