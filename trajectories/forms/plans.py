"""Forms of the plans."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import clock
from portal.interface.forms import DateInput
from trajectories.forms.health import HealthAware
from trajectories.models import Goal, Plan

FARTHEST = timedelta(days=3653)
LINE = {"data-dossier": ""}


class PlanForm(HealthAware):
    """The title of a plan, and whether its dates bring a reminder."""

    title = forms.CharField(
        label=gettext_lazy("What is this plan about?"),
        max_length=200,
        widget=forms.TextInput(attrs=LINE),
    )
    is_reminding = forms.BooleanField(
        label=gettext_lazy("Send me a short mail two days before a date"), required=False
    )


class GoalForm(HealthAware):
    """One goal of a plan."""

    text = forms.CharField(label=gettext_lazy("Goal"), max_length=400, widget=forms.TextInput(attrs=LINE))


class StepForm(HealthAware):
    """One step of a plan: what, by when, what is needed, and for which goal."""

    text = forms.CharField(label=gettext_lazy("Step"), max_length=400, widget=forms.TextInput(attrs=LINE))
    due_on = forms.DateField(label=gettext_lazy("By when"), widget=DateInput, required=False)
    help_needed = forms.CharField(
        label=gettext_lazy("What or whom do you need for it?"),
        max_length=400,
        required=False,
        widget=forms.TextInput(attrs=LINE),
    )
    goal = forms.ModelChoiceField(
        label=gettext_lazy("For which goal"),
        queryset=Goal.objects.none(),
        to_field_name="reference",
        required=False,
        empty_label=gettext_lazy("No goal"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, plan: Plan | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = list(plan.goals.all()) if plan else []
        if not goals:
            del self.fields["goal"]
            return
        field = self.fields["goal"]
        field.queryset = Goal.objects.filter(plan=plan)  # type: ignore[attr-defined]
        field.choices = [("", _("No goal")), *((goal.reference, goal.text) for goal in goals)]  # type: ignore[attr-defined]
        field.widget.attrs["data-dossier"] = ""

    def clean_due_on(self) -> date | None:
        """Refuse a slip of the year."""
        day: date | None = self.cleaned_data["due_on"]
        if day and abs(day - clock.today()) > FARTHEST:
            raise forms.ValidationError(_("Choose a day within ten years from now."))
        return day

    @property
    def words(self) -> dict[str, Any]:
        """Return what the services ask for."""
        names = ("text", "due_on", "help_needed", "goal")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
