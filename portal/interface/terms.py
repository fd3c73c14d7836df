"""How long things are kept, in words (decision 17): what the privacy page shows."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Term:
    """One row of the page: what, and how long."""

    what: Promise
    how_long: Promise


TERMS = (
    Term(
        _("Notes, plans, assignments, your workbook and answers in your file"),
        _("Until one year after the follow-up closes. Then they are erased."),
    ),
    Term(
        _("The dates and the faculty of a trajectory"),
        _("They stay, without your name, for the figures."),
    ),
    Term(_("Self-tests"), _("Until you erase them, or with your account")),
    Term(_("Enrolments"), _("Two years")),
    Term(_("Messages the portal sent you"), _("90 days")),
    Term(_("Who looked into which file"), _("Two years")),
    Term(_("Your account"), _("Until two years after you leave the university")),
    Term(_("A request that you withdraw before anybody opens it"), _("Nothing stays but a count")),
)
