"""Trying again, and the state of the outbox."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from portal import clock
from portal.delivery import jobs, outbox, post, queries, running, services
from portal.delivery.models import Job, Mail
from portal.people.enums import Role
from portal.privacy.viewer import viewing
from tests.factories import people
from tests.factories.database import as_owner
from tests.portal.delivery import jobs_for_tests


def queue(key="a"):
    context = {"what": "x", "count": 1}
    outbox.queue_mail(key=key, to=people.user(), template="test/hello", context=context)


def test_failed_mail_is_retried_by_the_worker(worker, folder):
    admin = people.holder(Role.ADMINISTRATOR)
    queue()
    with worker():
        Mail.objects.update(state="failed", attempts=7)
        pk = Mail.objects.get().pk
    services.retry(actor=admin, kind="mail", pk=pk)
    with worker():
        assert running.run_next() is True
        assert post.deliver_round() == 1
        assert Mail.objects.get().state == "sent"
    services.retry(actor=admin, kind="mail", pk=pk)
    with worker():
        running.run_next()
        assert Mail.objects.get().state == "sent"
    assert len(list(folder.iterdir())) == 1


def test_failed_job_is_retried_by_the_worker(worker):
    jobs_for_tests.seen.clear()
    failed = jobs.enqueue("test.write", "LAW")
    with worker():
        Job.objects.update(state="failed", attempts=3, progress=40, message="Dit lukte niet.")
    services.retry(actor=people.holder(Role.ADMINISTRATOR), kind="job", pk=failed.pk)
    with worker():
        assert [running.run_next() for _turn in range(3)] == [True, True, False]
        done = Job.objects.get(pk=failed.pk)
        assert (done.state, done.attempts, done.result) == ("done", 1, "made LAW")


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_the_administrator_retries(role):
    queue()
    with as_owner():
        pk = Mail.objects.get().pk
    with pytest.raises(PermissionDenied):
        services.retry(actor=people.holder(role), kind="mail", pk=pk)


@pytest.mark.django_db
def test_health_counts_without_a_viewer():
    assert queries.health() == queries.Health(None, 0, None, 0)
    late = clock.now() - timedelta(minutes=20)
    for key in "abc":
        queue(key)
    jobs.enqueue("test.write", "LAW", due_at=late)
    with as_owner():
        Mail.objects.filter(key="a").update(state="failed")
        Mail.objects.filter(key="b").update(due_at=late)
        Mail.objects.filter(key="c").update(due_at=clock.now() + timedelta(hours=1))
    with viewing(None):
        assert queries.health() == queries.Health(late, 1, late, 0)
        assert queries.failures() == []


@pytest.mark.django_db
def test_failures_are_for_the_administrator_of_today():
    queue()
    with as_owner():
        Mail.objects.update(state="failed", attempts=7, last_error="SMTPException 451")
    current, former = people.holder(Role.ADMINISTRATOR), people.user()
    ended = clock.today() - timedelta(days=1)
    people.role(former, Role.ADMINISTRATOR, ends_on=ended)
    with viewing(current):
        (failure,) = queries.failures()
    assert (failure.kind, failure.name, failure.attempts) == ("mail", "test/hello", 7)
    with viewing(former):
        assert queries.failures() == []
