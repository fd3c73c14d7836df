"""The wall follows the role: an advisor whose role has ended sees nothing, and the people of the case are told."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from portal import clock
from portal.delivery.jobs import handler_of
from portal.delivery.models import Job, Mail
from portal.people.enums import Role
from portal.people.models import RoleGrant, User
from portal.privacy import wall
from portal.privacy.viewer import viewing
from tests.factories import advisors, people, trajectories
from tests.factories.database import as_owner
from tests.trajectories.pagetext import words
from trajectories.enums import Notebook
from trajectories.errors import Blocked, NotYours
from trajectories.models import Conversation, Trajectory
from trajectories.services.handing_over import ask_other_advisor, hand_over, tell_alone
from trajectories.services.talking import plan_conversation
from trajectories.tasks import tell_alone as scan

pytestmark = pytest.mark.django_db
TABLES = [
    model
    for model in apps.get_app_config("trajectories").get_models()
    if model._meta.managed and not wall.is_closed(model)
]


def end_role(advisor, ends_on=None):
    """End the role, yesterday unless told; what was read of it on this person before is forgotten."""
    with as_owner():
        RoleGrant.objects.filter(user=advisor.user, role=Role.ADVISOR).update(
            ends_on=ends_on or clock.today() - timedelta(days=1)
        )
    advisor.user = User.objects.get(pk=advisor.user_id)


def sight(viewer):
    with viewing(viewer):
        return {model.__name__: model._default_manager.count() for model in TABLES}


@pytest.fixture
def told():
    story = trajectories.walk("in_progress")
    story.talk("Samen afgesproken.", own="Alleen voor Mirjam")
    story.note(Notebook.SHARED, "Voor ons beiden.")
    return story


def test_sight_ends_with_the_role_in_every_table_and_comes_back_with_it(told):
    before, participants = sight(told.advisor.user), sight(told.participant)
    assert before["Trajectory"] == before["Request"] == before["Agreement"] == 1
    assert before["NotebookEntry"] == 3
    end_role(told.advisor)
    assert sight(told.advisor.user) == dict.fromkeys(before, 0)
    assert sight(told.participant) == participants
    end_role(told.advisor, ends_on=clock.today())
    assert sight(told.advisor.user) == before


def test_former_advisor_who_coordinates_sees_no_more_than_a_coordinator(client, told):
    end_role(told.advisor)
    people.role(told.advisor.user, Role.COORDINATOR)
    assert sight(told.advisor.user) == sight(told.coordinator)
    client.force_login(told.advisor.user)
    for page in ("page", "intake", "agreement"):
        url = reverse(f"trajectories:{page}", args=[told.trajectory.reference])
        assert client.get(url).status_code == 404, page


def test_former_advisor_takes_no_step(told):
    end_role(told.advisor)
    with pytest.raises(NotYours):
        told.note(Notebook.SHARED, "Nog iets.", by=told.advisor.user)


def alone_mails():
    with as_owner():
        rows = Mail.objects.filter(key__contains=":alone-since-")
        return sorted((mail.recipient_id, mail.text.splitlines()[2]) for mail in rows)


def test_participant_and_coordinators_are_told_once_for_each_advisor(told):
    scan()
    assert alone_mails() == []
    end_role(told.advisor)
    for _twice in range(2):
        scan()
    first = [
        (
            told.participant.pk,
            "Uw adviseur kan niet verder. De loopbaandienst zoekt een andere adviseur voor u.",
        ),
        (told.coordinator.pk, "Een traject heeft een andere adviseur nodig."),
    ]
    assert alone_mails() == sorted(first)
    other = advisors.advisor("Joost Opvolger")
    told.moment = clock.now()
    with told.acting(told.coordinator) as actor:
        hand_over(actor=actor, trajectory=told.trajectory, advisor=other.reference)
    end_role(other)
    scan()
    assert alone_mails() == sorted(first * 2)


def test_who_asked_for_another_advisor_is_not_told_again(told):
    told.moment = clock.now()
    with told.acting(told.participant, days=0) as actor:
        ask_other_advisor(actor=actor, trajectory=told.trajectory)
    with viewing(told.coordinator):
        tell_alone(actor=told.coordinator)
    assert alone_mails() == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Wie is aan zet De loopbaandienst Zoek een andere adviseur"),
        ("en", "Whose turn it is The career service's Find another advisor"),
    ],
)
def test_page_of_the_participant_says_who_is_to_act(client, told, language, sentence):
    end_role(told.advisor)
    client.force_login(told.participant)
    with translation.override(language):
        url = reverse("trajectories:page", args=[told.trajectory.reference])
    page = words(client.get(url))
    assert sentence in page


def test_case_waits_on_the_board_and_nobody_offers_the_former_advisor(client, told):
    end_role(told.advisor)
    waiting = trajectories.walk(
        "requested",
        participant=people.employee("Lena Post"),
        advisor=told.advisor,
        coordinator=told.coordinator,
    )
    client.force_login(told.coordinator)
    board = words(client.get(reverse("trajectories:board")))
    assert "Mirjam de Wit Is geen adviseur meer." in board
    assert "1 traject heeft een andere adviseur nodig." in words(client.get(reverse("home")))
    assign = words(client.get(reverse("trajectories:assign", args=[waiting.trajectory.reference])))
    assert "Mirjam de Wit Neemt geen nieuwe trajecten aan." in assign
    with viewing(told.coordinator):
        assert Trajectory.objects.filter(advisor=told.advisor.user).count() == 1


def planned(told):
    """Two talks to come, and one that was not recorded yet; told now."""
    told.moment = clock.now()
    talks = []
    for days in (4, 12):
        starts = clock.now() + timedelta(days=days)
        with told.acting(told.advisor.user, days=0) as actor:
            args: dict[str, Any] = {"starts_at": starts, "ends_at": starts + timedelta(hours=1)}
            talks.append(plan_conversation(actor=actor, trajectory=told.trajectory, **args))
    with as_owner():
        ago = clock.now() - timedelta(days=2)
        Conversation.objects.filter(pk=talks[1].pk).update(starts_at=ago, ends_at=ago + timedelta(hours=1))
    return talks


def work_off():
    with as_owner():
        jobs = list(Job.objects.filter(name="trajectories.left_alone").select_related("viewer"))
    for job in jobs:
        with viewing(job.viewer):
            handler_of(job.name)(job)
    return len(jobs)


@pytest.mark.parametrize("how", ["role", "account"])
def test_what_was_planned_is_called_off_in_both_calendars_and_nothing_new_is_planned(client, told, how):
    coming, unrecorded = planned(told)
    end_role(told.advisor)
    if how == "account":
        with as_owner():
            RoleGrant.objects.filter(user=told.advisor.user).update(ends_on=None)
            User.objects.filter(pk=told.advisor.user_id).update(is_active=False)
    for _twice in range(2):
        scan()
        assert work_off() == 1
    with viewing(told.participant):
        states = dict(
            Conversation.objects.filter(pk__in=[coming.pk, unrecorded.pk]).values_list("pk", "state")
        )
        assert not Conversation.objects.get(pk=coming.pk).was_cancelled_late
    assert states == {coming.pk: "cancelled", unrecorded.pk: "planned"}
    with as_owner():
        off = Mail.objects.filter(key__startswith=f"conversation:{coming.reference}:1")
        told_people = {mail.recipient_id for mail in off}
    assert told_people == {told.participant.pk, *([told.advisor.user_id] if how == "role" else [])}
    client.force_login(told.participant)
    page = words(client.get(reverse("trajectories:page", args=[told.trajectory.reference])))
    assert "Wat gepland was, gaat niet door." in page
    starts = clock.now() + timedelta(days=5)
    args: dict[str, Any] = {"starts_at": starts, "ends_at": starts + timedelta(hours=1)}
    with viewing(told.participant), pytest.raises(Blocked) as refusal:
        plan_conversation(actor=told.participant, trajectory=told.trajectory, **args)
    assert refusal.value.sentences == [
        "Uw adviseur kan niet verder. U kunt weer plannen zodra er een andere adviseur is."
    ]


def test_who_asked_for_another_keeps_no_talk_with_one_whose_role_ends(told):
    coming, _unrecorded = planned(told)
    with told.acting(told.participant, days=0) as actor:
        ask_other_advisor(actor=actor, trajectory=told.trajectory)
    scan()
    assert work_off() == 0
    end_role(told.advisor)
    scan()
    assert work_off() == 1
    with viewing(told.participant):
        assert Conversation.objects.get(pk=coming.pk).state == "cancelled"


def test_role_that_came_back_in_time_leaves_the_talks(told):
    coming, _unrecorded = planned(told)
    end_role(told.advisor)
    scan()
    end_role(told.advisor, ends_on=clock.today())
    work_off()
    with viewing(told.participant):
        assert Conversation.objects.get(pk=coming.pk).state == "planned"


def test_intake_of_somebody_whose_role_ended_is_planned_anew_later(client):
    told = trajectories.walk("assigned", moment=clock.now() - timedelta(days=3))
    told.plan_intake()
    end_role(told.advisor)
    scan()
    work_off()
    with viewing(told.participant):
        assert Conversation.objects.get().state == "cancelled"
    assert told.trajectory.intake_at is None
    client.force_login(told.participant)
    answer = client.get(reverse("trajectories:plan_intake", args=[told.trajectory.reference]))
    assert answer.status_code in (200, 302)
