"""A participant whose account ends: what was being prepared is withdrawn by the worker, what runs is the advisor's."""

import pytest
from django.urls import reverse

from portal.delivery.models import Mail
from portal.privacy.viewer import viewing
from tests.factories import people, trajectories
from tests.factories.database import as_owner
from tests.trajectories.pagetext import words
from trajectories.enums import PREPARATION
from trajectories.models import Move, Referral
from trajectories.services.leaving import withdraw_left

pytestmark = pytest.mark.django_db


def leave(told):
    with as_owner():
        told.participant.is_active = False
        told.participant.save()


def scan(told):
    """Look for who has left, as somebody who sees every row; the worker's own rights are tested below."""
    with viewing(told.coordinator):
        return withdraw_left()


@pytest.mark.parametrize("status", PREPARATION)
def test_what_was_prepared_is_withdrawn_once(status):
    told = trajectories.walk(status)
    assert scan(told) == 0
    leave(told)
    assert (scan(told), scan(told)) == (1, 0)
    assert told.trajectory.status == "withdrawn"
    with viewing(told.participant):
        row = Move.objects.filter(trajectory=told.trajectory).latest("pk")
    assert (row.kind, row.source, row.target) == ("system", status, "withdrawn")


def test_what_runs_is_left_to_the_advisor_who_reads_so(client):
    told = trajectories.walk("in_progress")
    leave(told)
    assert scan(told) == 0
    client.force_login(told.advisor.user)
    page = words(client.get(reverse("trajectories:page", args=[told.trajectory.reference])))
    assert "De deelnemer is weg: het account is beëindigd." in page


def test_advisor_is_told_and_the_referrer_reads_ended():
    manager = people.employee("Hanneke Bos")
    told = trajectories.story(
        participant=people.employee("Samira el Idrissi", manager=manager), route="manager"
    )
    trajectories.advance(told, "intake_planned")
    leave(told)
    with as_owner():
        before = set(Mail.objects.values_list("key", flat=True))
    scan(told)
    with as_owner():
        mails = Mail.objects.exclude(key__in=before)
        assert [mail.recipient for mail in mails] == [told.advisor.user]
    with viewing(manager):
        assert Referral.objects.get().state == "ended"
