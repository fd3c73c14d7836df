"""The survey page: opened by the secret link alone, without an account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from evaluations.enums import State
from evaluations.errors import SurveyClosedError
from evaluations.forms import SurveyForm
from evaluations.models import Invitation
from evaluations.queries.surveys import draft_answers, invitation_by_hash, questions_of
from evaluations.services.answers import is_open, save_draft, send_in
from evaluations.services.tokens import hash_of
from portal.privacy.viewer import token_holder

Page = Callable[[HttpRequest, Invitation], HttpResponse]


def by_link(page: Page) -> Callable[..., HttpResponse]:
    """Look at the data as the holder of the link; a link that leads nowhere gets a page that says so."""

    @wraps(page)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        token_hash = hash_of(token)
        with token_holder(token_hash):
            invitation = invitation_by_hash(token_hash)
            try:
                response = _no_entry(request, invitation) or page(request, invitation)  # type: ignore[arg-type]
            except SurveyClosedError:  # sent a moment ago, in another window or by a double click
                response = _no_entry(request, invitation_by_hash(token_hash)) or _ended(
                    request, "expired", 410
                )
        # The address is the key: no other page may learn it.
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return opened


def _no_entry(request: HttpRequest, invitation: Invitation | None) -> HttpResponse | None:
    if invitation is None:
        return _ended(request, "unknown", 404)
    if invitation.state == State.ANSWERED:
        return _ended(request, "answered", 200)
    if invitation.state == State.CANCELLED:
        return _ended(request, "cancelled", 410)
    return None if is_open(invitation) else _ended(request, "expired", 410)


def _ended(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return render(request, "evaluations/survey_ended.html", {"why": why}, status=status)


# No token against forgery: nothing here rests on who is signed in, and with no-referrer a browser
# sends "Origin: null", which would be refused. Whoever forges a request must know the secret link.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def survey(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Show the questions; save what is filled in; take in the survey."""
    questions = questions_of(invitation)
    saved = draft_answers(invitation)
    if request.method != "POST":
        return _page(request, invitation, SurveyForm(questions, initial=saved), saved)
    sending = request.POST.get("act") == "send"
    form = SurveyForm(questions, request.POST, partial=not sending)
    if form.is_valid() and sending:
        send_in(invitation=invitation, answers=form.answers())
        return HttpResponseRedirect(request.path)
    answers = form.answers()
    save_draft(invitation=invitation, answers=answers)
    if request.headers.get("HX-Request"):
        return render(request, "evaluations/survey_progress.html", _progress(form, answers, just_saved=True))
    if form.is_valid():
        return HttpResponseRedirect(f"{request.path}?saved=1")
    return _page(request, invitation, form, answers, status=422)


def _progress(form: SurveyForm, answers: dict[str, Any], *, just_saved: bool) -> dict[str, Any]:
    total = len(form.questions)
    done = sum(1 for question in form.questions if question.key in answers)
    return {"done": done, "total": total, "percent": 100 * done // (total or 1), "just_saved": just_saved}


def _page(
    request: HttpRequest, invitation: Invitation, form: SurveyForm, answers: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {
        "invitation": invitation,
        "questionnaire": invitation.questionnaire,
        "form": form,
        "rows": form.rows(),
        "mistakes": form.mistakes() if form.is_bound else [],
        **_progress(form, answers, just_saved="saved" in request.GET),
    }
    return render(request, "evaluations/survey.html", context, status=status)
