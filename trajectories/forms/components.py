"""The form of the components: how far each is, which parts of it, and why one was left out."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trajectories.enums import Progress
from trajectories.forms.base import VersionForm
from trajectories.forms.health import HealthAware
from trajectories.models import ComponentState
from trajectories.workflow.components import Component

STATES = [
    (Progress.TODO.value, _("To do")),
    (Progress.BUSY.value, _("Busy")),
    (Progress.DONE.value, _("Done")),
    (Progress.SKIPPED.value, _("Left out, with a reason")),
]
NOT_CHOSEN = ("", _("Not chosen"))


class ComponentsForm(HealthAware, VersionForm):
    """Three fields per component, all optional; `proposed` states (by key) are filled in, and kept by the button only."""

    def __init__(
        self,
        *args: Any,
        parts: Iterable[Component],
        kept: Mapping[str, ComponentState],
        proposed: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts, self.proposed = list(parts), proposed
        for part in self.parts:
            self._add(part, kept.get(part.key))

    def _add(self, part: Component, row: ComponentState | None) -> None:
        states = STATES if part.is_standard else [NOT_CHOSEN, *STATES]
        self.fields[part.key] = forms.ChoiceField(
            label=_("How far is it?"),
            choices=states,
            required=False,
            initial=self.proposed.get(part.key) or (row.handling if row else states[0][0]),
        )
        self.fields[f"{part.key}_reason"] = forms.CharField(
            label=_("Why left out?"),
            required=False,
            max_length=400,
            initial=row.reason if row else "",
            widget=forms.TextInput(attrs={"data-dossier": ""}),
        )
        if part.options:
            self.fields[f"{part.key}_options"] = forms.MultipleChoiceField(
                label=_("Which part?"),
                required=False,
                choices=[(option.key, option.label) for option in part.options],
                widget=forms.CheckboxSelectMultiple,
                initial=row.options if row else [],
            )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason beside the component that lacks one."""
        data = super().clean() or self.cleaned_data
        for part in self.parts:
            if data.get(part.key) == Progress.SKIPPED and not data.get(f"{part.key}_reason"):
                self.add_error(f"{part.key}_reason", _("Say why it is left out."))
        return data

    def rows(self) -> list[dict[str, Any]]:
        """Return each component with its own fields, for the page."""
        return [
            {
                "part": part,
                "is_proposed": part.key in self.proposed,
                "state": self[part.key],
                "reason": self[f"{part.key}_reason"],
                "options": self[f"{part.key}_options"] if part.options else None,
            }
            for part in self.parts
        ]

    @property
    def states(self) -> dict[str, tuple[str, str]]:
        """Return state and reason by key; a standard one that is to do needs no row."""
        found = {}
        for part in self.parts:
            state = self.cleaned_data[part.key]
            state = "" if part.is_standard and state == Progress.TODO else state
            found[part.key] = (state, self.cleaned_data[f"{part.key}_reason"])
        return found

    @property
    def options(self) -> dict[str, list[str]]:
        """Return the chosen parts by key."""
        return {part.key: self.cleaned_data.get(f"{part.key}_options", []) for part in self.parts}
