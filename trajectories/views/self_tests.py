"""One's own self-tests: taking one, the outcome, and two of them side by side."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from catalog.queries.factors import strengthening
from portal.people.permissions import SignedInRequest, signed_in
from trajectories.enums.self_test import instrument
from trajectories.errors import Blocked
from trajectories.forms.self_test import PAGES, CompareForm, SelfTestForm, first_unanswered, page_of
from trajectories.queries import scoring, self_tests
from trajectories.services import self_testing
from trajectories.views.base import answering

FOLDER = "trajectories/self_test"


@signed_in
@require_GET
def overview(request: SignedInRequest) -> HttpResponse:
    """Show what the test is, one's own tests, and who can see them now."""
    tests = list(self_tests.own(request.user))
    draft = self_tests.draft_of(request.user)
    context = {
        "texts": instrument().texts,
        "tests": tests,
        "draft": draft,
        "progress": _progress(draft.answers if draft else {}),
        "pair": self_tests.pair_to_compare(tests),
    }
    return render(request, f"{FOLDER}/overview.html", context)


@signed_in
@answering
@require_http_methods(["GET", "POST"])
def fill(request: SignedInRequest) -> HttpResponse:
    """Show one page of statements; keep what is answered; make the outcome."""
    if request.POST.get("act") == "discard":
        self_testing.discard_answers(actor=request.user)
        messages.success(request, _("What you had answered is erased."))
        return redirect("trajectories:self_test")
    draft = self_tests.draft_of(request.user)
    kept = draft.answers if draft else {}
    page = _page(request.GET.get("page", ""), kept)
    form = SelfTestForm(request.POST or None, page=page, initial=kept)
    if request.method == "POST" and form.is_valid():
        kept = self_testing.save_answers(actor=request.user, answers=form.answers)
        if not request.headers.get("HX-Request"):
            return _go_on(request, page)
        return render(request, f"{FOLDER}/progress.html", {"progress": _progress(kept), "just_saved": True})
    context = {"form": form, "page": page, "pages": PAGES, "progress": _progress(kept)}
    return render(request, f"{FOLDER}/fill.html", context, status=422 if form.errors else 200)


def _page(asked: str, answers: scoring.Answers) -> int:
    """Return the page that was asked for, or the one where somebody stopped."""
    return min(max(int(asked), 1), PAGES) if asked.isdecimal() else first_unanswered(answers)


def _progress(answers: scoring.Answers) -> dict[str, int]:
    total = len(instrument().statements)
    return {"done": len(answers), "total": total, "percent": 100 * len(answers) // total}


def _go_on(request: SignedInRequest, page: int) -> HttpResponse:
    """Go where the button says: on, back, later, or to the outcome."""
    act = request.POST.get("act", "")
    if act == "finish":
        return _finish(request)
    if act == "later":
        messages.success(request, _("Your answers are kept. Only you see them. Go on whenever you want."))
        return redirect("trajectories:self_test")
    return _to_page(page + {"next": 1, "back": -1}.get(act, 0))


def _finish(request: SignedInRequest) -> HttpResponse:
    try:
        test = self_testing.finish_self_test(actor=request.user)
    except Blocked as refusal:
        for sentence in refusal.sentences:
            messages.warning(request, sentence)
        draft = self_tests.draft_of(request.user)
        return _to_page(page_of(scoring.unfinished(draft.answers if draft else {})[0]))
    return redirect("trajectories:self_test_result", test.reference)


def _to_page(page: int) -> HttpResponse:
    address = redirect("trajectories:self_test_fill")
    address["Location"] += f"?page={page}"
    return address


@signed_in
@require_GET
def result(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the outcome of one test, and what strengthens the lowest factors."""
    test = self_tests.get_own(request.user, reference)
    lines = scoring.lines(test.scores)
    chosen = scoring.to_strengthen(test.scores)
    offered = strengthening(request.user, chosen)
    by_key = {line.factor.key: line for line in lines}
    context = {
        "test": test,
        "lines": lines,
        "answers": _answered(test.answers),
        "advice": [(by_key[key].factor, offered.get(key, [])) for key in chosen],
        "texts": instrument().texts,
        "case": self_tests.sharing_case(request.user),
    }
    return render(request, f"{FOLDER}/result.html", context)


def _answered(answers: scoring.Answers) -> list[tuple[Any, list[tuple[Any, Any]]]]:
    """Return each factor with its statements and the answers in words."""
    words = dict(instrument().answers)
    return [
        (factor, [(row.text, words.get(answers.get(row.key, 0))) for row in factor.statements])
        for factor in instrument().factors
    ]


@signed_in
@require_GET
def compare(request: SignedInRequest) -> HttpResponse:
    """Show two of one's own tests side by side."""
    tests = list(self_tests.own(request.user))
    pair = self_tests.pair_to_compare(tests)
    usual = {"first": pair[0].reference, "second": pair[1].reference} if pair else {}
    form = CompareForm(request.GET or usual, tests=tests)
    context: dict[str, Any] = {"form": form, "is_possible": pair is not None, "texts": instrument().texts}
    if pair and form.is_valid():
        before, after = form.chosen
        context |= {"before": before, "after": after}
        changes = scoring.changes(before.scores, after.scores)
        context |= {"changes": changes, "summary": scoring.summary(changes)}
    status = 422 if pair and form.errors else 200
    return render(request, f"{FOLDER}/compare.html", context, status=status)
