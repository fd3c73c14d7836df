"""Inviting to career advice: the employee decides, the referrer learns the least (decisions 11 and 26)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from portal import clock
from portal.delivery.models import Mail
from portal.interface.moments import day
from portal.people.enums import Role
from portal.privacy.viewer import viewing
from tests.factories import advisors, people, trajectories
from tests.factories.database import as_owner
from tests.trajectories.pagetext import words
from trajectories import services
from trajectories.errors import Blocked, NotYours
from trajectories.models import Decline, Referral, Request, Trajectory
from trajectories.queries.referrals import sent_by

pytestmark = pytest.mark.django_db
REASON = "Je zei dat je iets anders wilt. Praat er eens over met iemand die daar verstand van heeft."


@pytest.fixture
def manager():
    return people.employee("Hanneke Bos")


@pytest.fixture
def told(manager):
    return trajectories.story(participant=people.employee("Samira el Idrissi", manager=manager))


def invite(told, by, **fields):
    with told.acting(by, days=0) as actor:
        return services.refer(actor=actor, employee=told.participant, reason=REASON, **fields)


def state_for(told, referrer):
    with viewing(referrer):
        return Referral.objects.get(referrer=referrer).state


def accept(told, referral):
    told.request(referral=referral)


def walk_to_start(told, referral):
    accept(told, referral)
    for step in (told.assign, told.plan_intake, told.record_intake, told.propose, told.sign):
        step()


def test_manager_invites_and_the_employee_reads_exactly_that(client, manager, told):
    client.force_login(manager)
    data = {"employee": told.participant.reference, "reason": REASON}
    assert client.post(reverse("trajectories:refer"), data)["Location"] == reverse("trajectories:referrals")
    with viewing(told.participant):
        referral = Referral.objects.get()
        assert (referral.route, referral.frame, referral.reason) == ("manager", "voluntary_policy", REASON)
        assert not Trajectory.objects.exists()
    client.force_login(told.participant)
    page = words(client.get(reverse("trajectories:invitation", args=[referral.reference])))
    assert REASON in page
    assert "Uw leidinggevende hoort of u meedoet, wanneer het begint en wanneer het eindigt." in page
    assert "U bent uitgenodigd" in client.get(reverse("home")).content.decode()


def test_whole_page_of_the_manager(client, manager, told):
    referral = invite(told, manager)
    walk_to_start(told, referral)
    other = people.employee("Joost Vrij", manager=manager)
    with told.acting(manager) as actor:
        no = services.refer(actor=actor, employee=other, reason=REASON)
    with told.acting(other, days=0) as actor:
        services.decline(actor=actor, referral=no)
    client.force_login(manager)
    with viewing(manager):
        started, sent = Referral.objects.get(pk=referral.pk), Referral.objects.get(pk=no.pk)
    assert words(client.get(reverse("trajectories:referrals"))) == (
        "Uitnodigingen U stelt loopbaanadvies voor, de medewerker beslist. U ziet of het is aangenomen of"
        " afgewezen, wanneer het begint en wanneer het eindigt. Uw uitnodigingen, de nieuwste eerst Wie"
        f" Verstuurd Stand van zaken Joost Vrij {day(sent.sent_at)} Afgewezen"
        f" Samira el Idrissi {day(started.sent_at)} Begonnen op {day(started.started_on)}"
        " Loopbaanadvies voorstellen"
    )


def test_referrer_sees_state_only_and_never_the_case(manager, told):
    referral = invite(told, manager)
    assert state_for(told, manager) == "sent"
    walk_to_start(told, referral)
    assert state_for(told, manager) == "started"
    told.end("stopped_early")
    with viewing(manager):
        row = Referral.objects.get()
        assert row.state == "ended"
        assert row.started_on
        assert row.ended_on
        assert row.started_on < row.ended_on
        assert Trajectory.objects.count() == Request.objects.count() == 0


def test_reopening_tells_the_referrer_nothing(manager, told):
    referral = invite(told, manager)
    walk_to_start(told, referral)
    told.close()
    told.rate()
    assert state_for(told, manager) == "ended"
    with told.acting(told.participant) as actor:
        services.reopen(actor=actor, trajectory=told.trajectory, reason="Nog een vraag.")
    assert state_for(told, manager) == "ended"


def test_accepting_is_sending_the_request(client, manager, told):
    advisors.question_type("other_role_inside")
    referral = invite(told, manager)
    client.force_login(told.participant)
    url = f"{reverse('trajectories:request')}?invitation={referral.reference}"
    page = client.get(url).content.decode()
    assert 'name="route"' not in page
    data = {"question": "Wat past bij mij?", "question_types": ["other_role_inside"], "language": "nl"}
    client.post(url, data | {"route": "self", "frame": "social_plan"})
    with viewing(told.participant):
        case = Trajectory.objects.get()
        assert (case.route, case.frame, case.request.referral) == ("manager", "voluntary_policy", referral)
    assert state_for(told, manager) == "accepted"
    again = client.post(url, data)
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("frame", "hr_sees", "coordinator_sees"),
    [("voluntary_policy", "declined", 0), ("social_plan", "declined", 1), ("other_required", "sent", 1)],
)
def test_who_learns_of_declining(told, frame, hr_sees, coordinator_sees):
    hr = people.holder(Role.HR, "Els Prins")
    referral = invite(told, hr, frame=frame)
    with told.acting(told.participant) as actor:
        services.decline(actor=actor, referral=referral)
    assert state_for(told, hr) == hr_sees
    with viewing(told.coordinator):
        assert Decline.objects.count() == coordinator_sees
        assert Referral.objects.count() == 0
    with viewing(hr):
        assert Decline.objects.count() == 0


def test_who_may_not_hear_the_no_does_not_hear_the_yes(client, told):
    hr = people.holder(Role.HR, "Els Prins")
    referral = invite(told, hr, frame="other_required")
    accept(told, referral)
    assert state_for(told, hr) == "sent"
    with as_owner():
        assert not Mail.objects.filter(key=f"referral:{referral.reference}:answered").exists()
    client.force_login(told.participant)
    url = reverse("trajectories:invitation", args=[referral.reference])
    assert "U hebt deze uitnodiging aangenomen." in words(client.get(url))
    assert client.post(url).status_code == 409
    assert "U bent uitgenodigd" not in client.get(reverse("home")).content.decode()
    for step in (told.assign, told.plan_intake, told.record_intake, told.propose, told.sign):
        step()
    assert state_for(told, hr) == "started"


def test_hr_of_a_faculty_where_somebody_worked_has_no_say(told):
    hr = people.holder(Role.HR, "Els Prins", of=people.faculty("SCI"))
    invite(told, hr)
    told.participant.appointments.update(ends_on=told.moment.date() - timedelta(days=1))
    other = people.holder(Role.HR, "Tom Smit", of=people.faculty("SCI"))
    with pytest.raises(NotYours):
        invite(told, other)
    with clock.frozen(told.moment), viewing(hr):
        assert [getattr(row, "counts", None) for row in sent_by(hr)] == [False]


def test_coordinator_reads_declined_and_nothing_else(client, told):
    hr = people.holder(Role.HR, "Els Prins")
    referral = invite(told, hr, frame="reorganisation")
    with told.acting(told.participant) as actor:
        services.decline(actor=actor, referral=referral)
    client.force_login(told.coordinator)
    page = client.get(reverse("trajectories:board")).content.decode()
    assert "Wees een verplicht traject af" in page
    assert "Samira el Idrissi" in page
    assert "Els Prins" not in page
    assert REASON not in page


def test_required_frame_says_who_is_told_before_anything_is_entered(client, told):
    hr = people.holder(Role.HR, "Els Prins")
    referral = invite(told, hr, frame="social_plan")
    client.force_login(told.participant)
    page = words(client.get(reverse("trajectories:invitation", args=[referral.reference])))
    assert "Een verplicht traject" in page
    assert "HR legt het vast en vertelt uw leidinggevende dat er een traject is." in page
    assert "zien de coördinator van de loopbaandienst en HR ‘afgewezen’" in page
    accept(told, referral)
    page = words(client.get(reverse("trajectories:page", args=[told.trajectory.reference])))
    assert "HR legt het vast en vertelt uw leidinggevende dat er een traject is." in page
    assert "Uw leidinggevende weet niet van dit traject" not in page


def test_one_invites_only_ones_own_people(manager, told):
    stranger = people.employee("Wouter Hoekstra")
    elsewhere = people.holder(Role.HR, "Tom Smit", of=people.faculty("LAW"))
    for actor in (stranger, elsewhere, told.participant):
        with pytest.raises(NotYours):
            invite(told, actor)
    here = people.holder(Role.HR, "Fien Smit", of=people.faculty("SCI"))
    assert invite(told, here).route == "hr"
    for blank in (" ", "\n\t"):
        with viewing(manager), pytest.raises(Blocked):
            services.refer(actor=manager, employee=told.participant, reason=blank)
    invite(told, manager)
    with pytest.raises(Blocked, match="al uitgenodigd"):
        invite(told, manager)


def test_manager_cannot_require(manager, told):
    assert invite(told, manager, frame="social_plan").frame == "voluntary_policy"


def test_form_refuses_somebody_elses_people(client, manager, told):
    client.force_login(manager)
    other = people.employee("Iemand Anders")
    answer = client.post(reverse("trajectories:refer"), {"employee": other.reference, "reason": REASON})
    assert answer.status_code == 422
    assert REASON in answer.content.decode()
    client.force_login(people.holder(Role.HR, "Tom Smit", of=people.faculty("LAW")))
    data = {"address": told.participant.email, "frame": "social_plan", "reason": REASON}
    answer = client.post(reverse("trajectories:refer"), data)
    assert "U kunt deze medewerker niet uitnodigen." in answer.content.decode()
    answer = client.post(reverse("trajectories:refer"), data | {"address": "niemand@universiteit.example"})
    assert "Geen medewerker heeft dit adres." in answer.content.decode()
    with as_owner():
        assert not Referral.objects.exists()


def test_running_trajectory_stays_unknown_to_who_invites(client, manager, told):
    trajectories.advance(told, "assigned")
    referral = invite(told, manager)
    client.force_login(told.participant)
    page = words(client.get(reverse("trajectories:invitation", args=[referral.reference])))
    assert "Wie u uitnodigde, weet dat niet" in page
    client.post(reverse("trajectories:invitation", args=[referral.reference]))
    assert state_for(told, manager) == "declined"


def test_answering_twice_and_by_others_is_refused(client, manager, told):
    referral = invite(told, manager)
    url = reverse("trajectories:invitation", args=[referral.reference])
    for person in (manager, told.coordinator, people.employee("Iemand Anders")):
        client.force_login(person)
        assert client.post(url).status_code == 404
    client.force_login(told.participant)
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 409


def test_mails_are_neutral(manager, told):
    referral = invite(told, manager)
    with told.acting(told.participant) as actor:
        services.decline(actor=actor, referral=referral)
    with as_owner():
        mails = {mail.recipient_id: mail for mail in Mail.objects.filter(key__startswith="referral:")}
    assert set(mails) == {manager.pk, told.participant.pk}
    for mail in mails.values():
        assert mail.subject == "Een bericht van Loopbaan & Ontwikkeling"
        for secret in (REASON[:20], "Samira el", "Bos", "fgewezen", "declined", "oopbaanadvies"):
            assert secret not in mail.text.replace("Beste Samira el Idrissi", "").replace(
                "Beste Hanneke Bos", ""
            )


def test_taking_back_an_accepted_request_ends_it_for_the_referrer(manager, told):
    referral = invite(told, manager)
    accept(told, referral)
    with told.acting(told.participant) as actor:
        services.move(actor=actor, trajectory=told.trajectory, to="withdrawn")
    assert state_for(told, manager) == "ended"
    with as_owner():
        assert not Trajectory.objects.exists()


def test_advisor_reads_who_asked_on_the_page_of_the_client(client, manager, told):
    referral = invite(told, manager)
    accept(told, referral)
    for step in (told.assign, told.plan_intake, told.record_intake, told.align):
        step()
    client.force_login(told.advisor.user)
    page = words(client.get(reverse("trajectories:client", args=[told.trajectory.reference])))
    assert "Hanneke Bos schreef op" in page
    assert REASON in page
