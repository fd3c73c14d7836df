"""Pages of the plans: name, share, goals, print. Steps have a module of their own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trajectories import services
from trajectories.enums import ActorKind
from trajectories.forms import GoalForm, PlanForm, StepForm
from trajectories.models import Plan
from trajectories.queries import plans
from trajectories.views.base import DossierRequest, attempt, by, dossier_page, form_page, log

both = require_http_methods(["GET", "POST"])
PARTICIPANT = ActorKind.PARTICIPANT


@both
@dossier_page()
def plan(request: DossierRequest, letter: str) -> HttpResponse:
    """Show one plan with its goals and steps; the participant names it here."""
    row = readable(request, letter)
    log(request, "plan")
    kept = {"title": row.title if row else "", "is_reminding": row.is_reminding if row else True}
    form = PlanForm(request.POST or None, initial=kept)
    if request.method == "POST" and request.kind != PARTICIPANT:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        args = by(request) | {"letter": letter}
        if attempt(form, lambda: services.set_plan(**args, **form.cleaned_data)):
            messages.success(request, _("Your plan is kept."))
            return to_plan(request, letter)
    return plan_page(request, letter, row, form=form)


def plan_page(
    request: DossierRequest, letter: str, row: Plan | None, *, form: Any = None, **forms: Any
) -> HttpResponse:
    """Draw the page of a plan, with whichever of its forms has mistakes."""
    kept = {"title": row.title if row else "", "is_reminding": row.is_reminding if row else True}
    context = {
        "plan": row,
        "letter": letter,
        "step_form": StepForm(plan=row, auto_id="step_%s"),
        "goal_form": GoalForm(auto_id="goal_%s"),
        "plan_form": form or PlanForm(initial=kept),
        **of_plan(request, letter, row),
        **forms,
    }
    bad = next((shown for shown in (form, *forms.values()) if shown is not None and shown.errors), None)
    return form_page(request, bad or PlanForm(), "plan", **context)


def of_plan(request: DossierRequest, letter: str, row: Plan | None) -> dict[str, Any]:
    """Return what a plan shows: steps by goal, how far it is, who reads along."""
    is_participant = request.kind == PARTICIPANT
    if row and is_participant:
        plans.note_places(request.user, row.steps.all())
    removed = plans.removed(request.user, request.case, row) if row and is_participant else []
    return {
        "groups": plans.grouped(row),
        "progress": plans.progress(row.steps.all() if row else []),
        "removed": removed,
        "is_participant": is_participant,
        "other": request.case.advisor if is_participant else request.case.participant,
        "is_shared": row.is_shared if row else letter == "A",
    }


@require_POST
@dossier_page(PARTICIPANT)
def share(request: DossierRequest, letter: str) -> HttpResponse:
    """Let the advisor read a plan along, or take that back."""
    is_shared = request.POST.get("share") == "yes"
    services.share_plan(**by(request), letter=letter, is_shared=is_shared)
    done = _("Your advisor reads this plan along from now on.")
    taken = _("Taken back: from now on only you read this plan.")
    messages.success(request, done if is_shared else taken)
    return to_plan(request, letter)


@require_POST
@dossier_page()
def add_goal(request: DossierRequest, letter: str) -> HttpResponse:
    """Add a goal to a plan."""
    row = writable(request, letter)
    form = GoalForm(request.POST, auto_id="goal_%s")
    if form.is_valid() and attempt(
        form, lambda: services.add_goal(actor=request.user, plan=row, **form.cleaned_data)
    ):
        messages.success(request, _("The goal has been added."))
        return to_plan(request, letter)
    return plan_page(request, letter, row, goal_form=form)


@both
@dossier_page()
def goal(request: DossierRequest, goal: str) -> HttpResponse:
    """Change a goal, or take it out; its steps stay."""
    row = plans.goal(request.user, request.case, goal)
    letter = row.plan.letter
    if "remove" in request.POST:
        services.remove_goal(actor=request.user, goal=row)
        messages.success(request, _("The goal has been taken out. Its steps are still in the plan."))
        return to_plan(request, letter)
    form = GoalForm(request.POST or None, initial={"text": row.text})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        if attempt(form, lambda: services.change_goal(actor=request.user, goal=row, **words)):
            messages.success(request, _("The goal has been changed."))
            return to_plan(request, letter)
    is_participant = request.kind == PARTICIPANT
    return form_page(request, form, "goal", letter=letter, is_participant=is_participant)


@require_GET
@dossier_page()
def print_plans(request: DossierRequest) -> HttpResponse:
    """Show every readable plan on one page, for paper."""
    log(request, "plan")
    rows = plans.plans(request.user, request.case)
    context = {
        "case": request.case,
        "plans": [(row, plans.grouped(row), plans.progress(row.steps.all())) for row in rows],
    }
    return render(request, "trajectories/plan_print.html", context)


def readable(request: DossierRequest, letter: str) -> Plan | None:
    """Return the plan; to an advisor a plan that is not shared does not exist."""
    row = plans.plan(request.user, request.case, letter)
    if row is None and request.kind != PARTICIPANT:
        raise Http404
    return row


def writable(request: DossierRequest, letter: str) -> Plan:
    """Return the plan to write in; the participant's first step or goal begins it."""
    row = readable(request, letter)
    if row is None:
        services.set_plan(**by(request), letter=letter, title="")
        row = plans.plan(request.user, request.case, letter)
    if row is None:
        raise Http404
    return row


def to_plan(request: DossierRequest, letter: str) -> HttpResponse:
    """Go back to the page of the plan."""
    return redirect("trajectories:plan", request.case.reference, letter)
