"""The components of a trajectory, and the list of what is standard and what is a choice."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from portal.people.enums import Role
from portal.people.permissions import SignedInRequest, role_required
from trajectories import services
from trajectories.enums import ActorKind, ComponentClass
from trajectories.enums.instruments import instruments
from trajectories.forms import ComponentsForm
from trajectories.models import ComponentState
from trajectories.queries.facts import open_components, seen_components
from trajectories.queries.tailoring import TAILORED, condition_words, proposed_states
from trajectories.views.base import DossierRequest, attempt, by, dossier_page, form_page, to_page
from trajectories.workflow.components import components as parts_of
from trajectories.workflow.tailoring import tailoring_rules

CLASSES: dict[ComponentClass, str | Promise] = {
    ComponentClass.STANDARD: gettext_lazy("Always part of it"),
    ComponentClass.CHOICE: gettext_lazy("The direction: at least one"),
    ComponentClass.OPTIONAL: gettext_lazy("If it helps"),
}


@require_http_methods(["GET", "POST"])
@dossier_page()
def components(request: DossierRequest) -> HttpResponse:
    """Show the components with their states; the advisor of a case that runs keeps them here."""
    if request.method == "POST" and request.kind != ActorKind.ADVISOR:
        raise PermissionDenied
    case = request.case
    kept = {row.key: row for row in case.componentstates.all()}
    parts = parts_of(case.rules_version)
    may_write = request.kind == ActorKind.ADVISOR and case.status in TAILORED
    form = ComponentsForm(
        request.POST or None,
        parts=parts if may_write else (),
        kept=kept,
        proposed=proposed_states(request.user, case) if may_write else {},
        initial={"version": case.version},
    )
    if request.method == "POST" and form.is_valid():
        args = by(request, form) | {"states": form.states, "options": form.options}
        if attempt(form, lambda: services.settle_components(**args)):
            messages.success(request, _("The components are kept."))
            return to_page(request)
    return form_page(request, form, "components", groups=_groups(request, form, kept), may_write=may_write)


def _groups(
    request: DossierRequest, form: ComponentsForm, kept: dict[str, ComponentState]
) -> list[dict[str, Any]]:
    """Return the components by class, each with its row, its fields and what the dossier shows."""
    case = request.case
    seen, still_open = set(seen_components(case)), set(open_components(case))
    fields = {row["part"].key: row for row in form.rows()}
    rows: dict[ComponentClass, list[dict[str, Any]]] = {kind: [] for kind in CLASSES}
    for part in parts_of(case.rules_version):
        row = kept.get(part.key)
        chosen = {option.key: option.label for option in part.options}
        rows[part.kind].append(
            {
                "part": part,
                "row": row,
                "state": "seen" if part.key in seen else row.handling if row else "",
                "chosen": [chosen[key] for key in (row.options if row else []) if key in chosen],
                "fields": fields.get(part.key),
            }
        )
    return [
        {
            "label": label,
            "rows": rows[kind],
            "is_open": any(part["part"].group in still_open for part in rows[kind]),
        }
        for kind, label in CLASSES.items()
    ]


@require_GET
@role_required(Role.ADVISOR, Role.COORDINATOR)
def checklist(request: SignedInRequest) -> HttpResponse:
    """Show what is standard and what is a choice, and the table by which it is tailored."""
    groups = [
        {"label": label, "parts": [part for part in parts_of() if part.kind == kind]}
        for kind, label in CLASSES.items()
    ]
    names = {part.key: part.label for part in parts_of()}
    tools, words = instruments(), condition_words()
    rules = [
        {
            "rule": rule,
            "when": [words[key] for values in rule.when.values() for key in sorted(values)],
            "components": [names[key] for key in rule.components],
            "instruments": [tools[key].label for key in rule.instruments],
        }
        for rule in tailoring_rules()
    ]
    context = {"groups": groups, "rules": rules, "instruments": tools.values()}
    return render(request, "trajectories/checklist.html", context)
