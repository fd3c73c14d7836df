"""Forms of conversations and closing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.interface.forms import DateInput
from trajectories.enums import TalkKind
from trajectories.forms.base import AppointmentForm, TextField
from trajectories.forms.health import HealthAware


class TalkForm(AppointmentForm):
    """A conversation to plan."""

    kind = forms.ChoiceField(
        label=_("What for"),
        widget=forms.RadioSelect,
        initial=TalkKind.TALK.value,
        choices=[(TalkKind.TALK.value, _("Conversation")), (TalkKind.FINAL.value, _("Final conversation"))],
    )
    field_order = ["kind", "day", "starts", "ends", "mode", "place"]


class SequenceForm(forms.Form):
    """Carries which version of an appointment the page showed."""

    sequence = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class MoveTalkForm(SequenceForm, AppointmentForm):
    """Another time for a conversation."""

    field_order = ["day", "starts", "ends"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["mode"], self.fields["place"]


class RecordForm(HealthAware, SequenceForm):
    """What came of a conversation."""

    held_on = forms.DateField(label=_("When was it?"), widget=DateInput)
    agreed = TextField(label=_("What did you agree?"))
    own = TextField(label=_("For myself"), rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sees = {"agreed": ("shared", _("Both of you")), "own": ("own", _("Only you"))}
