"""Invitations that do not count any more: taken back by who sent them, or lapsed because the manager changed."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from portal.delivery.models import Mail
from portal.interface.moments import day
from portal.organisation.models import Appointment
from portal.people.enums import Role
from portal.people.models import RoleGrant
from portal.privacy.viewer import viewing
from tests.factories import advisors, people, trajectories
from tests.factories.database import as_owner
from tests.trajectories.pagetext import words
from trajectories import services
from trajectories.errors import Blocked, Lapsed, NoSuchMove, NotYours
from trajectories.models import Referral, Trajectory

pytestmark = pytest.mark.django_db
REASON = "Praat er eens over."


@pytest.fixture
def manager():
    return people.employee("Hanneke Bos")


@pytest.fixture
def told(manager):
    return trajectories.story(participant=people.employee("Samira el Idrissi", manager=manager))


@pytest.fixture
def referral(told, manager):
    with told.acting(manager, days=0) as actor:
        return services.refer(actor=actor, employee=told.participant, reason=REASON)


def change_manager(told):
    with as_owner():
        Appointment.objects.filter(user=told.participant).update(manager=people.employee("Nieuwe Baas"))


def leave_hr(_told):
    with as_owner():
        RoleGrant.objects.filter(role=Role.HR).update(is_confirmed=False)


def state(referral):
    with as_owner():
        return Referral.objects.get(pk=referral.pk).state


def asked(client, told, referral):
    advisors.question_type("other_role_inside")
    client.force_login(told.participant)
    url = f"{reverse('trajectories:request')}?invitation={referral.reference}"
    data = {"question": "Wat past bij mij?", "question_types": ["other_role_inside"], "language": "nl"}
    return client.post(url, data)


def test_taken_back_in_one_act_and_the_employee_is_told(client, manager, told, referral):
    client.force_login(manager)
    assert "Nog geen antwoord Terugnemen" in words(client.get(reverse("trajectories:referrals")))
    url = reverse("trajectories:recall", args=[referral.reference])
    assert client.post(url).status_code == 302
    assert words(client.get(reverse("trajectories:referrals"))).endswith(
        f"Samira el Idrissi {day(referral.sent_at)} Teruggenomen Loopbaanadvies voorstellen"
    )
    assert client.post(url).status_code == 409
    with as_owner():
        mail = Mail.objects.get(key=f"referral:{referral.reference}:recalled")
    assert (mail.recipient, "Hanneke" in mail.text) == (told.participant, False)
    client.force_login(told.participant)
    assert "U bent uitgenodigd" not in words(client.get(reverse("home")))
    page = words(client.get(reverse("trajectories:invitation", args=[referral.reference])))
    assert "Deze uitnodiging geldt niet meer." in page
    assert "Afwijzen" not in page


def test_taking_back_is_the_senders_own(client, told, referral):
    for person in (told.participant, people.employee("Iemand Anders"), told.coordinator):
        with viewing(person), pytest.raises(NotYours):
            services.recall(actor=person, referral=referral)
    other = people.employee("Andere Baas")
    people.employee("Iemand Onder", manager=other)
    client.force_login(other)
    url = reverse("trajectories:recall", args=[referral.reference])
    assert client.post(url).status_code == 404
    assert client.get(url).status_code == 405
    assert state(referral) == "sent"


def test_answered_one_stays(manager, told, referral):
    told.request(referral=referral)
    with viewing(manager), pytest.raises(NoSuchMove):
        services.recall(actor=manager, referral=referral)
    with viewing(manager), transaction.atomic():
        assert Referral.objects.filter(pk=referral.pk).update(state="recalled") == 0
    assert state(referral) == "accepted"


def test_nobody_changes_whom_or_what_was_sent(manager, referral):
    with viewing(manager), pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(frame="social_plan")


def test_a_new_one_may_follow(manager, told, referral):
    with told.acting(manager) as actor:
        services.recall(actor=actor, referral=referral)
        services.refer(actor=actor, employee=told.participant, reason="Toch nog eens.")


@pytest.mark.parametrize("act", ["recall", "change"])
def test_answer_that_comes_too_late_gives_the_text_back(client, manager, told, referral, act):
    if act == "recall":
        with viewing(manager):
            services.recall(actor=manager, referral=referral)
    else:
        change_manager(told)
    answer = asked(client, told, referral)
    assert answer.status_code == 409
    page = words(answer)
    assert "Deze uitnodiging geldt niet meer. U kunt zelf loopbaanadvies aanvragen." in page
    assert "Wat past bij mij?" in page
    with viewing(told.participant), pytest.raises(Lapsed):
        services.decline(actor=told.participant, referral=referral)
    with viewing(told.participant):
        assert not Trajectory.objects.exists()


@pytest.mark.parametrize(("route", "ends"), [("manager", change_manager), ("hr", leave_hr)])
def test_who_lost_the_say_is_told_nothing_any_more(client, manager, told, route, ends):
    sender = manager if route == "manager" else people.holder(Role.HR, "Els Prins", of=people.faculty("SCI"))
    with told.acting(sender, days=0) as actor:
        row = services.refer(actor=actor, employee=told.participant, reason=REASON)
    told.request(referral=row)
    told.assign()
    ends(told)
    told.end("withdrawn")
    assert state(row) == "accepted"


def test_lapsed_one_says_so_to_both(client, manager, told, referral):
    change_manager(told)
    people.employee("Nog Iemand", manager=manager)
    client.force_login(manager)
    assert "Vervallen: u gaat niet meer over deze medewerker" in words(
        client.get(reverse("trajectories:referrals"))
    )
    client.force_login(told.participant)
    assert "U bent uitgenodigd" not in words(client.get(reverse("home")))
    page = words(client.get(reverse("trajectories:invitation", args=[referral.reference])))
    assert "Deze uitnodiging geldt niet meer." in page


@pytest.mark.parametrize(
    "way",
    [{"route": "manager"}, {"route": "hr"}, {"frame": "social_plan"}, {"frame": "other_required"}],
    ids=str,
)
def test_nobody_comes_that_way_without_an_invitation(client, told, way):
    advisors.question_type("other_role_inside")
    client.force_login(told.participant)
    page = client.get(reverse("trajectories:request")).content.decode()
    assert f'value="{next(iter(way.values()))}"' not in page
    data = {
        "question": "Wat nu?",
        "question_types": ["other_role_inside"],
        "language": "nl",
        "route": "self",
        "frame": "voluntary_policy",
        **way,
    }
    assert client.post(reverse("trajectories:request"), data).status_code == 422
    given = {"question": "Wat nu?", "question_types": (), "frame": "voluntary_policy", **way}
    with viewing(told.participant), pytest.raises(Blocked, match="uitnodiging"):
        services.request_trajectory(actor=told.participant, **given)
