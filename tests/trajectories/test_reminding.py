"""Reminders of steps: calm, neutral, to the participant only, once a day however often the scan runs."""

from datetime import timedelta

import pytest

from portal import clock
from portal.delivery.models import Mail
from portal.privacy.viewer import viewing
from tests.factories import trajectories
from tests.factories.database import as_owner
from trajectories import services
from trajectories.models import PlanStep, StepReminder
from trajectories.services.reminding import send_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    story = trajectories.walk("in_progress")
    story.plan("A", "Een", ())
    return story


def add(told, days, text="Bellen met Studentenzaken"):
    with viewing(told.participant):
        plan = told.trajectory.plans.select_related("trajectory").get(letter="A")
        due = clock.today() + timedelta(days=days)
        return services.add_step(actor=told.participant, plan=plan, text=text, due_on=due)


def run(days):
    """Let the scan run twice on a day; as the owner, for the worker's login sees the same rows."""
    with clock.frozen(clock.now() + timedelta(days=days)), as_owner():
        send_due()
        send_due()


def mails():
    with as_owner():
        rows = Mail.objects.filter(key__startswith="dates:").order_by("queued_at")
        return [(mail.address, mail.subject, mail.text) for mail in rows]


def days_left():
    with as_owner():
        rows = StepReminder.objects.filter(sent_at__isnull=True).values_list("due_on", flat=True)
        return [(day - clock.today()).days for day in rows]


def test_a_date_brings_one_mail_before_and_one_after(told):
    """H2.2-11: an overdue step raises a reminder to the participant."""
    add(told, 10)
    assert days_left() == [8, 11]
    run(7)
    assert mails() == []
    run(8)
    run(11)
    sent = mails()
    assert [address for address, _subject, _text in sent] == [told.participant.email] * 2
    for _address, subject, text in sent:
        assert subject.startswith("Een bericht van")
        assert "Studentenzaken" not in subject + text


def test_many_steps_bring_one_mail_a_day(told):
    for number in range(3):
        add(told, 10, f"Stap {number}")
    run(8)
    assert len(mails()) == 1


def test_moving_ticking_and_taking_out_move_the_reminders_along(told):
    step = add(told, 10)
    with viewing(told.participant):
        step = services.put_off_step(actor=told.participant, step=step)
    assert days_left() == [15, 18]
    with viewing(told.participant):
        services.tick_steps(
            actor=told.participant,
            trajectory=told.trajectory,
            shown={step.reference: False},
            ticked={step.reference},
        )
    assert days_left() == []
    other = add(told, 10, "Anders")
    with viewing(told.participant):
        services.remove_step(actor=told.participant, step=other)
    assert days_left() == []


def test_participant_can_switch_them_off(told):
    add(told, 10)
    with viewing(told.participant):
        plan = {"actor": told.participant, "trajectory": told.trajectory, "letter": "A", "title": "Een"}
        services.set_plan(**plan, is_reminding=False)
    assert days_left() == []
    with viewing(told.participant):
        services.set_plan(**plan, is_reminding=True)
    assert days_left() == [8, 11]


def test_nothing_is_sent_while_the_trajectory_rests(told):
    add(told, 10)
    with viewing(told.participant):
        services.pause(actor=told.participant, trajectory=told.trajectory, reason="Even rust.")
    run(8)
    assert mails() == []


def test_a_date_that_is_almost_there_is_not_reminded_of_beforehand(told):
    add(told, 1)
    assert days_left() == [2]
    with viewing(told.participant):
        assert PlanStep.objects.get().reminders.count() == 1
