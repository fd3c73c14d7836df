"""Forms of the report-back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trajectories.enums import Recipient
from trajectories.forms.base import VersionForm
from trajectories.forms.health import HealthAware
from trajectories.forms.notebooks import OwnWordsField
from trajectories.queries.report_back import Candidate

ROLES = {
    Recipient.MANAGER: _("%(name)s, your manager"),
    Recipient.PAYER: _("%(name)s, who pays"),
    Recipient.HR: _("%(name)s of HR"),
}


class ReportForm(HealthAware, VersionForm):
    """The text of a report-back, in the advisor's or the participant's hands."""

    text = OwnWordsField(label=_("The text"), rows=10)

    def __init__(self, *args: Any, sees: tuple[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sees = {"text": sees}


class ReleaseForm(ReportForm):
    """The same text, and the one person to whom it is to go."""

    recipient = forms.ChoiceField(label=_("Who gets exactly this text?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].choices = [  # type: ignore[attr-defined]
            (row.user.reference, ROLES[row.role] % {"name": row.user}) for row in candidates
        ]
