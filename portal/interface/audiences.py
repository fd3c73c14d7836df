"""Who may know what, in plain words: the table behind "Who sees what?" (the house's chapter on confidentiality)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOTHING = _("Nothing")


@dataclass(frozen=True)
class Audience:
    """One row: somebody, and what they see of your trajectory, your words, its costs and your evaluations."""

    key: str
    who: Promise
    trajectory: Promise
    words: Promise
    agreement: Promise
    evaluation: Promise


AUDIENCES = (
    Audience(
        "you",
        _("You yourself"),
        _("Everything"),
        _("Everything, except your advisor's own notebook"),
        _("Everything"),
        _("Your own answers, until you send them"),
    ),
    Audience(
        "advisor",
        _("Your own advisor"),
        _("Everything"),
        _(
            "What you work on together, and a self-test or a chapter of your workbook while you share it;"
            " not your own notebook"
        ),
        _("Costs and planning"),
        _("Only totals of at least ten answers"),
    ),
    Audience(
        "coordinator",
        _("The coordinator of the career service"),
        _("That there is a trajectory, with phase and dates"),
        _("Your request, until an advisor has been assigned. Each look is recorded."),
        _("Only totals"),
        _("Only released figures"),
    ),
    Audience("other_advisor", _("Other advisors"), NOTHING, NOTHING, NOTHING, NOTHING),
    Audience(
        "manager",
        _("Your manager"),
        _(
            "Nothing, unless you say so, or the legal frame or the payment asks for it. You see that beforehand."
        ),
        _("Only what you released yourself"),
        _("If your department pays: the costs, not the content"),
        NOTHING,
    ),
    Audience(
        "hr",
        _("HR of your faculty"),
        _("Counts only, unless the legal frame or the payment asks for more. You see that beforehand."),
        NOTHING,
        _("If your faculty pays: the costs, not the content"),
        _("Only released figures"),
    ),
    Audience("administrator", _("The administrator of the portal"), NOTHING, NOTHING, NOTHING, NOTHING),
    Audience(
        "figures",
        _("The program that makes figures"),
        _("That there is a trajectory, without your name"),
        NOTHING,
        _("Totals"),
        _("The answers, without your name"),
    ),
)
