"""One door to the status: legal pairs only, in the service and in the database."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from portal import clock
from portal.privacy.viewer import viewing
from tests.factories import people, trajectories
from trajectories import services, signals
from trajectories.enums import Status
from trajectories.errors import Blocked, NoSuchMove, NotYours, Stale, TrajectoryError
from trajectories.models import Move, Trajectory
from trajectories.queries.facts import aspects_of
from trajectories.workflow import rules

pytestmark = pytest.mark.django_db
LEGAL = set(rules().pairs())


def closing_of(told):
    closed_at = told.trajectory.closed_at
    assert closed_at is not None
    return closed_at


@pytest.mark.parametrize("source", list(Status))
def test_database_refuses_every_illegal_change(source):
    told = trajectories.walk(source)
    case = told.trajectory
    refused, taken = set(), set()
    with viewing(told.participant):
        for target in Status:
            if target == source:
                continue
            try:
                with transaction.atomic():
                    Trajectory.objects.filter(pk=case.pk).update(status=target)
                    taken.add(target)
                    transaction.set_rollback(True)
            except DatabaseError as error:
                if "Invalid transition" in str(error):
                    refused.add(target)
    legal = {target for start, target in LEGAL if start == source}
    assert refused == set(Status) - {source} - legal
    assert taken <= legal


def test_database_refuses_a_case_that_does_not_start_as_a_request():
    person = people.employee()
    row = Trajectory(
        participant=person,
        faculty=people.faculty(),
        frame="voluntary_policy",
        language="nl",
        reply_due_on=clock.today(),
        status="withdrawn",
    )
    with viewing(person), pytest.raises(DatabaseError, match="starts as a request"), transaction.atomic():
        row.save()


@pytest.mark.parametrize("source", list(Status))
def test_service_offers_people_no_move_outside_the_table(source):
    told = trajectories.walk(source)
    people_of = {
        "participant": told.participant,
        "advisor": told.advisor.user,
        "coordinator": told.coordinator,
    }
    for name, person in people_of.items():
        for target in Status:
            step = rules().between(source, target)
            if step and name in step.actors:
                continue
            with viewing(person), pytest.raises((NoSuchMove, NotYours)):
                services.move(actor=person, trajectory=told.trajectory, to=target, reason="Een reden.")
    assert told.trajectory.status == source


def test_agreement_is_put_before_both_by_its_own_door_only(client):
    """A bare move would leave nothing to sign: found by the random histories."""
    told = trajectories.walk("intake_done")
    with told.acting(told.advisor.user) as actor:
        values = {**trajectories.TERMS, "starts_on": clock.today(), "payer": "central"}
        values["ends_on"] = clock.today() + timedelta(days=90)
        services.save_agreement(
            actor=actor, trajectory=told.trajectory, values=values, results=trajectories.RESULTS
        )
        with pytest.raises(NoSuchMove):
            services.move(actor=actor, trajectory=told.trajectory, to="agreement_proposed")
    client.force_login(told.advisor.user)
    url = reverse("trajectories:move", args=[told.trajectory.reference])
    assert client.post(url, {"to": "agreement_proposed"}).status_code == 409
    with told.acting(told.advisor.user) as actor:
        services.propose_agreement(actor=actor, trajectory=told.trajectory)
    assert told.trajectory.status == "agreement_proposed"


def test_intake_is_recorded_by_its_own_door_only():
    """A bare move would leave its appointment open."""
    told = trajectories.walk("intake_planned")
    aspects = dict.fromkeys(aspects_of(told.trajectory), ("done", ""))
    with told.acting(told.advisor.user) as actor:
        services.record_intake(actor=actor, trajectory=told.trajectory, aspects=aspects, finish=False)
        with pytest.raises(NoSuchMove):
            services.move(actor=actor, trajectory=told.trajectory, to="intake_done")
    assert told.trajectory.status == "intake_planned"


def test_history_holds_every_move_with_its_actor():
    told = trajectories.walk("closed")
    with viewing(told.participant):
        rows = [(move.source, move.target, move.kind) for move in Move.objects.order_by("at", "pk")]
    assert rows == [
        ("", "requested", "participant"),
        ("requested", "intake_planned", "advisor"),
        ("intake_planned", "intake_done", "advisor"),
        ("intake_done", "agreement_proposed", "advisor"),
        ("agreement_proposed", "in_progress", "system"),
        ("in_progress", "closing", "advisor"),
        ("closing", "closed", "system"),
    ]


def test_blocked_move_says_what_is_missing():
    told = trajectories.walk("in_progress")
    with viewing(told.advisor.user), pytest.raises(Blocked) as refusal:
        services.start_closing(actor=told.advisor.user, trajectory=told.trajectory)
    assert refusal.value.sentences == [
        "Een vast onderdeel of de richting is nog niet gedaan of met reden overgeslagen.",
        "Het eindgesprek is nog niet geweest.",
    ]


def test_older_page_is_told_so_and_changes_nothing():
    told = trajectories.walk("in_progress")
    with viewing(told.participant), pytest.raises(Stale):
        services.pause(actor=told.participant, trajectory=told.trajectory, reason="Druk.", version=1)
    assert told.trajectory.status == "in_progress"


def test_reopening_within_thirty_days_only():
    told = trajectories.walk("closed")
    closed_at = closing_of(told)
    with clock.frozen(closed_at + timedelta(days=31)), viewing(told.participant), pytest.raises(Blocked):
        services.reopen(actor=told.participant, trajectory=told.trajectory, reason="Nog een vraag.")
    with clock.frozen(closed_at + timedelta(days=30)), viewing(told.participant):
        case = services.reopen(actor=told.participant, trajectory=told.trajectory, reason="Nog een vraag.")
    assert (case.status, case.round, case.closed_at, case.both_rated) == ("in_progress", 2, None, False)


def test_advisor_reopens_only_with_consent():
    told = trajectories.walk("closed")
    advisor, case = told.advisor.user, told.trajectory
    told.moment = closing_of(told) + timedelta(days=1)
    with told.acting(advisor), pytest.raises(Blocked):
        services.reopen(actor=advisor, trajectory=case, reason="Nog iets.")
    with told.acting(advisor):
        row = services.propose_move(actor=advisor, trajectory=case, to="in_progress", reason="Nog iets.")
    with told.acting(told.participant):
        services.answer_proposal(actor=told.participant, proposal=row, agrees=True)
    assert told.trajectory.status == "in_progress"


def test_declined_proposal_leaves_everything_as_it_was():
    told = trajectories.walk("intake_done")
    with told.acting(told.advisor.user) as actor:
        row = services.propose_move(
            actor=actor, trajectory=told.trajectory, to="referred_elsewhere", reason="Past beter."
        )
    with told.acting(told.participant) as actor:
        services.answer_proposal(actor=actor, proposal=row, agrees=False)
        with pytest.raises(Stale):
            services.answer_proposal(actor=actor, proposal=row, agrees=True)
    assert told.trajectory.status == "intake_done"


def test_one_running_trajectory_a_person():
    told = trajectories.walk("requested")
    with pytest.raises(TrajectoryError, match="al een traject"):
        told.request()


def test_signals_tell_the_floor_above():
    heard = []
    for name in ("started", "closed", "reopened", "stopped_early"):

        def hear(sender, trajectory, name=name, **more):
            heard.append((name, trajectory.status, more.get("held")))

        getattr(signals, name).connect(hear, weak=False, dispatch_uid=f"test-{name}")
    try:
        told = trajectories.advance(trajectories.story(), "closed")
        told.moment = closing_of(told) + timedelta(days=2)
        told.end("in_progress")
        told.end("stopped_early")
    finally:
        for name in ("started", "closed", "reopened", "stopped_early"):
            getattr(signals, name).disconnect(dispatch_uid=f"test-{name}")
    assert heard == [
        ("started", "in_progress", None),
        ("closed", "closed", None),
        ("reopened", "in_progress", None),
        ("stopped_early", "stopped_early", 3),
    ]
