"""The participant's situation, as the advisor sees it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trajectories.enums.self_test import instrument
from trajectories.enums.words import Text, choices
from trajectories.forms.base import VersionForm

UNKNOWN = ("", _("Not known yet"))
DIMENSIONS = ("trajectory", "tailoring_dimensions")


def _factors() -> list[tuple[str, Text]]:
    return [(factor.key, factor.name) for factor in instrument().factors]


class SituationForm(VersionForm):
    """What the tailoring rules look at, beside the question and the framework of the request."""

    field = forms.ChoiceField(label=_("Field"), required=False, widget=forms.RadioSelect)
    career_phase = forms.ChoiceField(label=_("Career phase"), required=False, widget=forms.RadioSelect)
    participant_phase = forms.ChoiceField(
        label=_("Where the participant is now"), required=False, widget=forms.RadioSelect
    )
    weak_career_factors = forms.MultipleChoiceField(
        label=_("Career factors to work on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("From the talk. A self-test counts by itself, as long as the participant shares it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("field", "career_phase", "participant_phase"):
            found: Any = self.fields[name]
            found.choices = [UNKNOWN, *choices(*DIMENSIONS, f"{name}s")]
        factors: Any = self.fields["weak_career_factors"]
        factors.choices = _factors()

    @property
    def facts(self) -> dict[str, Any]:
        """Return what was chosen."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
