"""Pages of the plans."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trajectories import services
from trajectories.enums import ActorKind
from trajectories.forms import PlanForm, StepForm
from trajectories.queries import plans
from trajectories.views.base import DossierRequest, attempt, by, dossier_page, form_page, to_page

both = require_http_methods(["GET", "POST"])
PARTICIPANT = ActorKind.PARTICIPANT


@both
@dossier_page(PARTICIPANT)
def plan(request: DossierRequest, letter: str) -> HttpResponse:
    """Name a plan, say who reads along, and see its steps."""
    row = plans.plan(request.user, request.case, letter)
    kept = {"title": row.title, "is_shared": row.is_shared} if row else {"is_shared": letter == "A"}
    form = PlanForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        args = by(request) | {"letter": letter}
        if attempt(form, lambda: services.set_plan(**args, **form.cleaned_data)):
            messages.success(request, _("Your plan is kept."))
            return redirect("trajectories:plan", request.case.reference, letter)
    return form_page(request, form, "plan", plan=row, letter=letter, step_form=StepForm())


@require_POST
@dossier_page()
def add_step(request: DossierRequest, letter: str) -> HttpResponse:
    """Add a step to a plan."""
    row = plans.plan(request.user, request.case, letter)
    if row is None:
        raise Http404
    form = StepForm(request.POST)
    if form.is_valid() and attempt(
        form, lambda: services.add_step(actor=request.user, plan=row, **form.cleaned_data)
    ):
        messages.success(request, _("The step has been added."))
        return _back_to_plan(request, letter)
    return form_page(request, form, "step", letter=letter)


@both
@dossier_page()
def step(request: DossierRequest, step: str) -> HttpResponse:
    """Change a step, or move it up or down."""
    row = plans.step(request.user, request.case, step)
    if request.method == "POST" and "way" in request.POST:
        services.move_step(actor=request.user, step=row, up=request.POST["way"] == "up")
        return _back_to_plan(request, row.plan.letter)
    form = StepForm(request.POST or None, initial={"text": row.text, "due_on": row.due_on})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        if attempt(form, lambda: services.change_step(actor=request.user, step=row, **words)):
            messages.success(request, _("The step has been changed."))
            return _back_to_plan(request, row.plan.letter)
    return form_page(request, form, "step", letter=row.plan.letter, step=row)


def _back_to_plan(request: DossierRequest, letter: str) -> HttpResponse:
    if request.kind == PARTICIPANT:
        return redirect("trajectories:plan", request.case.reference, letter)
    return to_page(request)


@require_POST
@dossier_page(PARTICIPANT)
def tick(request: DossierRequest) -> HttpResponse:
    """Keep which steps are done."""
    shown, ticked = set(request.POST.getlist("shown")), set(request.POST.getlist("step"))
    services.tick_steps(actor=request.user, trajectory=request.case, shown=shown, ticked=ticked)
    messages.success(request, _("Your ticks are kept."))
    return to_page(request)
