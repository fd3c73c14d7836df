"""The doors of the pages: who comes in, and what happens when a step can't be taken."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.people.enums import Role
from portal.people.models import User
from portal.people.permissions import SignedInRequest, signed_in
from portal.privacy.readlog import record_read
from trajectories.enums import ActorKind
from trajectories.errors import Blocked, NoSuchMove, NotYours, Stale, TrajectoryError
from trajectories.forms import VersionForm
from trajectories.models import Trajectory
from trajectories.queries import cases
from trajectories.queries.cases import dossier
from trajectories.services.moving import kind_of

View = Callable[..., HttpResponse]
LookUp = Callable[[User, str], Trajectory]
HIDDEN = frozenset(
    {
        "csrfmiddlewaretoken",
        "slot",
        "version",
        "sequence",
        "digest",
        "to",
        "device",
        "seen",
        "held",
        "health_seen",
        "next",
        "absent",
        "draft",
        "keep",
    }
)


class DossierRequest(SignedInRequest):
    """A request on a page of one trajectory, by its participant or its advisor."""

    case: Trajectory
    kind: ActorKind
    menu_key: str
    working_as: Role


def dossier_page(*kinds: ActorKind, look_up: LookUp = dossier) -> Callable[[View], View]:
    """Open a page of a dossier to its participant and advisor, or to the given one of the two."""

    def decorate(view: View) -> View:
        @signed_in
        @answering
        @wraps(view)
        def opened(request: DossierRequest, reference: str, **rest: Any) -> HttpResponse:
            request.case = look_up(request.user, reference)
            request.kind = kind_of(request.user, request.case)
            if kinds and request.kind not in kinds:
                raise PermissionDenied
            is_work = request.kind == ActorKind.ADVISOR
            request.menu_key = "desk" if is_work else "trajectory"
            if is_work:
                request.working_as = Role.ADVISOR
            return view(request, **rest)

        return opened

    return decorate


def answering(view: View) -> View:
    """Turn refusals into answers: a conflict page that gives back what was typed, a message, or 403."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotYours as refusal:
            raise PermissionDenied from refusal
        except (Stale, NoSuchMove) as refusal:
            return conflict(request, refusal)

    return answered


def conflict(request: HttpRequest, refusal: TrajectoryError) -> HttpResponse:
    """Say that something changed meanwhile, and give back what was typed."""
    if is_typing(request):
        return unkept(request, refusal)
    typed = [value for name in request.POST if name not in HIDDEN for value in request.POST.getlist(name)]
    context = {
        "sentences": refusal.sentences,
        "typed": [text for text in typed if len(text) > 2],
        "case": getattr(request, "case", None),
    }
    return render(request, "trajectories/conflict.html", context, status=409)


def is_typing(request: HttpRequest) -> bool:
    """Tell whether the browser sent this by itself, because somebody types."""
    return request.POST.get("keep") == "typing"


def unkept(request: HttpRequest, refusal: TrajectoryError) -> HttpResponse:
    """Say beside the button why what is typed is not kept by itself; what was typed stays on the page."""
    not_kept = _("What you type here is not kept until you use the button.")
    context = {"sentences": dict.fromkeys([*refusal.sentences, not_kept])}
    return render(request, "trajectories/parts/kept.html", context)


def attempt(form: BaseForm, act: Callable[[], object]) -> bool:
    """Do it, or put what is missing above the form."""
    try:
        act()
    except (Stale, NoSuchMove, NotYours):
        raise
    except TrajectoryError as refusal:
        for sentence in refusal.sentences:
            form.add_error(None, sentence)
        return False
    return True


def point_at(form: BaseForm, names: Iterable[str], sentence: str) -> None:
    """Say beside each field what it lacks."""
    for name in names:
        form.add_error(name, sentence)


def at_version(form: BaseForm, case: Trajectory) -> BaseForm:
    """Let a form that kept what was typed go on from the version that this made."""
    form.data = {**form.data.dict(), "version": str(case.version)}  # type: ignore[attr-defined]
    return form


def try_step(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """Do it and say so, or say what is missing, on the page that follows."""
    try:
        act()
    except Blocked as refusal:
        for sentence in refusal.sentences:
            messages.warning(request, sentence)
    else:
        messages.success(request, done)


def by(request: DossierRequest, form: VersionForm | None = None) -> dict[str, Any]:
    """Return who acts on which case, and the version that the page showed."""
    known: dict[str, Any] = {"actor": request.user, "trajectory": request.case}
    return known if form is None else {**known, "version": form.seen}


def to_page(request: DossierRequest) -> HttpResponse:
    """Go back to the page of the trajectory; to the list when it was taken back without a trace."""
    if not cases.own(request.user).filter(pk=request.case.pk).exists() and request.kind != ActorKind.ADVISOR:
        return redirect("trajectories:own")
    return redirect("trajectories:page", request.case.reference)


def log(request: DossierRequest, what: str) -> None:
    """Record that the advisor opened part of the dossier; the participant can read it."""
    record_read(
        actor=request.user,
        subject=request.case.participant,
        dossier=request.case.reference,
        what=what,
        relation=request.kind.value,
    )


def form_page(request: HttpRequest, form: BaseForm, template: str, **context: Any) -> HttpResponse:
    """Draw a page with a form; a form with mistakes answers 422, so that htmx shows it as well."""
    context = {
        "form": form,
        "case": getattr(request, "case", None),
        "kind": getattr(request, "kind", None),
        **context,
    }
    return render(request, f"trajectories/{template}.html", context, status=422 if form.errors else 200)
