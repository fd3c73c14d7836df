"""The paying department sees cost and planning, signs, and learns nothing else (decisions 5 and 12)."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from portal import clock
from portal.delivery.jobs import handler_of
from portal.delivery.models import Job, Mail
from portal.interface.moments import day
from portal.privacy.viewer import viewing
from tests.factories import people, trajectories
from tests.factories.database import as_owner
from tests.trajectories.pagetext import words
from trajectories import services
from trajectories.errors import Blocked, NoSuchMove, Stale
from trajectories.models import Agreement, IntendedResult, PayerView, Trajectory
from trajectories.queries.facts import agreement_on_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return people.employee("Hanneke Bos")


@pytest.fixture
def told(manager):
    story = trajectories.story(participant=people.employee("Samira el Idrissi", manager=manager))
    trajectories.advance(story, "intake_done")
    story.propose(payer="department", cost=1250)
    return story


def view_of(told):
    with viewing(told.participant):
        return PayerView.objects.filter(trajectory=told.trajectory).latest("number")


def sign(told, person):
    with told.acting(person) as actor:
        agreement = agreement_on_table(told.trajectory)
        assert agreement
        services.sign(actor=actor, trajectory=told.trajectory, digest=agreement.digest)


def page_of_payer(client, told, manager):
    client.force_login(manager)
    return client.get(reverse("trajectories:payer", args=[view_of(told).reference]))


def test_payer_sees_nothing_until_the_participant_has_signed(client, told, manager):
    sign(told, told.advisor.user)
    assert page_of_payer(client, told, manager).status_code == 404
    with viewing(manager):
        assert PayerView.objects.count() == 0
    sign(told, told.participant)
    assert page_of_payer(client, told, manager).status_code == 200


def test_whole_page_of_the_payer(client, told, manager):
    told.sign()
    row = view_of(told)
    assert words(page_of_payer(client, told, manager)) == (
        "Kosten en planning Uw afdeling betaalt. U ziet kosten en planning, en niets van wat er besproken wordt."
        " Medewerker Samira el Idrissi Adviseur Mirjam de Wit"
        f" Planning Van {day(row.starts_on)} tot {day(row.ends_on)}, 4 gesprekken"
        " Kosten € 1.250"
        " Ik heb deze afspraken gelezen en ik ben akkoord Tekenen"
    )


def test_payers_signature_is_needed_and_starts_it(client, told, manager):
    told.sign()
    assert told.trajectory.status == "agreement_proposed"
    client.force_login(told.participant)
    page = client.get(reverse("trajectories:page", args=[told.trajectory.reference])).content.decode()
    assert "Wie betaalt, moet nog tekenen voor kosten en planning" in page
    client.force_login(manager)
    url = reverse("trajectories:payer", args=[view_of(told).reference])
    assert client.post(url, {"digest": view_of(told).digest}).status_code == 422
    client.post(url, {"digest": view_of(told).digest, "agrees": "on"})
    with as_owner():
        job = Job.objects.get(name="trajectories.payer_signed")
        assert job.viewer == told.participant
    for _again in range(2):
        with viewing(told.participant):
            handler_of(job.name)(job)
    assert told.trajectory.status == "in_progress"
    assert client.post(url, {"digest": view_of(told).digest, "agrees": "on"}).status_code == 409


def test_payer_reads_no_row_of_the_dossier(told, manager):
    told.sign()
    told.pay(manager)
    with viewing(manager):
        assert PayerView.objects.count() == 1
        counts = [model.objects.count() for model in (Trajectory, Agreement, IntendedResult)]
    assert counts == [0, 0, 0]


def test_nobody_signs_for_the_payer_and_nobody_changes_the_terms(told, manager):
    told.sign()
    row = view_of(told)
    for person in (told.participant, told.advisor.user):
        with viewing(person), pytest.raises(DatabaseError), transaction.atomic():
            PayerView.objects.filter(pk=row.pk).update(signed_at=clock.now())
    for person in (manager, told.advisor.user):
        with viewing(person), pytest.raises(DatabaseError), transaction.atomic():
            PayerView.objects.filter(pk=row.pk).update(cost=1)


def test_change_takes_the_view_away_and_asks_for_new_signatures(client, told, manager):
    told.sign()
    old = view_of(told)
    with told.acting(told.participant) as actor:
        services.return_agreement(actor=actor, trajectory=told.trajectory, reason="Te kort.")
    client.force_login(manager)
    assert client.get(reverse("trajectories:payer", args=[old.reference])).status_code == 404
    told.propose(payer="department", cost=900, way_of_working="Alleen gesprekken.")
    new = view_of(told)
    assert (new.number, new.cost, new.signed_at, new.shown_at) == (2, 900, None, None)
    client.force_login(told.participant)
    page = words(client.get(reverse("trajectories:agreement", args=[told.trajectory.reference])))
    assert "Wat er in versie 2 veranderde" in page
    assert "Was: Gesprekken, opdrachten en een dag meelopen. Nu: Alleen gesprekken." in page
    assert "Was: € 1.250 Nu: € 900" in page
    assert "Hanneke Bos betaalt. Zodra de deelnemer heeft getekend, ziet Hanneke Bos alleen dit:" in page


def test_signature_under_another_version_is_refused(told, manager):
    told.sign()
    with viewing(manager):
        row = PayerView.objects.get()
        with pytest.raises(Stale):
            services.sign_as_payer(actor=manager, view=row, digest="0" * 64)


def test_manager_who_left_the_department_does_not_sign(told, manager):
    told.sign()
    with as_owner():
        told.participant.appointments.update(manager=people.employee("Nieuwe Baas"))
    with viewing(manager), pytest.raises(Blocked, match="niet meer de leidinggevende"):
        services.sign_as_payer(actor=manager, view=PayerView.objects.get(), digest=view_of(told).digest)


def test_without_manager_no_department_pays():
    story = trajectories.walk("intake_done")
    with pytest.raises(Blocked, match="geen leidinggevende"):
        story.propose(payer="department")


def test_signed_view_cannot_be_signed_again(told, manager):
    told.sign()
    told.pay(manager)
    with viewing(manager), pytest.raises(NoSuchMove):
        services.sign_as_payer(actor=manager, view=PayerView.objects.get(), digest=view_of(told).digest)


def test_participant_is_told_that_the_manager_sees_it(client, told, manager):
    client.force_login(told.participant)
    page = words(client.get(reverse("trajectories:page", args=[told.trajectory.reference])))
    assert "Uw leidinggevende weet niet van dit traject" not in page
    assert "Hanneke Bos betaalt: zodra u hebt getekend" in page


def test_mail_to_the_payer_is_neutral(told, manager):
    told.sign()
    with as_owner():
        mail = Mail.objects.get(recipient=manager)
    assert mail.subject == "Een bericht van Loopbaan & Ontwikkeling"
    assert "Samira" not in mail.text
