"""Forms around enrolments."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.models import Deputy
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


class SeatsForm(forms.Form):
    """How many seats a session has."""

    seats = forms.IntegerField(label=_("Number of seats"), min_value=1, max_value=5000)
