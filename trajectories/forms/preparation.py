"""Forms of request, intake and agreement."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from advisors.queries import question_types
from portal import clock
from portal.interface.forms import DateInput
from portal.organisation.queries import appointments_of
from portal.people.models import User
from trajectories.enums import Handling, Payer, Route
from trajectories.enums.words import Text, choices, items
from trajectories.forms.base import DraftForm, TypedForm, VersionForm
from trajectories.forms.health import HealthAware
from trajectories.forms.notebooks import OwnWordsField
from trajectories.models.agreement import FACTS, TEXTS
from trajectories.queries.informing import VOLUNTARY, Words, by_route, is_required, of_frame

PAYERS = [
    (Payer.CENTRAL.value, _("The central budget: no manager needs to know")),
    (Payer.DEPARTMENT.value, _("The department: the manager sees name, cost and planning, and signs")),
    (Payer.PARTICIPANT.value, _("The participant")),
]
RESULTS = 4
# Who was invited by manager or HR answers the invitation; a suggestion over coffee is one's own step (decision 1).
OWN_WAYS = (Route.SELF, Route.OTHER)


class RequestForm(HealthAware, TypedForm):
    """Somebody's question, in their own words."""

    question = OwnWordsField(
        label=_("What is your question?"),
        rows=5,
        help_text=_("A few sentences are enough."),
    )
    question_types = forms.ModelMultipleChoiceField(
        label=_("What does it come close to?"),
        queryset=question_types(()),
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("This helps to find an advisor who often works with such questions."),
    )
    route = forms.ChoiceField(
        label=_("How do you come to us?"),
        widget=forms.RadioSelect,
        choices=[],
        help_text=_(
            "Did your manager suggest it in passing? Then you come by yourself, and your manager hears nothing."
        ),
    )
    frame = forms.ChoiceField(
        label=_("Is it your own choice?"),
        widget=forms.RadioSelect,
        choices=[],
        help_text=_(
            "A required trajectory starts with an invitation of HR, which first says who gets to know what."
        ),
    )
    faculty = forms.ChoiceField(label=_("For which faculty?"), required=False, choices=[])
    language = forms.ChoiceField(
        label=_("In which language do you want to talk?"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )
    wishes = OwnWordsField(label=_("Anything we should take into account?"), rows=2, required=False)
    wants_external = forms.BooleanField(
        label=_("I would rather have an advisor from outside the university"), required=False
    )
    accepts_same_faculty = forms.BooleanField(
        label=_("An advisor who works at my own faculty is fine"), required=False
    )

    def __init__(self, *args: Any, user: User, is_invited: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = (_("You and whoever finds you an advisor"), _("You and your advisor"))
        self.sees = {"question": ("shared", mine[0]), "wishes": ("shared", mine[0])}
        self.fields["question_types"].queryset = question_types()  # type: ignore[attr-defined]
        ways = [way for way in choices("intake", "referral_routes") if way[0] in OWN_WAYS]
        self._choose("route", _told(ways, by_route), Route.SELF.value)
        frames = [frame for frame in choices("intake", "frameworks") if not is_required(frame[0])]
        self._choose("frame", _told(frames, of_frame), VOLUNTARY)
        if is_invited:
            del self.fields["route"], self.fields["frame"]
        self.fields["language"].initial = user.language
        rows = {row.department.faculty for row in appointments_of(user.pk)}
        self.faculties = {faculty.code: faculty for faculty in rows}
        if len(rows) > 1:
            self._choose("faculty", [(code, str(row)) for code, row in self.faculties.items()], "")
        else:
            del self.fields["faculty"]

    def _choose(self, name: str, options: Any, initial: str) -> None:
        self.fields[name].choices = options  # type: ignore[attr-defined]
        self.fields[name].initial = initial

    @property
    def request(self) -> dict[str, Any]:
        """Return what the service asks for."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("draft", "device")}
        data["question_types"] = [row.key for row in data["question_types"]]
        data["faculty"] = self.faculties.get(data.get("faculty", ""))
        return {"frame": VOLUNTARY, **data}


def _told(options: list[tuple[str, Text]], of: Callable[[str], Words]) -> list[tuple[str, Words]]:
    """Put next to each choice who gets to know what."""
    return [(key, format_lazy("{}. {}", label, of(key))) for key, label in options]


class IntakeForm(HealthAware, TypedForm, DraftForm):
    """Every point of the intake on one screen: discussed or left out, with a note."""

    def __init__(self, *args: Any, keys: list[str], kept: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = keys
        aspects = items("intake", "intake_aspects")
        options = [(Handling.DONE.value, _("Discussed")), (Handling.SKIPPED.value, _("Left out"))]
        for key in keys:
            row = kept.get(key)
            self.fields[key] = forms.ChoiceField(
                label=aspects[key].label,  # type: ignore[arg-type]
                help_text=aspects[key].help,  # type: ignore[arg-type]
                choices=options,
                widget=forms.RadioSelect,
                initial=row.handling if row else None,
            )
            self.fields[f"{key}_note"] = OwnWordsField(
                label=_("Note, or why it was left out"),
                rows=2,
                required=False,
                initial=row.note if row else "",
            )

    @property
    def aspects(self) -> dict[str, tuple[str, str]]:
        """Return handling and note by key."""
        return {key: (self.cleaned_data[key], self.cleaned_data[f"{key}_note"]) for key in self.keys}


class ClientForm(HealthAware, TypedForm, VersionForm):
    """The three points that are agreed with whoever referred the participant."""

    def __init__(self, *args: Any, kept: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, item in items("intake", "client_alignment_points").items():
            row = kept.get(key)
            self.fields[key] = OwnWordsField(
                label=item.label, help_text=item.help, required=False, initial=row.text if row else ""
            )
            self.fields[f"{key}_confirmed"] = forms.BooleanField(
                label=_("Confirmed by the client"), required=False, initial=row.is_confirmed if row else False
            )

    @property
    def points(self) -> dict[str, tuple[str, bool]]:
        """Return text and confirmation by key."""
        keys = items("intake", "client_alignment_points")
        return {key: (self.cleaned_data[key], self.cleaned_data[f"{key}_confirmed"]) for key in keys}


class AgreementForm(HealthAware, TypedForm, DraftForm):
    """The six points, the results, and what both put in."""

    question_and_goal = OwnWordsField()
    expected_results = OwnWordsField(rows=3)
    way_of_working = OwnWordsField()
    starts_on = forms.DateField(label=_("Start"), widget=DateInput)
    ends_on = forms.DateField(label=_("Ends on"), widget=DateInput)
    talks = forms.IntegerField(min_value=1, max_value=30)
    reporting_and_feedback = OwnWordsField(rows=3)
    cost = forms.DecimalField(min_value=0, max_digits=8, decimal_places=2)
    payer = forms.ChoiceField(label=_("Who pays"), choices=PAYERS, initial=Payer.CENTRAL.value)
    payment = OwnWordsField(label=_("How it is paid"), rows=2, required=False)
    participant_input = OwnWordsField(rows=3)
    advisor_input = OwnWordsField(rows=3)
    guidance_type = forms.ChoiceField(choices=[])
    replacement = OwnWordsField(rows=2)

    # "After four weeks of illness a colleague takes over": every agreement has such a sentence.
    UNASKED = frozenset({"replacement"})
    # Names in the content that differ from ours.
    CONTENT_KEYS = {
        "cost": "costs_and_payment",
        "talks": "number_of_conversations",
        "guidance_type": "type_of_guidance",
        "replacement": "replacement_when_advisor_absent",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guidance_type"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *choices("intake", "collaboration_contract", "guidance_types"),
        ]
        words = items("intake", "agreement_points") | items("intake", "collaboration_contract")
        for name, field in self.fields.items():
            item = words.get(self.CONTENT_KEYS.get(name, name))
            if item:
                field.label, field.help_text = item.label, item.help  # type: ignore[assignment]
        for number in range(1, RESULTS + 1):
            self.fields[f"result_{number}"] = OwnWordsField(
                label=_("Intended result %(number)d") % {"number": number}, rows=2, required=number == 1
            )
            self.fields[f"after_{number}"] = forms.IntegerField(
                label=_("After how many conversations"), required=False, min_value=1, max_value=30
            )

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start, or in the past: nothing could be done under such an agreement."""
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end can't be before the start."))
        elif ends and ends < clock.today():
            self.add_error("ends_on", _("This day has passed. Choose a later one."))
        return data

    @property
    def values(self) -> dict[str, Any]:
        """Return the terms."""
        return {name: self.cleaned_data[name] for name in (*TEXTS, *FACTS)}

    @property
    def results(self) -> list[tuple[str, int | None]]:
        """Return the results that were filled in."""
        data = self.cleaned_data
        pairs = [(data[f"result_{n}"], data[f"after_{n}"]) for n in range(1, RESULTS + 1)]
        return [pair for pair in pairs if pair[0].strip()]


class SignForm(forms.Form):
    """Sign exactly the version on the page."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    agrees = forms.BooleanField(label=_("I have read these agreements and I agree"))
