"""Forms of the notebooks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trajectories.forms.base import TextField


class NoteForm(forms.Form):
    """A note."""

    text = TextField(label=_("Write"), rows=6)

    def __init__(self, *args: Any, sees: tuple[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sees = {"text": sees}
