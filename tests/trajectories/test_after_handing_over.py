"""What goes with a change of advisor: appointments, an unfinished intake, a proposed agreement, open questions."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse

from portal import clock
from portal.delivery.jobs import handler_of
from portal.delivery.models import Job, Mail
from portal.privacy.viewer import viewing
from tests.factories import people, trajectories
from tests.factories.database import as_owner
from tests.trajectories.test_handing_over import certificate, hand_over, leave, seen, successor
from trajectories import services
from trajectories.models import (
    Agreement,
    Conversation,
    IntakeAspect,
    IntendedResult,
    PageDraft,
    PayerView,
    Plan,
    Proposal,
    WorkbookChapter,
)

pytestmark = pytest.mark.django_db


def sight_of_texts(person):
    event = apps.get_model("trajectories", "AgreementEvent")
    with viewing(person):
        return [
            *(row.way_of_working for row in Agreement.objects.order_by("number")),
            *(row.text for row in IntendedResult.objects.order_by("order")),
            *sorted({row.way_of_working for row in event.objects.all()}),
        ]


def write(told, text, by=None):
    with told.acting(by or told.advisor.user) as actor:
        values = {**trajectories.TERMS, "way_of_working": text}
        services.save_agreement(actor=actor, trajectory=told.trajectory, values=values, results=[(text, 2)])


def test_draft_of_an_agreement_is_its_writers_alone_and_lapses(client):
    told, other = trajectories.walk("intake_done"), successor()
    write(told, "Half bedacht")
    assert sight_of_texts(told.advisor.user) == ["Half bedacht"] * 3
    assert sight_of_texts(told.participant) == []
    leave(told.advisor)
    hand_over(told, other)
    for person in (other.user, told.participant, told.advisor.user):
        assert sight_of_texts(person) == []
    client.force_login(other.user)
    page = client.get(reverse("trajectories:agreement_edit", args=[told.trajectory.reference]))
    assert "Half bedacht" not in page.content.decode()
    write(told, "Opnieuw bedacht", by=other.user)
    assert sight_of_texts(other.user) == ["Opnieuw bedacht"] * 3


def test_what_was_proposed_stays_with_the_case_but_not_how_it_was_written():
    told, other = trajectories.walk("intake_done"), successor()
    write(told, "Half bedacht")
    told.propose(way_of_working="Voorgelegd")
    leave(told.advisor)
    hand_over(told, other)
    texts = sight_of_texts(other.user)
    assert "Voorgelegd" in texts
    assert "Half bedacht" not in texts
    told.advisor = other
    told.propose(way_of_working="Nieuw voorstel")
    assert sight_of_texts(told.participant)[:2] == ["Voorgelegd", "Nieuw voorstel"]


def test_what_was_being_typed_goes_to_nobody(client):
    told, other = trajectories.walk("intake_planned"), successor()
    client.force_login(told.advisor.user)
    url = reverse("trajectories:intake", args=[told.trajectory.reference])
    data = {"keep": "typing", "version": told.trajectory.version, "question_clear_note": "Half getypt"}
    client.post(url, data, headers={"HX-Request": "true"})
    leave(told.advisor)
    hand_over(told, other)
    with as_owner():
        assert not PageDraft.objects.exists()


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
