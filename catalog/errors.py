"""Refusals of the catalogue. Each says in one sentence what is the matter."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """An act that the rules do not allow; `sentence` is meant for the person who asked."""

    sentence: str | Promise = _("This is not possible.")

    def __str__(self) -> str:
        return str(self.sentence)


class SessionFull(Refused):
    """No place is left."""

    sentence = _("This date is full. Choose another date, or look again later: places do come free.")


class SessionPast(Refused):
    """The session has started or is over."""

    sentence = _("This date has passed. Choose another date.")


class SessionCancelled(Refused):
    """The organiser has called the session off."""

    sentence = _("This date has been called off by the organiser. Choose another date.")


class EnrolmentClosed(Refused):
    """The term for enrolling is over."""

    sentence = _("Enrolment for this date has closed. Choose another date.")


class NotOnOffer(Refused):
    """The offering is a draft or has been archived."""

    sentence = _("This offering is no longer open for enrolment.")


class PotNotPossible(Refused):
    """The offering can't be paid in that way."""

    sentence = _("This offering can't be paid from that budget. Choose another one.")


class NobodyAnswers(Refused):
    """The manager has to agree, and the university's records name none."""

    sentence = _("Your manager has to agree first, but we don't know who that is. Write to the organiser.")


class OfferEnded(Refused):
    """The place is not kept any more."""

    sentence = _("This place is no longer kept for you. You can join the waiting list again.")


class AnsweredAlready(Refused):
    """Somebody answered before, the term is over, or the request was withdrawn."""

    sentence = _("This request needs no answer any more.")


class MoveTooLate(Refused):
    """The term for changing is over."""

    sentence = _("You can't move to another date any more. You can still cancel.")


class OutsideFaculty(Refused):
    """The offering is for one faculty, and this person works in another."""

    sentence = _("This offering is only for employees of one faculty. You can't enrol.")


class ColleagueNotPossible(Refused):
    """The offering is for one faculty, and the colleague works in another."""

    sentence = _("This offering is only for employees of one faculty, and your colleague works elsewhere.")


class AskedAlready(Refused):
    """Another colleague has been asked and can still answer."""

    sentence = _("You have asked another colleague already. Take that question back first.")


class ReplacementTooLate(Refused):
    """The place can't be passed on: it is not certain, or the term is over."""

    sentence = _("You can't send a colleague in your place any more. You can still cancel.")


class ReplacementOver(Refused):
    """The question was answered, taken back, or its time is over."""

    sentence = _("This place is not kept for you any more.")


class PlaceAlready(Refused):
    """The colleague has a place in this session."""

    sentence = _(
        "You have a place on this date already. Say no, so that your colleague can ask somebody else."
    )


class PlaceElsewhere(Refused):
    """One attends this offering once, and this person has a place on another date."""

    sentence = _("You have a place on another date of this offering already. You can move to another date.")


class ReasonMissing(Refused):
    """A manager says no without saying why."""

    sentence = _("Say in a sentence why not; the employee reads it.")


class TooFewSeats(Refused):
    """More places are taken than there would be seats."""

    sentence = _("More places are taken already. Choose a higher number; nobody loses a place by this.")


class BudgetTooSmall(Refused):
    """There is less in the career budget than it costs."""

    sentence = _("There is not enough left in your career budget. You are not enrolled.")


class PriceChanged(Refused):
    """The page that was sent showed another price."""

    sentence = _("The price has changed since you opened the page. Look at the cost and choose again.")


class CancelTooLate(Refused):
    """The session has begun, so there is nothing to give back."""

    sentence = _("This date has begun. You can't cancel it any more.")


class Stale(Refused):
    """Somebody else saved this card after the editor had opened it."""

    sentence = _("Somebody else changed this meanwhile. Nothing of yours is lost: compare, and save again.")


class Incomplete(Refused):
    """Readers would see a card with a hole in it; `gaps` says what is missing."""

    sentence = _("Something is missing before readers can see this.")

    def __init__(self, gaps: Sequence[Any]) -> None:
        super().__init__()
        self.gaps = gaps


class OtherFaculty(Refused):
    """An editor of one faculty tried to write for another."""

    sentence = _("You write for your own faculty. Choose that one under “Only for”.")


class NotPossibleNow(Refused):
    """The card is in another state by now."""

    sentence = _("This is not possible any more: the state has changed meanwhile. Look at the page again.")


class MomentPassed(Refused):
    """A moment of publication that is over, or turned around."""

    sentence = _("Choose a moment that is still to come; taking off comes after publishing.")
