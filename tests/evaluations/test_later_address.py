"""The follow-up of somebody who has left goes to the address that they left for it, and nothing else does."""

from datetime import date

import pytest

from evaluations.enums import Kind
from evaluations.services import invitations
from evaluations.services.sending import send_due
from portal.delivery.models import Mail
from portal.organisation.models import Appointment
from portal.privacy.viewer import viewing
from tests.factories import evaluations, people, trajectories
from tests.factories.database import as_owner
from trajectories.models import LaterAddress

pytestmark = pytest.mark.usefixtures("worker")
DAY = date(2099, 8, 31)
LATER = "samira@example.com"


@pytest.fixture
def case():
    """A closed trajectory whose participant left an address."""
    with as_owner():
        told = trajectories.walk("closed")
        told.look_back(LATER)
        return told.trajectory


def leave(case):
    with as_owner():
        Appointment.objects.filter(user=case.participant_id).update(ends_on=date(2026, 1, 1))


def addresses(case, kind):
    evaluations.planned(case, due_on=DAY, kind=kind)
    assert send_due(as_of=DAY).invitations == 1
    with as_owner():
        return list(Mail.objects.filter(key__startswith="survey:").values_list("address", "recipient"))


def test_who_left_is_asked_at_the_address_for_later(case):
    leave(case)
    assert addresses(case, Kind.FOLLOW_UP) == [(LATER, None)]


def test_who_still_works_here_is_asked_at_work(case):
    person = case.participant
    assert addresses(case, Kind.FOLLOW_UP) == [(person.email, person.pk)]


def test_closing_survey_never_goes_there(case):
    leave(case)
    person = case.participant
    assert addresses(case, Kind.CLOSING) == [(person.email, person.pk)]


def test_without_consent_it_goes_to_work(case):
    leave(case)
    with as_owner():
        LaterAddress.objects.all().delete()
    assert addresses(case, Kind.FOLLOW_UP) == [(case.participant.email, case.participant.pk)]


def test_address_is_erased_when_the_follow_up_is_over(case):
    with viewing(case.participant):
        invitations.complete(actor=case.participant, trajectory_id=case.pk)
    with as_owner():
        assert LaterAddress.objects.count() == 0


def test_scan_for_one_person_leaves_the_others_alone():
    first, second = (
        evaluations.planned(evaluations.trajectory(participant=people.employee(name)), due_on=DAY)
        for name in ("Wim Kok", "Ans Post")
    )
    assert send_due(as_of=DAY, participant=first.participant).invitations == 1
    second.refresh_from_db()
    assert second.state == "planned"
