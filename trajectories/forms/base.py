"""What the forms of a trajectory share."""

from typing import Any

from django import forms

from portal.people.models import new_reference

LONGEST = 20_000
MOST_DIGITS = 9


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


class TypedForm(forms.Form):
    """A form that is kept while typing. Carries which page is typing, and which draft that page has seen."""

    device = forms.CharField(widget=forms.HiddenInput, max_length=12, required=False, initial=new_reference)
    draft = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @property
    def typing(self) -> dict[str, Any]:
        """Return what the service asks for to keep what is typed."""
        device = str(self["device"].data or "")[:12]
        return {"body": self.typed, "device": device, "seen": self.number("draft")}

    @property
    def typed(self) -> dict[str, Any]:
        """Return what stands in the fields now, right or wrong."""
        return {name: self[name].data for name, field in self.fields.items() if not field.widget.is_hidden}

    def number(self, name: str) -> int:
        """Return a hidden number as it was sent; 0 when it is none."""
        value = str(self[name].data or "")
        return int(value) if value.isdecimal() and len(value) < MOST_DIGITS else 0


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
