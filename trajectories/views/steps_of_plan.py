"""Acts on the steps of a plan: add, change, tick, link to an offering, put back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from catalog.queries.catalogue import readable_by, with_card
from catalog.queries.listing import Asked, listing
from portal.interface.http import tell
from portal.interface.moments import hours
from trajectories import services
from trajectories.enums import ActorKind
from trajectories.forms import StepForm
from trajectories.models import PlanStep
from trajectories.queries import plans
from trajectories.services.steps import Ticked
from trajectories.views.base import DossierRequest, attempt, by, dossier_page, form_page, to_page
from trajectories.views.plans import of_plan, plan_page, to_plan, writable

both = require_http_methods(["GET", "POST"])
PARTICIPANT = ActorKind.PARTICIPANT
LONGEST_SEARCH, MOST = 100, 8


@require_POST
@dossier_page()
def add(request: DossierRequest, letter: str) -> HttpResponse:
    """Add a step to a plan."""
    row = writable(request, letter)
    form = StepForm(request.POST, plan=row, auto_id="step_%s")
    if form.is_valid() and attempt(
        form, lambda: services.add_step(actor=request.user, plan=row, **form.words)
    ):
        messages.success(request, _("The step has been added."))
        return to_plan(request, letter)
    return plan_page(request, letter, row, step_form=form)


@both
@dossier_page()
def step(request: DossierRequest, step: str) -> HttpResponse:
    """Change a step; or, by its buttons, order it, put it off, or take it out."""
    row = plans.step(request.user, request.case, step)
    act = next((name for name in ACTS if name in request.POST), None)
    if act:
        ACTS[act](request, row)
        return to_plan(request, row.plan.letter)
    kept = {name: getattr(row, name) for name in ("text", "due_on", "help_needed")}
    kept |= {"goal": row.goal.reference if row.goal else "", "seen": row.version}
    form = StepForm(request.POST or None, plan=row.plan, initial=kept)
    if request.method == "POST" and form.is_valid():
        words = {**form.words, "version": form.cleaned_data["seen"]}
        if attempt(form, lambda: services.change_step(actor=request.user, step=row, **words)):
            _tell_with_way_back(request, row, _("The step has been changed."))
            return to_plan(request, row.plan.letter)
    if request.kind == PARTICIPANT:
        plans.note_places(request.user, [row])
    context = {"step": row, "letter": row.plan.letter, "before": plans.before(request.user, row)}
    return form_page(request, form, "step", is_participant=request.kind == PARTICIPANT, **context)


def _order(request: DossierRequest, row: PlanStep) -> None:
    services.move_step(actor=request.user, step=row, up=request.POST["way"] == "up")


def _put_off(request: DossierRequest, row: PlanStep) -> None:
    services.put_off_step(actor=request.user, step=row, version=_seen(request))
    _tell_with_way_back(request, row, _("The date of the step is a week later now."))


def _seen(request: DossierRequest) -> int | None:
    """Return the version of the step that the page showed."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else None


def _remove(request: DossierRequest, row: PlanStep) -> None:
    services.remove_step(actor=request.user, step=row)
    messages.success(request, _("The step was taken out. It can be put back below the plan for 30 days."))


ACTS = {"way": _order, "later": _put_off, "remove": _remove}


def _tell_with_way_back(request: DossierRequest, row: PlanStep, done: str) -> None:
    back = reverse("trajectories:step", args=[request.case.reference, row.reference])
    tell(request, done, url=f"{back}#before", label=_("Undo"))


@require_POST
@dossier_page(PARTICIPANT)
def restore(request: DossierRequest, step: str) -> HttpResponse:
    """Put a step back as it was, or back into its plan."""
    row = services.restore_step(**by(request), reference=step, version=_seen(request) or 0)
    messages.success(request, _("The step is as it was before."))
    return to_plan(request, row.plan.letter)


@require_POST
@dossier_page(PARTICIPANT)
def tick(request: DossierRequest) -> HttpResponse:
    """Keep which steps are done: all that the page shows by a button, or one at once while ticking."""
    shown = dict.fromkeys(request.POST.getlist("shown"), False)
    shown |= dict.fromkeys(request.POST.getlist("shown_done"), True)
    ticked = services.tick_steps(**by(request), shown=shown, ticked=set(request.POST.getlist("step")))
    letter = request.POST.get("letter", "")
    if request.headers.get("HX-Request"):
        return _ticked_part(request, ticked, letter)
    if ticked.already:
        messages.info(request, _already(ticked))
    if ticked.changed or not ticked.already:
        messages.success(request, _("Your ticks are kept."))
    return to_plan(request, letter) if letter in ("A", "B", "C") else to_page(request)


def _ticked_part(request: DossierRequest, ticked: Ticked, letter: str) -> HttpResponse:
    row = plans.plan(request.user, request.case, letter)
    if row is None:
        raise Http404
    said = _already(ticked) if ticked.already else _("Kept.")
    context = {"case": request.case, "plan": row, "letter": letter, "said": said}
    context["is_editing"] = request.POST.get("place") == "plan"
    return render(request, "trajectories/parts/plan_steps.html", context | of_plan(request, letter, row))


def _already(ticked: Ticked) -> str:
    if ticked.latest is None:
        return _("Another device of yours took this tick away already. Nothing is lost.")
    sentence = ngettext(
        "Another device of yours had ticked a step already, at %(time)s. It stays ticked.",
        "Another device of yours had ticked %(number)s steps already, the last at %(time)s. They stay ticked.",
        ticked.already,
    )
    return sentence % {"number": ticked.already, "time": hours(ticked.latest)}


@both
@dossier_page()
def offering(request: DossierRequest, step: str) -> HttpResponse:
    """Find an offering for a step in the catalogue, and link it; the step's own words are the first search."""
    row = plans.step(request.user, request.case, step)
    if "offering" in request.POST:
        return _link(request, row, request.POST["offering"])
    words = request.POST.get("words", row.text)[:LONGEST_SEARCH]
    found = listing(request.user, Asked(text=words))
    offerings = [result.offering for result in found.results if result.offering][:MOST]
    context = {"case": request.case, "step": row, "letter": row.plan.letter, "words": words}
    return render(request, "trajectories/step_offering.html", context | {"offerings": offerings})


def _link(request: DossierRequest, row: PlanStep, slug: str) -> HttpResponse:
    found = with_card(readable_by(request.user)).filter(slug=slug).first() if slug else None
    if slug and found is None:
        raise Http404
    services.link_offering(actor=request.user, step=row, offering=found)
    done = _("The offering is linked to your step.") if found else _("The link has been taken away.")
    _tell_with_way_back(request, row, done)
    return redirect("trajectories:plan", request.case.reference, row.plan.letter)
