"""Mail of a trajectory: neutral, in the recipient's language, once, with a calendar file."""

import pytest

from portal.delivery.attachment import Attachment
from portal.delivery.models import Mail
from portal.privacy.viewer import viewing
from tests.factories import people, trajectories

pytestmark = pytest.mark.django_db


def mails(*people_):
    found = []
    for person in people_:
        with viewing(person):
            found += list(Mail.objects.filter(recipient=person).order_by("queued_at"))
    return found


def test_subjects_say_nothing_and_texts_hold_no_dossier():
    told = trajectories.walk("closed", participant=people.employee("Ann Smith", language="en"))
    found = mails(told.participant, told.advisor.user, told.coordinator)
    assert len(found) > 12
    for mail in found:
        subject = mail.subject.lower()
        assert subject.startswith(
            ("een bericht van", "a message from", "afspraak met", "appointment with")
        ), subject
        assert trajectories.QUESTION not in mail.text
        assert "Datasteward" not in mail.text


def test_each_reads_their_own_language():
    told = trajectories.walk("intake_planned", participant=people.employee("Ann Smith", language="en"))
    assert {mail.language for mail in mails(told.participant)} == {"en"}
    assert {mail.language for mail in mails(told.advisor.user)} == {"nl"}
    assert any("Appointment with Mirjam de Wit" in mail.subject for mail in mails(told.participant))


def test_invitation_has_a_neutral_title():
    told = trajectories.walk("intake_planned")
    mail = next(mail for mail in mails(told.participant) if mail.attachments)
    calendar = Attachment.from_json(mail.attachments[0]).content.decode()
    assert "SUMMARY:Afspraak met Mirjam de Wit" in calendar
    assert "intake" not in calendar.lower()
    assert " uur" in mail.text
