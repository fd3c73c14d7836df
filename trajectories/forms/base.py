"""What the forms of a trajectory share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 20_000


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
