"""The invitation of a manager or HR."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.people.enums import Role
from portal.people.models import User
from portal.people.queries import by_address, has_role
from trajectories.enums.words import choices
from trajectories.forms.health import HealthAware
from trajectories.forms.notebooks import OwnWordsField
from trajectories.queries.informing import VOLUNTARY
from trajectories.queries.referrals import people_to_refer


class ReferForm(HealthAware):
    """Whom, and why: a manager picks one of their own people, HR names a work address and the framework."""

    employee = forms.ModelChoiceField(
        label=_("For whom?"), queryset=User.objects.none(), to_field_name="reference", empty_label=_("Choose")
    )
    address = forms.EmailField(label=_("Work e-mail address of the employee"))
    frame = forms.ChoiceField(label=_("Is it a choice or required?"), choices=[])
    reason = OwnWordsField(
        label=_("Why do you suggest it?"),
        help_text=_("The employee reads exactly this text, and so may the advisor."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_role(user, Role.HR):
            del self.fields["employee"]
            self.fields["frame"].choices = choices("intake", "frameworks")  # type: ignore[attr-defined]
            self.fields["frame"].initial = VOLUNTARY
        else:
            del self.fields["address"], self.fields["frame"]
            self.fields["employee"].queryset = people_to_refer(user)  # type: ignore[attr-defined]

    def clean_address(self) -> str:
        """Find the employee."""
        address: str = self.cleaned_data["address"]
        found = by_address(address)
        if found is None:
            raise forms.ValidationError(_("No employee has this address."))
        self.cleaned_data["employee"] = found
        return address

    @property
    def invitation(self) -> dict[str, Any]:
        """Return what the service asks for."""
        names = ("employee", "reason", "frame")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
