"""Another advisor: who can't go on shows on the board, one act hands over, the participant decides what is read back."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from advisors.enums import Gone
from portal import clock
from portal.delivery.models import Mail
from portal.people.enums import Role
from portal.people.models import RoleGrant
from portal.privacy.viewer import viewing
from tests.factories import advisors, people, trajectories
from tests.factories.database import as_owner
from tests.trajectories.pagetext import words
from trajectories import services
from trajectories.enums import Notebook
from trajectories.errors import Blocked, NotYours, Stale
from trajectories.models import (
    Agreement,
    Conversation,
    Handover,
    IntakeAspect,
    NotebookEntry,
    Plan,
    Trajectory,
)
from trajectories.queries.handing_over import alone

pytestmark = pytest.mark.django_db
STATUSES = [
    "assigned",
    "intake_planned",
    "intake_done",
    "client_alignment",
    "agreement_proposed",
    "in_progress",
    "on_hold",
    "closing",
]


def account(advisor):
    advisor.user.is_active = False
    advisor.user.save()


def role(advisor):
    RoleGrant.objects.filter(user=advisor.user).update(ends_on=clock.today() - timedelta(days=1))


def certificate(advisor):
    advisor.certificates.update(valid_until=clock.today() - timedelta(days=1))


def contract(advisor):
    agency = advisors.provider(contract_ends_on=clock.today() - timedelta(days=1))
    advisor.kind, advisor.provider = "external", agency
    advisor.save()


def absent(advisor):
    today = clock.today()
    advisor.absences.create(starts_on=today - timedelta(days=3), ends_on=today + timedelta(days=40))


LEAVING = {
    account: Gone.ACCOUNT,
    role: Gone.ROLE,
    certificate: Gone.CERTIFICATE,
    contract: Gone.CONTRACT,
    absent: Gone.ABSENT,
}


def leave(advisor, how=account):
    with as_owner():
        how(advisor)


def successor(name="Joost Opvolger"):
    return advisors.advisor(name)


def hand_over(told, to, by=None):
    with told.acting(by or told.coordinator) as actor:
        return services.hand_over(actor=actor, trajectory=told.trajectory, advisor=to.reference)


def seen(viewer, model, case):
    with viewing(viewer):
        return model.objects.filter(trajectory=case).count()


@pytest.mark.parametrize("how", LEAVING, ids=lambda how: how.__name__)
@pytest.mark.parametrize("status", ["assigned", "in_progress"])
def test_board_shows_who_is_alone_and_why(client, how, status):
    told = trajectories.walk(status)
    with told.acting(told.coordinator, days=0) as actor:
        assert alone(actor) == []
    leave(told.advisor, how)
    client.force_login(told.coordinator)
    page = words(client.get(reverse("trajectories:board")))
    assert "Een andere adviseur nodig" in page
    assert f"Mirjam de Wit {LEAVING[how].label}" in page


def test_short_absence_leaves_nobody_alone():
    told = trajectories.walk("in_progress")
    with as_owner():
        told.advisor.absences.create(starts_on=clock.today(), ends_on=clock.today() + timedelta(days=20))
    with viewing(told.coordinator):
        assert alone(told.coordinator) == []


@pytest.mark.parametrize("status", STATUSES)
def test_one_act_hands_over_and_the_old_advisor_loses_sight(client, status):
    told, other = trajectories.walk(status), successor()
    old, case = told.advisor.user, told.trajectory
    leave(told.advisor, certificate)
    client.force_login(told.coordinator)
    url = reverse("trajectories:hand_over", args=[case.reference])
    assert client.post(url, {"assign": other.reference, "version": case.version}).status_code == 302
    assert told.trajectory.advisor == other.user
    for model in (Agreement, Conversation, Handover, IntakeAspect, NotebookEntry, Plan):
        assert seen(old, model, case) == 0, model
    with viewing(old):
        assert not Trajectory.objects.filter(pk=case.pk).exists()
    client.force_login(old)
    assert client.get(reverse("trajectories:page", args=[case.reference])).status_code == 404
    client.force_login(other.user)
    page = words(client.get(reverse("trajectories:page", args=[case.reference])))
    assert "U nam dit traject over van Mirjam de Wit." in page
    with as_owner():
        mailed = set(Mail.objects.filter(key__contains=":handover-").values_list("recipient_id", flat=True))
    assert mailed == {told.participant.pk, other.user.pk, old.pk}


def test_own_notes_never_move_and_the_rest_only_with_consent():
    told, other = trajectories.walk("in_progress"), successor()
    told.talk("Samen afgesproken.", own="Alleen voor Mirjam")
    told.note(Notebook.OWN_PARTICIPANT, "Alleen voor mij")
    leave(told.advisor)
    hand_over(told, other)
    case = told.trajectory
    before = [seen(other.user, model, case) for model in (NotebookEntry, IntakeAspect, Agreement)]
    assert before == [0, 0, 1]
    with told.acting(told.participant) as actor:
        services.answer_handover(actor=actor, trajectory=case, reads_back=True)
    with viewing(other.user):
        texts = set(NotebookEntry.objects.filter(trajectory=case).values_list("kind", flat=True))
    assert texts == {Notebook.SHARED}
    assert seen(other.user, IntakeAspect, case) > 5
    with viewing(told.participant):
        assert NotebookEntry.objects.filter(trajectory=case).count() == 2  # shared texts and one's own stay
    with as_owner():
        assert NotebookEntry.objects.filter(kind=Notebook.OWN_ADVISOR).count() == 1


def test_what_the_new_advisor_writes_is_theirs_to_read_without_consent():
    told, other = trajectories.walk("in_progress"), successor()
    told.note(Notebook.SHARED, "Van vroeger")
    told.moment += timedelta(days=1)
    leave(told.advisor)
    hand_over(told, other)
    told.note(Notebook.SHARED, "Van nu")
    with viewing(other.user):
        assert [entry.text for entry in NotebookEntry.objects.all()] == ["Van nu"]


def test_nobody_but_the_participant_opens_what_was_before():
    told, other = trajectories.walk("in_progress"), successor()
    leave(told.advisor)
    hand_over(told, other)
    for person in (other.user, told.coordinator):
        with (
            viewing(person),
            pytest.raises(DatabaseError, match="only the participant"),
            transaction.atomic(),
        ):
            Trajectory.objects.filter(pk=told.trajectory.pk).update(may_read_back=True)
        with told.acting(person) as actor, pytest.raises(NotYours):
            services.answer_handover(actor=actor, trajectory=told.trajectory, reads_back=True)


def test_nobody_changes_the_advisor_past_the_function():
    told, other = trajectories.walk("in_progress"), successor()
    for person in (told.advisor.user, told.coordinator, told.participant):
        with viewing(person), pytest.raises(DatabaseError), transaction.atomic():
            Trajectory.objects.filter(pk=told.trajectory.pk).update(advisor=other.user)
    for person in (told.advisor.user, people.employee("Iemand Anders")):
        with viewing(person), connection.cursor() as cursor:
            call = (
                "select trajectories_hand_over(%s, %s, now()), (select count(*) from trajectories_wish(%s))"
            )
            cursor.execute(call, [told.trajectory.pk, other.user.pk, told.trajectory.pk])
            assert cursor.fetchone() == (False, 0)


def test_coordinator_sees_reasons_without_the_question(client):
    told = trajectories.walk("in_progress")
    successor()
    advisors.advisor("Vera Vol", maximum_caseload=1, languages={})
    leave(told.advisor)
    client.force_login(told.coordinator)
    page = words(client.get(reverse("trajectories:hand_over", args=[told.trajectory.reference])))
    assert "Werkt vaak met vragen zoals deze." in page
    assert "Vera Vol Spreekt niet goed genoeg Nederlands voor een heel traject." in page
    assert trajectories.QUESTION not in page
    with as_owner():
        labels = [kind.label for kind in told.advisor.question_types.all()]
    assert not [label for label in labels if label in page]


def test_blocked_advisor_and_advisor_of_the_own_faculty_are_refused():
    told = trajectories.walk("in_progress")
    full, near = advisors.advisor("Vera Vol"), advisors.advisor(person=people.employee("Nina Nabij"))
    with as_owner():
        full.is_active = False
        full.save()
    leave(told.advisor)
    for advisor, sentence in ((full, "Neemt geen nieuwe trajecten aan"), (near, "Alleen de deelnemer")):
        with pytest.raises(Blocked, match=sentence):
            hand_over(told, advisor)
    hand_over(told, near, by=told.participant)
    assert told.trajectory.advisor == near.user


def test_case_whose_advisor_can_go_on_stays(client):
    told, other = trajectories.walk("in_progress"), successor()
    with pytest.raises(Blocked, match="die verder kan"):
        hand_over(told, other)
    client.force_login(told.coordinator)
    answer = client.get(reverse("trajectories:hand_over", args=[told.trajectory.reference]), follow=True)
    assert "Dit traject heeft een adviseur die verder kan." in words(answer)


def test_two_coordinators_at_once_the_second_is_told():
    told, other = trajectories.walk("in_progress"), successor()
    leave(told.advisor)
    version = told.trajectory.version
    hand_over(told, other)
    with told.acting(told.coordinator) as actor, pytest.raises((Stale, Blocked)):
        services.hand_over(
            actor=actor,
            trajectory=told.trajectory,
            advisor=successor("Nog Iemand").reference,
            version=version,
        )
    assert told.trajectory.advisor == other.user


def test_participant_may_choose_another_of_the_three(client):
    told = trajectories.walk("in_progress")
    other, third = successor(), advisors.advisor("Lies Keuze")
    leave(told.advisor)
    hand_over(told, other)
    client.force_login(told.participant)
    page = words(client.get(reverse("trajectories:page", args=[told.trajectory.reference])))
    assert "Joost Opvolger gaat met u verder" in page
    assert "Lies Keuze Werkt vaak met vragen zoals deze." in page
    url = reverse("trajectories:answer_handover", args=[told.trajectory.reference])
    client.post(url, {"advisor": third.reference, "reads_back": "yes"})
    case = told.trajectory
    assert (case.advisor, case.may_read_back) == (third.user, True)
    assert seen(other.user, Agreement, case) == 0
    page = words(client.get(reverse("trajectories:page", args=[case.reference])))
    assert "gaat met u verder" not in page
    assert client.post(url, {"advisor": successor("Niet Aangeboden").reference}).status_code == 409


def test_participant_asks_without_a_reason_and_the_board_shows_it(client):
    told, other = trajectories.walk("in_progress"), successor()
    client.force_login(told.participant)
    url = reverse("trajectories:ask_advisor", args=[told.trajectory.reference])
    for _twice in range(2):
        assert client.post(url).status_code == 302
    page = words(client.get(reverse("trajectories:page", args=[told.trajectory.reference])))
    assert "De loopbaandienst zoekt een andere adviseur voor u." in page
    with viewing(told.participant):
        assert Handover.objects.count() == 1
    client.force_login(told.coordinator)
    assert "De deelnemer vraagt om een andere adviseur." in words(client.get(reverse("trajectories:board")))
    hand_over(told, other)
    assert told.trajectory.advisor == other.user
    client.force_login(told.participant)
    page = words(client.get(reverse("trajectories:page", args=[told.trajectory.reference])))
    assert "U vroeg om een andere adviseur. Mirjam de Wit kan uw dossier niet meer openen." in page
    client.force_login(told.advisor.user)
    assert client.post(url).status_code == 404


def test_list_of_who_is_alone_costs_the_same_for_one_and_three():
    coordinator = people.holder(Role.COORDINATOR, "Karim Haddad")

    def one(number):
        return trajectories.walk(
            "in_progress",
            participant=people.employee(f"Deelnemer Nummer{number}"),
            advisor=advisors.advisor(f"Adviseur Nummer{number}"),
            coordinator=coordinator,
        )

    leave(one(1).advisor)
    counts = []
    for more in ((), (2, 3)):
        for number in more:
            leave(one(number).advisor)
        with viewing(coordinator), CaptureQueriesContext(connection) as found:
            assert len(alone(coordinator)) == 1 + len(more)
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_own_case_of_a_coordinator_is_not_theirs_to_hand_over(client):
    person = people.employee("Karim Haddad")
    people.role(person, Role.COORDINATOR)
    told = trajectories.walk("in_progress", participant=person)
    leave(told.advisor)
    client.force_login(person)
    assert "Een andere adviseur nodig" not in words(client.get(reverse("trajectories:board")))
    assert client.get(reverse("trajectories:hand_over", args=[told.trajectory.reference])).status_code == 404
