"""Jobs: queued with the act, done once, retried, taken up again; on real commits, as the worker."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.db import connections

from portal import clock
from portal.delivery import jobs, running
from portal.delivery.enums import JobState
from portal.delivery.errors import JobTimeoutError
from portal.delivery.models import Job
from portal.delivery.queries import jobs_of
from portal.organisation.models import Faculty
from portal.privacy.viewer import viewing
from tests.factories import people
from tests.portal.delivery import jobs_for_tests

WAIT = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _nothing_seen():
    jobs_for_tests.seen.clear()


def made():
    return sorted(Faculty.objects.values_list("code", flat=True))


def test_job_runs_once_as_its_viewer_in_their_language(worker):
    viewer = people.user(language="en")
    job = jobs.enqueue("test.write", "LAW", viewer=viewer)
    with worker():
        assert running.run_next() is True
        assert running.run_next() is False
        done = Job.objects.get()
        assert (done.pk, done.state, done.progress, done.message) == (job.pk, "done", 100, "Half way")
        assert (done.result, done.attempts) == ("made LAW", 1)
    assert jobs_for_tests.seen == [(viewer.pk, "portal_jobs", "en", True)]
    assert made() == ["LAW"]
    assert running.current() is None


def test_job_without_viewer_runs_as_nobody(worker):
    jobs.enqueue("test.write", "LAW")
    with worker():
        running.run_next()
    assert jobs_for_tests.seen[0][:2] == (None, "portal_jobs")


def test_same_key_twice_is_one_job(worker):
    first = jobs.enqueue("test.write", "LAW", key="report:LAW")
    second = jobs.enqueue("test.write", "LAW", key="report:LAW")
    assert first.pk == second.pk
    with worker():
        assert [running.run_next() for _turn in range(2)] == [True, False]
        assert jobs.enqueue("test.write", "LAW", key="report:LAW").pk == first.pk
        assert running.run_next() is False


def test_job_that_fails_writes_nothing_and_is_tried_three_times(worker):
    viewer = people.user(language="nl")
    jobs.enqueue("test.fail", "LAW", viewer=viewer)
    moment = clock.now()
    with worker():
        for _attempt in range(running.ATTEMPTS):
            with clock.frozen(moment):
                assert running.run_next() is True
                assert running.run_next() is False
            moment += WAIT
        with clock.frozen(moment):
            assert running.run_next() is False
        failed = Job.objects.get()
    assert (failed.state, failed.attempts, failed.last_error) == ("failed", 3, "RuntimeError")
    assert failed.message.startswith("Dit lukte na drie pogingen niet.")
    assert "secret" not in repr(vars(failed))
    assert made() == []


def test_refusal_is_final_and_keeps_its_sentence(worker):
    jobs.enqueue("test.refuse")
    with worker():
        running.run_next()
        refused = Job.objects.get()
    assert (refused.state, refused.message) == ("failed", "This period is not released yet.")


def test_unknown_job_fails_without_stopping_the_worker(worker):
    jobs.enqueue("test.unknown")
    with worker():
        assert running.run_next() is True
        assert Job.objects.get().last_error == "LookupError"


def test_job_waits_for_its_time(worker):
    jobs.enqueue("test.write", "LAW", due_at=clock.now() + timedelta(hours=1))
    with worker():
        assert running.run_next() is False
        with clock.frozen(clock.now() + timedelta(hours=1, seconds=1)):
            assert running.run_next() is True


KILLED = """
import django
django.setup()
from tests.portal.delivery import jobs_for_tests
from portal.delivery import running
running.run_next()
"""


def start_and_kill():
    env = {**os.environ, "PORTAL_DATABASE_ROLE": "jobs", "DJANGO_SETTINGS_MODULE": "portal.settings"}
    command = [sys.executable, "-c", KILLED, "--hang"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE) as child:
        assert child.stdout
        assert child.stdout.readline() == b"working\n"
        child.send_signal(signal.SIGKILL)


def test_job_of_a_killed_worker_is_taken_up_and_counts_once(worker):
    jobs.enqueue("test.hang", "LAW", viewer=people.user())
    start_and_kill()
    with worker():
        assert Job.objects.get().state == JobState.RUNNING
        assert made() == []
        assert running.run_next() is False
        with clock.frozen(clock.now() + timedelta(seconds=running.LEASE + 5)):
            assert running.run_next() is True
        done = Job.objects.get()
        assert (done.state, done.attempts) == ("done", 2)
    assert made() == ["LAW"]


def test_job_that_kills_its_worker_each_time_is_given_up(worker):
    jobs.enqueue("test.hang", "LAW")
    with worker():
        Job.objects.update(state=JobState.RUNNING, attempts=running.ATTEMPTS, lease_until=clock.now() - WAIT)
        assert running.run_next() is True
        assert Job.objects.get().state == JobState.FAILED
        assert running.run_next() is False
    assert jobs_for_tests.seen == []


def test_worker_that_lost_its_claim_undoes_its_work(worker, monkeypatch):
    job = jobs.enqueue("test.write", "LAW")

    def stolen(taken):
        jobs_for_tests.write(taken)
        thief = threading.Thread(target=steal)
        thief.start()
        thief.join()

    def steal():
        Job.objects.filter(pk=job.pk).update(attempts=2)
        connections.close_all()

    monkeypatch.setitem(jobs._handlers, "test.write", stolen)
    with worker():
        running.run_next()
        assert (Job.objects.get().state, made()) == (JobState.RUNNING, [])


def test_two_workers_do_each_job_once(worker):
    for number in range(12):
        jobs.enqueue("test.write", f"F{number:02}")

    def work():
        try:
            while running.run_next():
                pass
        finally:
            connections.close_all()

    with worker():
        threads = [threading.Thread(target=work) for _number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert Job.objects.filter(state="done", attempts=1).count() == 12
    assert made() == [f"F{number:02}" for number in range(12)]


def test_heartbeat_renews_the_claim_and_shows_progress(worker, monkeypatch):
    monkeypatch.setattr(running, "BEAT", 0.05)
    viewer = people.user()
    job = jobs.enqueue("test.slow", viewer=viewer)

    def work():
        try:
            running.run_next()
        finally:
            connections.close_all()

    with worker():
        thread = threading.Thread(target=work)
        thread.start()
        time.sleep(0.3)
        half_way = Job.objects.get(pk=job.pk)
        thread.join()
        assert (half_way.state, half_way.progress, half_way.message) == ("running", 30, "One of three")
        assert half_way.lease_until
        assert half_way.lease_until > clock.now() + timedelta(seconds=running.LEASE - 2)
        assert Job.objects.get(pk=job.pk).state == "done"


def test_command_waits_for_a_job_of_anybody(worker):
    job = jobs.enqueue("test.write", "LAW")
    other = jobs.enqueue("test.refuse", viewer=people.user())
    with pytest.raises(JobTimeoutError, match=r"0\.1 seconds"):
        jobs.wait_for(job, 0.1)
    with worker():
        running.run_next()
        running.run_next()
    done, refused = jobs.wait_for(job, 1), jobs.wait_for(other, 1)
    assert (done.state, done.result) == (JobState.DONE, "made LAW")
    assert (refused.state, refused.message) == (JobState.FAILED, "This period is not released yet.")


@pytest.mark.django_db
def test_only_the_viewer_sees_a_job():
    viewer, other = people.user(), people.user()
    jobs.enqueue("test.write", "LAW", viewer=viewer)
    jobs.enqueue("test.write", "ART")
    for who, expected in ((viewer, ["LAW"]), (other, []), (None, [])):
        with viewing(who):
            assert [job.object_id for job in Job.objects.all()] == expected
            assert [job.object_id for job in jobs_of(who)] == expected


def test_two_handlers_for_one_name_are_refused():
    with pytest.raises(ValueError, match="Two handlers"):
        jobs.handler("test.write")(jobs_for_tests.fail)
