"""The steps around taking part, one form row each; an empty row is no step."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.enums import StepType

EXTRA, MOST = 2, 20


class StepForm(forms.Form):
    """One step: what, how many days before or after, and a remark."""

    step = forms.ChoiceField(label=_("Step"), choices=[("", _("No step")), *StepType.choices], required=False)
    days = forms.IntegerField(
        label=_("Days before (-) or after the date"), required=False, min_value=-365, max_value=365
    )
    note_nl = forms.CharField(label=_("Remark (Dutch)"), required=False, max_length=300)
    note_en = forms.CharField(label=_("Remark (English)"), required=False, max_length=300)

    use_required_attribute = False
    is_all_optional = True

    def clean(self) -> dict[str, Any]:
        """Refuse words without a step."""
        found: dict[str, Any] = super().clean() or {}
        if not found.get("step") and any(found.get(name) for name in ("days", "note_nl", "note_en")):
            self.add_error("step", _("Choose which step this is, or empty the row."))
        return found


StepForms = forms.formset_factory(StepForm, extra=EXTRA, max_num=MOST, absolute_max=MOST)


def steps(rows: Any) -> list[dict[str, Any]]:
    """Return the steps that were typed, as the card keeps them."""
    return [
        {name: row.cleaned_data.get(name) for name in ("step", "days", "note_nl", "note_en")}
        for row in rows
        if row.cleaned_data.get("step")
    ]
