"""The workbook: the participant writes and decides who reads along; the advisor reads what is shared."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trajectories import services
from trajectories.enums import ActorKind
from trajectories.errors import Stale
from trajectories.forms import ChapterForm
from trajectories.models import WorkbookChapter
from trajectories.queries import workbook as books
from trajectories.queries.workbook import Chapter
from trajectories.views.base import DossierRequest, attempt, by, dossier_page, form_page, log

PARTICIPANT = ActorKind.PARTICIPANT


@require_GET
@dossier_page()
def workbook(request: DossierRequest) -> HttpResponse:
    """Show the whole workbook as one may read it, ready to print."""
    if not books.has_workbook(request.case):
        raise Http404
    log(request, "workbook")
    written = books.written(request.user, request.case)
    context = {
        "case": request.case,
        "is_participant": request.kind == PARTICIPANT,
        "chapters": [_shown(chapter, written.get(key)) for key, chapter in books.chapters().items()],
        "who": _who(request),
    }
    return render(request, "trajectories/workbook.html", context)


def _shown(chapter: Chapter, row: WorkbookChapter | None) -> dict[str, Any]:
    answers = row.answers if row else {}
    prompts = [(prompt, answers.get(prompt.key, "")) for prompt in chapter.prompts]
    written = sum(bool(words) for _prompt, words in prompts)
    return {"chapter": chapter, "row": row, "prompts": prompts, "written": written}


def _who(request: DossierRequest) -> str:
    other = request.case.advisor if request.kind == PARTICIPANT else request.case.participant
    return _("You and %(name)s") % {"name": other or _("your advisor")}


def _named(chapter: str) -> Chapter:
    found = books.chapters().get(chapter)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@dossier_page(PARTICIPANT)
def chapter(request: DossierRequest, chapter: str) -> HttpResponse:
    """Write in a chapter; it is kept while typing, and by the button."""
    if not books.has_workbook(request.case):
        raise Http404
    found = _named(chapter)
    row = books.written(request.user, request.case).get(chapter)
    kept, version = (row.answers, row.version) if row else ({}, 0)
    sees = ("shared", _who(request)) if row and row.is_shared else ("own", _("Only you"))
    form = ChapterForm(
        request.POST or None, chapter=found, kept=kept, sees=sees, initial={"version": version}
    )
    if "keep" in request.POST and request.headers.get("HX-Request") and form.is_complete():
        return _kept(request, form, chapter)
    if request.method == "POST" and form.is_valid():
        args = by(request, form) | {"key": chapter, "answers": form.answers}
        if attempt(form, lambda: services.save_chapter(**args)):
            messages.success(request, _("Your chapter is kept."))
            return redirect("trajectories:workbook", request.case.reference)
    return form_page(request, form, "workbook_chapter", chapter=found, row=row)


def _kept(request: DossierRequest, form: ChapterForm, key: str) -> HttpResponse:
    """Answer with a quiet word beside the button, and the version from which typing goes on."""
    context: dict[str, Any] = {}
    try:
        context["row"] = services.save_chapter(**by(request, form), key=key, answers=form.answers)
    except Stale as refusal:
        context["refusal"] = refusal
    return render(request, "trajectories/parts/chapter_kept.html", context)


@require_POST
@dossier_page(PARTICIPANT)
def share(request: DossierRequest, chapter: str) -> HttpResponse:
    """Let the advisor read a chapter, or no longer."""
    found = _named(chapter)
    share = request.POST.get("share") == "yes"
    services.share_chapter(**by(request), key=chapter, share=share)
    done = _("Your advisor can read “%(chapter)s” now.") if share else _("Only you read “%(chapter)s” now.")
    messages.success(request, done % {"chapter": found.label})
    return redirect("trajectories:workbook", request.case.reference)
