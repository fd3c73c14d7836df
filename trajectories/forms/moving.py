"""The form of a step of the machine: where to, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trajectories.forms.base import TextField, VersionForm
from trajectories.forms.health import HealthAware


class ReasonForm(HealthAware, VersionForm):
    """A move for which a reason may be asked: the service judges whether one is needed."""

    to = forms.CharField(widget=forms.HiddenInput, max_length=20)
    reason = TextField(label=_("Why?"), rows=3, required=False)
