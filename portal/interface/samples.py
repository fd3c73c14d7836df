"""Invented content for the components page; it never reaches a real page."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.interface.forms import DateInput, DateTimeInput

TONES = (
    "ground",
    "paper",
    "wash",
    "ink",
    "ink-soft",
    "main",
    "panel",
    "accent",
    "sun",
    "ok",
    "warn",
    "error",
)
THEMES = (
    ("know", "compass", _("Getting to know yourself")),
    ("learn", "plant-2", _("Learning and growing")),
    ("guide", "messages", _("Getting guidance")),
    ("work", "directions", _("Finding other work")),
    ("inspire", "sunrise", _("Inspiration")),
    ("arrange", "key", _("Arranging things")),
)
CHOICES = (("own", _("From my own budget")), ("unit", _("From the department")))


class SampleForm(forms.Form):
    """One field of every kind."""

    sees = {"question": ("shared", _("You and your advisor")), "private": ("own", _("Only you"))}

    phone = forms.RegexField(
        r"^[0-9 ]{10,}$", label=_("Telephone number"), help_text=_("We call from a withheld number.")
    )
    question = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), label=_("Your question, in your own words")
    )
    private = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 2}), label=_("For myself"), required=False, max_length=40
    )
    mail = forms.EmailField(label=_("E-mail address"))
    people = forms.IntegerField(label=_("Number of people"), required=False)
    on = forms.DateField(widget=DateInput, label=_("Date"))
    at = forms.DateTimeField(widget=DateTimeInput, label=_("Date and time"), required=False)
    language = forms.ChoiceField(choices=(("nl", _("Dutch")), ("en", _("English"))), label=_("Language"))
    pot = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect, label=_("Who pays?"))
    wishes = forms.MultipleChoiceField(
        choices=[(key, label) for key, _icon, label in THEMES],
        widget=forms.CheckboxSelectMultiple,
        label=_("What are you looking for?"),
        required=False,
    )
    agreed = forms.BooleanField(label=_("I have read who sees what"))
    letter = forms.FileField(label=_("Letter"), required=False)


def context(request: HttpRequest) -> dict[str, Any]:
    """Return everything the components page draws."""
    names = (_("Request"), _("Intake"), _("Agreement"), _("Execution"), _("Closing"), _("Follow-up"))
    states = ("done", "done", "done", "now", "todo", "todo")
    return {
        "tones": TONES,
        "themes": THEMES,
        "steps": [
            {"name": name, "state": state, "date": ""} for name, state in zip(names, states, strict=True)
        ],
        "form": SampleForm(),
        "wrong": SampleForm(
            {
                "wrong-phone": "06 1234",
                "wrong-private": "x" * 41,
                "wrong-mail": "nobody",
                "wrong-wishes": "?",
            },
            prefix="wrong",
        ),
        "numbers": Paginator(range(120), 10).get_page(request.GET.get("page")),
    }
