"""Forms of the plans."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.interface.forms import DateInput


class PlanForm(forms.Form):
    """The title of a plan, and whether the advisor reads along."""

    title = forms.CharField(
        label=_("What is this plan about?"),
        max_length=200,
        widget=forms.TextInput(attrs={"data-dossier": ""}),
    )
    is_shared = forms.BooleanField(label=_("My advisor reads along"), required=False)


class StepForm(forms.Form):
    """One step of a plan."""

    text = forms.CharField(
        label=_("Step"), max_length=400, widget=forms.TextInput(attrs={"data-dossier": ""})
    )
    due_on = forms.DateField(label=_("By when"), widget=DateInput, required=False)
