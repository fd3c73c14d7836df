"""What a form says when something is not right: what to do, in plain words, instead of Django's own sentences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Please fill this in.")},
    forms.BooleanField: {"required": _("Tick this box to go on.")},
    forms.ChoiceField: {
        "required": _("Choose one."),
        "invalid_choice": _("Choose one of the answers in the list."),
    },
    forms.ModelChoiceField: {
        "required": _("Choose one."),
        "invalid_choice": _("Choose one of the answers in the list."),
    },
    forms.MultipleChoiceField: {
        "required": _("Choose at least one."),
        "invalid_choice": _("Choose from the answers in the list."),
        "invalid_list": _("Choose from the answers in the list."),
    },
    forms.DateField: {"invalid": _("Fill in a date, for example 8-12-2026.")},
    forms.DateTimeField: {"invalid": _("Fill in a date and a time, for example 8-12-2026 09:30.")},
    forms.IntegerField: {"invalid": _("Fill in a whole number, in digits.")},
    forms.DecimalField: {"invalid": _("Fill in a number, in digits.")},
    forms.FileField: {"required": _("Choose a file."), "empty": _("This file is empty. Choose another one.")},
}


def speak_plainly() -> None:
    """Put the sentences in Django's fields; a field of a form may still say something of its own."""
    for field, sentences in SENTENCES.items():
        own = vars(field).get("default_error_messages", {})
        field.default_error_messages = {**own, **sentences}
