"""Withdrawing a request: without a trace while nobody has opened it, kept afterwards (decision 22)."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from portal.delivery.models import Mail
from portal.privacy.viewer import viewing
from tests.factories import people, trajectories
from tests.factories.database import as_owner
from trajectories import services
from trajectories.models import Trajectory, WithdrawalCount
from trajectories.services.taking_back import take_back

pytestmark = pytest.mark.django_db


def traces(case):
    """Count what is left in every table of the app, history included, and in the mail."""
    with as_owner():
        models = apps.get_app_config("trajectories").get_models()
        rows = {model.__name__: model._default_manager.count() for model in models}
        rows["Mail"] = Mail.objects.filter(key__contains=case.reference).count()
    return {name: count for name, count in rows.items() if count}


def test_unopened_request_leaves_a_count_and_nothing_else(client):
    told = trajectories.walk("requested")
    case = told.trajectory
    assert {"Trajectory", "Request", "RequestEvent", "Move", "Mail"} <= set(traces(case))
    client.force_login(told.participant)
    url = reverse("trajectories:move", args=[case.reference])
    answer = client.post(url, {"to": "withdrawn", "version": case.version}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[0][0] == reverse("trajectories:own")
    assert "er is niets van over" in page
    assert case.reference not in page
    assert traces(case) == {"WithdrawalCount": 1}
    with as_owner():
        assert WithdrawalCount.objects.get().number == 1


def test_second_withdrawal_of_the_quarter_raises_the_count():
    told = trajectories.story()
    for _again in range(2):
        told.request()
        with told.acting(told.participant, days=0) as actor:
            services.move(actor=actor, trajectory=told.trajectory, to="withdrawn")
    with as_owner():
        assert list(WithdrawalCount.objects.values_list("number", flat=True)) == [2]


@pytest.mark.parametrize("status", ["requested", "assigned"])
def test_opened_request_stays_withdrawn(status):
    told = trajectories.walk(status)
    if status == "requested":
        told.open()
    with told.acting(told.participant) as actor:
        services.move(actor=actor, trajectory=told.trajectory, to="withdrawn")
    assert told.trajectory.status == "withdrawn"
    with as_owner():
        assert not WithdrawalCount.objects.exists()


def test_suggested_request_was_opened():
    told = trajectories.walk("requested")
    with told.acting(told.coordinator) as actor:
        services.suggest_advisors(actor=actor, trajectory=told.trajectory, chosen=[told.advisor.reference])
    with told.acting(told.participant) as actor:
        services.move(actor=actor, trajectory=told.trajectory, to="withdrawn")
    assert told.trajectory.status == "withdrawn"


def test_nobody_takes_back_somebody_elses_request():
    told = trajectories.walk("requested")
    for person in (told.coordinator, told.advisor.user, people.employee("Iemand Anders"), None):
        with viewing(person):
            assert take_back(told.trajectory) is False
    with as_owner():
        assert Trajectory.objects.count() == 1


def test_count_is_read_by_nobody_on_a_page():
    told = trajectories.walk("requested")
    with told.acting(told.participant) as actor:
        services.move(actor=actor, trajectory=told.trajectory, to="withdrawn")
    with viewing(told.participant):
        assert WithdrawalCount.objects.count() == 0
    with viewing(told.participant), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("update trajectories_withdrawalcount set number = 9")
