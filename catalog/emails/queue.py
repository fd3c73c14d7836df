"""Letters about the queue: a turn, an offer, its end."""

from django.utils.translation import override

from catalog.emails.letter import send
from catalog.models import Enrolment
from portal.interface.moments import moment


def send_waiting(enrolment: Enrolment) -> None:
    """Confirm a turn in the queue, with the link to leave it."""
    send(enrolment, "waiting")


def send_offer(enrolment: Enrolment) -> None:
    """Offer a place, and say until when it is kept."""
    with override(enrolment.participant.language):
        kept = moment(enrolment.offered_until)
    send(enrolment, "offered", kept_until=kept)


def send_offer_ended(enrolment: Enrolment) -> None:
    """Tell that the place went to somebody else."""
    send(enrolment, "offer_ended")
