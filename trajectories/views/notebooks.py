"""Pages of the notebooks: write, read page by page, search, change, print."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trajectories import services
from trajectories.enums import ActorKind, Notebook
from trajectories.errors import Stale, TrajectoryError
from trajectories.forms import NoteForm
from trajectories.models import NotebookEntry
from trajectories.queries import notebooks
from trajectories.views.base import DossierRequest, attempt, by, dossier_page, form_page, log

PER_PAGE = 10
LONGEST_SEARCH = 100
both = require_http_methods(["GET", "POST"])


@both
@dossier_page()
def notebook(request: DossierRequest, book: str) -> HttpResponse:
    """Read and write one of the notebooks that this side opens."""
    _open(request, book)
    if "keep" in request.POST:
        return _keep(request, book)
    draft = notebooks.draft(request.user, request.case, book)
    is_note = request.method == "POST" and "words" not in request.POST
    form = NoteForm(request.POST if is_note else None, draft=draft, sees=readers(request, book))
    if is_note and form.is_valid():
        args = by(request) | {"kind": book, "text": form.cleaned_data["text"], **form.typing}
        if attempt(form, lambda: services.write_note(**args)):
            _say(request, form, _("Your note is kept."))
            return redirect("trajectories:notebook", request.case.reference, book)
    return form_page(request, form, "notebook", draft=draft, **_about(request, book), **_list(request, book))


@both
@dossier_page()
def note(request: DossierRequest, book: str, note: str) -> HttpResponse:
    """Change one's own note; a change on another device meanwhile is shown beside it."""
    _open(request, book)
    row = notebooks.own_note(request.user, request.case, book, note)
    if "keep" in request.POST:
        return _keep(request, book, row)
    draft = notebooks.draft(request.user, request.case, book, row)
    form = NoteForm(
        request.POST or None, draft=draft, sees=readers(request, book), text=row.text, version=row.version
    )
    context = {"note": row, "draft": draft, **_about(request, book)}
    if request.method == "POST" and form.is_valid():
        try:
            done = attempt(form, lambda: _change(request, row, form))
        except Stale:
            return _both_versions(request, form, row, context)
        if done:
            _say(request, form, _("Your note has been changed. The earlier version stays with it."))
            return redirect("trajectories:notebook", request.case.reference, book)
    context["earlier"] = notebooks.earlier(request.user, row)
    return form_page(request, form, "note", **context)


@require_GET
@dossier_page()
def earlier(request: DossierRequest, book: str, note: str) -> HttpResponse:
    """Show the earlier versions of a note to those who read the note."""
    _open(request, book)
    row = notebooks.note(request.user, request.case, book, note)
    context = {"case": request.case, "kind": request.kind, "note": row, **_about(request, book)}
    context["earlier"] = notebooks.earlier(request.user, row)
    return render(request, "trajectories/note_earlier.html", context)


@require_GET
@dossier_page()
def print_notes(request: DossierRequest, book: str) -> HttpResponse:
    """Show a whole notebook on one page, oldest first, for paper."""
    _open(request, book)
    rows = notebooks.notes(request.user, request.case, book).reverse()
    context = {"case": request.case, "kind": request.kind, "notes": rows, **_about(request, book)}
    return render(request, "trajectories/notebook_print.html", context)


def _open(request: DossierRequest, book: str) -> None:
    if book not in notebooks.notebooks_of(request.kind):
        raise Http404
    if book == Notebook.SHARED and "keep" not in request.POST:
        log(request, "notebook")


def readers(request: DossierRequest, book: str) -> tuple[str, str]:
    """Return the label of the editor: who reads what is written here."""
    if book != Notebook.SHARED:
        return ("own", _("Only you"))
    other = request.case.advisor if request.kind == ActorKind.PARTICIPANT else request.case.participant
    if other is None:
        return ("shared", _("You and your advisor"))
    return ("shared", _("You and %(name)s") % {"name": other})


def _about(request: DossierRequest, book: str) -> dict[str, Any]:
    is_participant = request.kind == ActorKind.PARTICIPANT
    other = request.case.advisor if is_participant else request.case.participant
    return {"book": book, "who": readers(request, book), "is_participant": is_participant, "other": other}


def _list(request: DossierRequest, book: str) -> dict[str, Any]:
    """Return one page of notes, or what a search found; the words never stand in an address."""
    words = request.POST.get("words", "")[:LONGEST_SEARCH].strip()
    if words:
        rows = notebooks.found(request.user, request.case, book, words)
        return {"notes": rows, "words": words}
    page = Paginator(notebooks.notes(request.user, request.case, book), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return {"notes": page.object_list, "page": page}


def _keep(request: DossierRequest, book: str, row: NotebookEntry | None = None) -> HttpResponse:
    """Keep what is being typed; while typing the answer is a quiet word beside the button."""
    back = [request.case.reference, book] + ([row.reference] if row else [])
    page = "trajectories:note" if row else "trajectories:notebook"
    of_draft: dict[str, Any] = by(request) | {"kind": book, "note": row}
    if request.POST["keep"] == "no":
        services.throw_draft_away(**of_draft)
        messages.success(request, _("The draft has been thrown away."))
        return redirect(page, *back)
    context: dict[str, Any] = {}
    try:
        context["draft"] = services.keep_note_draft(**of_draft, **_typed(request))
    except TrajectoryError as refusal:
        context["sentences"] = refusal.sentences
    if request.headers.get("HX-Request"):
        return render(request, "trajectories/parts/kept.html", context)
    if "sentences" in context:
        return _not_kept(request, book, row, context["sentences"])
    messages.success(request, _("Your text is kept. Only you see it. Go on whenever you want."))
    return redirect(page, *back)


def _not_kept(
    request: DossierRequest, book: str, row: NotebookEntry | None, sentences: Iterable[str]
) -> HttpResponse:
    """Give back what was typed, with the reason why it is not kept."""
    form = NoteForm(request.POST, sees=readers(request, book))
    form.is_valid()
    for sentence in sentences:
        form.add_error(None, sentence)
    about = _about(request, book)
    if row:
        return form_page(request, form, "note", note=row, **about)
    return form_page(request, form, "notebook", **about, **_list(request, book))


def _typed(request: DossierRequest) -> dict[str, Any]:
    def number(name: str) -> int:
        value = request.POST.get(name, "")
        return int(value) if value.isdecimal() and len(value) < 9 else 0

    text, device = request.POST.get("text", ""), request.POST.get("device", "")[:12]
    return {"text": text, "device": device, "seen": number("seen"), "base": number("version")}


def _change(request: DossierRequest, row: NotebookEntry, form: NoteForm) -> None:
    words = {"text": form.cleaned_data["text"], "version": form.cleaned_data["version"] or 0}
    services.change_note(actor=request.user, note=row, **words, **form.typing)


def _both_versions(
    request: DossierRequest, form: NoteForm, row: NotebookEntry, context: dict[str, Any]
) -> HttpResponse:
    """Show what was typed with the newer version beside it; keeping again is then a choice."""
    row.refresh_from_db()
    form.data = {**form.data, "text": form.cleaned_data["text"], "version": str(row.version)}
    response = form_page(request, form, "note", newer=row, **context)
    response.status_code = 409
    return response


def _say(request: DossierRequest, form: NoteForm, done: str) -> None:
    messages.success(request, done)
    if form.had_markup:
        messages.info(request, _("The markup of the word processor was left out; the words are all there."))
