"""Pages of the notebooks."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trajectories import services
from trajectories.enums import ActorKind, Notebook
from trajectories.forms import NoteForm
from trajectories.queries import notebooks
from trajectories.views.base import DossierRequest, attempt, by, dossier_page, form_page, log


@require_http_methods(["GET", "POST"])
@dossier_page()
def notebook(request: DossierRequest, book: str) -> HttpResponse:
    """Read and write one of the notebooks that this side opens."""
    if book not in notebooks.notebooks_of(request.kind):
        raise Http404
    if book == Notebook.SHARED:
        log(request, "notebook")
    form = NoteForm(request.POST or None, sees=_readers(request, book))
    if request.method == "POST" and form.is_valid():
        args = by(request) | {"kind": book}
        if attempt(form, lambda: services.write_note(**args, text=form.cleaned_data["text"])):
            messages.success(request, _("Your note is kept."))
            return redirect("trajectories:notebook", request.case.reference, book)
    notes = notebooks.notes(request.user, request.case, book)
    return form_page(request, form, "notebook", notes=notes, book=book)


def _readers(request: DossierRequest, book: str) -> tuple[str, str]:
    if book != Notebook.SHARED:
        return ("own", _("Only you"))
    other = request.case.advisor if request.kind == ActorKind.PARTICIPANT else request.case.participant
    return ("shared", _("You and %(name)s") % {"name": other})
