"""What the forms of a trajectory share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.interface.forms import DateInput, TimeInput
from trajectories.enums import TalkMode

LONGEST = 20_000
MODES = [(TalkMode.FACE_TO_FACE.value, _("In person")), (TalkMode.ONLINE.value, _("Online"))]


class TextField(forms.CharField):
    """Somebody's own words, several lines."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "data-dossier": ""}), **kwargs)


class VersionForm(forms.Form):
    """Carries the version of the trajectory that the page showed, so that an older page is recognised."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @property
    def seen(self) -> int | None:
        """Return the version that was shown."""
        value: int | None = self.cleaned_data.get("version")
        return value


class DraftForm(VersionForm):
    """A form that may be kept half done: its fields say that they are needed, and the service judges."""

    def full_clean(self) -> None:
        """Check what is there, not what is missing."""
        needed = [field for field in self.fields.values() if field.required]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True


class ReasonForm(VersionForm):
    """A move for which a reason is asked."""

    to = forms.CharField(widget=forms.HiddenInput, max_length=20)
    reason = TextField(label=_("Why?"), rows=3, required=False)


class AppointmentForm(VersionForm):
    """Day, times and place of an appointment."""

    day = forms.DateField(label=_("Day"), widget=DateInput)
    starts = forms.TimeField(label=_("From"), widget=TimeInput)
    ends = forms.TimeField(label=_("Until"), widget=TimeInput)
    mode = forms.ChoiceField(
        label=_("How"), widget=forms.RadioSelect, choices=MODES, initial=TalkMode.FACE_TO_FACE
    )
    place = forms.CharField(
        label=_("Place or link"),
        max_length=200,
        required=False,
        help_text=_("This stands in the calendar, which others may read. Keep it neutral."),
    )

    def clean(self) -> dict[str, Any]:
        """Join day and times to instants; services judge whether they make sense."""
        data = super().clean() or self.cleaned_data
        if {"day", "starts", "ends"} <= data.keys():
            for name, given in (("starts_at", data["starts"]), ("ends_at", data["ends"])):
                data[name] = clock.local(data["day"], given.hour, given.minute)
        return data

    @property
    def appointment(self) -> dict[str, Any]:
        """Return what the services ask for."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "mode", "place")}
