"""Forms around enrolments."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.errors import ReasonMissing
from catalog.models import Approval, Deputy
from portal import clock
from portal.interface.forms import DateInput
from portal.people.models import User
from portal.people.queries import by_address


def colleague_at(address: str, but: User) -> User:
    """Return the colleague with this e-mail address, not oneself."""
    found = by_address(address)
    if found is None:
        raise ValidationError(_("We know no colleague with this address. Check the spelling."))
    if found == but:
        raise ValidationError(_("Choose somebody else than yourself."))
    return found


class ColleagueForm(forms.Form):
    """Who goes in one's place."""

    email = forms.EmailField(label=_("E-mail address of your colleague"))

    def __init__(self, *args: Any, holder: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holder = holder

    def clean_email(self) -> User:
        """Return the colleague with this address."""
        return colleague_at(self.cleaned_data["email"], self.holder)


class DeputyForm(forms.Form):
    """Who answers for a manager, and when."""

    email = forms.EmailField(label=_("E-mail address of your deputy"))
    starts_on = forms.DateField(label=_("From"), widget=DateInput)
    ends_on = forms.DateField(label=_("Until"), widget=DateInput)

    def __init__(self, *args: Any, manager: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.manager = manager

    def clean_email(self) -> User:
        """Return the colleague with this address."""
        return colleague_at(self.cleaned_data["email"], self.manager)

    def clean_ends_on(self) -> Any:
        """Refuse a period that is over or turned around."""
        last, first = self.cleaned_data["ends_on"], self.cleaned_data.get("starts_on")
        if last < clock.today() or (first and last < first):
            raise ValidationError(_("Choose a day that is not before the start and has not passed."))
        return last

    def row(self) -> Deputy:
        """Return the period, not saved."""
        data = self.cleaned_data
        return Deputy(
            manager=self.manager, deputy=data["email"], starts_on=data["starts_on"], ends_on=data["ends_on"]
        )


class AnswerForm(forms.Form):
    """A manager's yes, or no with the reason."""

    use_required_attribute = False
    answer = forms.ChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.HiddenInput,
        error_messages={name: _("Choose yes or no.") for name in ("required", "invalid_choice")},
    )
    reason = forms.CharField(max_length=500, required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, data: Any = None, *, approval: Approval) -> None:
        super().__init__(data, auto_id=f"id_{approval.reference}_%s")
        self.approval = approval
        reader = {"name": approval.participant.full_name}
        self.fields["reason"].label = _("Why not? %(name)s reads this.") % reader
        self.is_all_optional = True

    def clean(self) -> dict[str, Any]:
        """Ask for a reason with a no."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("answer") == "no" and not found.get("reason") and not self.errors:
            self.add_error("reason", ReasonMissing.sentence)
        return found


class SeatsForm(forms.Form):
    """How many seats a session has."""

    seats = forms.IntegerField(label=_("Number of seats"), min_value=1, max_value=5000)
