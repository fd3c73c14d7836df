"""What goes with a change of advisor: appointments, an unfinished intake, a proposed agreement, open questions."""

from datetime import timedelta

import pytest
from django.urls import reverse

from portal import clock
from portal.delivery.jobs import handler_of
from portal.delivery.models import Job, Mail
from portal.privacy.viewer import viewing
from tests.factories import people, trajectories
from tests.factories.database import as_owner
from tests.trajectories.test_handing_over import certificate, hand_over, leave, seen, successor
from trajectories import services
from trajectories.models import Conversation, IntakeAspect, PayerView, Plan, Proposal, WorkbookChapter

pytestmark = pytest.mark.django_db


def test_planned_talks_with_the_old_advisor_are_called_off():
    told, other = trajectories.walk("in_progress", moment=clock.now() - timedelta(days=40)), successor()
    starts = clock.now() + timedelta(days=4)
    with told.acting(told.advisor.user, days=0) as actor:
        services.plan_conversation(
            actor=actor, trajectory=told.trajectory, starts_at=starts, ends_at=starts + timedelta(hours=1)
        )
    told.moment = clock.now()
    leave(told.advisor, certificate)
    hand_over(told, other)
    with as_owner():
        job = Job.objects.get(name="trajectories.handed_over")
    for _twice in range(2):
        with viewing(job.viewer):
            handler_of(job.name)(job)
    with viewing(other.user):
        talk = Conversation.objects.get(starts_at=starts)
    assert (talk.state, talk.sequence) == ("cancelled", 1)
    with as_owner():
        off = Mail.objects.filter(key__startswith=f"conversation:{talk.reference}:1")
        assert {mail.recipient for mail in off} == {told.participant, told.advisor.user}


def test_called_off_intake_is_planned_anew(client):
    told = trajectories.walk("assigned", moment=clock.now() - timedelta(days=3))
    other = successor()
    told.plan_intake()
    told.moment = clock.now()
    with told.acting(told.advisor.user, days=0) as actor:
        points = {"question_clear": ("done", "Half")}
        services.record_intake(actor=actor, trajectory=told.trajectory, aspects=points, finish=False)
    leave(told.advisor)
    hand_over(told, other)
    with as_owner():
        job = Job.objects.get(name="trajectories.handed_over")
    with viewing(job.viewer):
        handler_of(job.name)(job)
    assert seen(told.participant, IntakeAspect, told.trajectory) == 0
    client.force_login(other.user)
    page = client.get(reverse("trajectories:page", args=[told.trajectory.reference])).content.decode()
    assert reverse("trajectories:plan_intake", args=[told.trajectory.reference]) in page
    told.advisor = other
    told.plan_intake()
    told.record_intake()
    assert told.trajectory.status == "intake_done"
    assert seen(other.user, IntakeAspect, told.trajectory) > 5


def test_proposed_agreement_is_made_anew_and_open_questions_lapse():
    manager = people.employee("Hanneke Bos")
    told = trajectories.story(participant=people.employee("Samira el Idrissi", manager=manager))
    other = successor()
    trajectories.advance(told, "intake_done")
    told.propose(payer="department", cost=100)
    told.sign()
    leave(told.advisor)
    hand_over(told, other)
    assert told.trajectory.status == "intake_done"
    with viewing(manager):
        assert PayerView.objects.count() == 0
    told.advisor = other
    told.propose(payer="department", cost=100)
    told.sign()
    told.pay(manager)
    assert told.trajectory.status == "in_progress"


def test_open_question_of_the_old_advisor_lapses():
    told, other = trajectories.walk("intake_done"), successor()
    with told.acting(told.advisor.user) as actor:
        services.propose_move(
            actor=actor, trajectory=told.trajectory, to="referred_elsewhere", reason="Elders."
        )
    leave(told.advisor)
    hand_over(told, other)
    with viewing(told.participant):
        assert Proposal.objects.get().is_agreed is False


def test_what_was_shared_with_the_old_advisor_is_shared_anew_or_not():
    """D12: a plan and a chapter were shared with one person; the next one reads them when the participant says so."""
    told, other = trajectories.walk("in_progress"), successor()
    told.workbook(share=True)
    with viewing(told.participant):
        services.share_plan(actor=told.participant, trajectory=told.trajectory, letter="A", is_shared=True)
    assert [seen(told.advisor.user, model, told.trajectory) for model in (Plan, WorkbookChapter)] == [1, 1]
    leave(told.advisor)
    hand_over(told, other)
    assert [seen(other.user, model, told.trajectory) for model in (Plan, WorkbookChapter)] == [0, 0]
    with viewing(told.participant):
        services.share_plan(actor=told.participant, trajectory=told.trajectory, letter="A", is_shared=True)
    assert seen(other.user, Plan, told.trajectory) == 1
