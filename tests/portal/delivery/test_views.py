"""The demo's mailbox and the administrator's list, by way of the pages."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.delivery import jobs, outbox
from portal.delivery.attachment import Attachment
from portal.delivery.enums import JobState, MailState
from portal.delivery.models import Job, Mail
from portal.people.enums import Role
from tests.factories import people
from tests.factories.database import as_owner

pytestmark = pytest.mark.django_db
FILE = Attachment("afspraak.ics", b"BEGIN:VCALENDAR", "text/calendar; method=REQUEST; charset=utf-8")


def queue(user, key, what="x", **fields):
    context = {"what": what, "count": 1}
    outbox.queue_mail(key=key, to=user, template="test/hello", context=context, **fields)
    with as_owner():
        return Mail.objects.get(key=key)


@pytest.fixture
def reader(client):
    user = people.user("Tess van Dijk")
    client.force_login(user)
    client.cookies.load({"django_language": "nl"})
    return user


def test_mailbox_shows_ones_own_mail_only(client, reader):
    queue(reader, "mine", "voor Tess")
    queue(people.user(), "other", "voor een ander")
    page = client.get(reverse("delivery:mailbox")).content.decode()
    assert "voor Tess" in page
    assert "voor een ander" not in page


@pytest.mark.parametrize(("template", "marked"), [("catalog/asked", False), ("test/hello", True)])
def test_mail_is_marked_as_dossier_unless_the_catalogue_wrote_it(client, reader, template, marked):
    mail = queue(reader, "one")
    with as_owner():
        Mail.objects.filter(pk=mail.pk).update(template=template)
    for address in (reverse("delivery:mailbox"), reverse("delivery:mail", args=[mail.pk])):
        assert ("data-dossier" in client.get(address).content.decode()) == marked


def test_mailbox_costs_the_same_for_any_length(client, reader):
    costs = []
    for keys in (["a"], ["b", "c"]):
        for key in keys:
            queue(reader, key)
        client.get(reverse("delivery:mailbox"))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("delivery:mailbox")).content.decode()
        costs.append((page.count('<th scope="row"'), len(queries)))
    assert [rows for rows, _cost in costs] == [1, 3]
    assert costs[0][1] == costs[1][1]


def test_mailbox_has_pages(client, reader):
    for key in range(21):
        queue(reader, str(key), f"bericht-{key}.")
    pages = [client.get(reverse("delivery:mailbox"), {"page": page}).content.decode() for page in (1, 2)]
    found = [re.findall(r"bericht-\d+\.", page) for page in pages]
    assert [len(names) for names in found] == [20, 1]
    assert len(set(found[0] + found[1])) == 21


def test_mail_is_read_and_its_file_downloaded(client, reader):
    mail = queue(reader, "mine", "<b>", attachments=[FILE])
    page = client.get(reverse("delivery:mail", args=[mail.pk])).content.decode()
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert "data-dossier" in page
    response = client.get(reverse("delivery:attachment", args=[mail.pk, 0]))
    assert response.content == FILE.content
    assert response["Content-Type"] == FILE.content_type
    assert response["Content-Disposition"] == 'attachment; filename="afspraak.ics"'
    assert client.get(reverse("delivery:attachment", args=[mail.pk, 1])).status_code == 404


def test_strangers_visitors_and_wrong_methods_get_nothing(client, reader):
    mail = queue(people.user(), "other", attachments=[FILE])
    for name, args in (("mail", [mail.pk]), ("attachment", [mail.pk, 0]), ("mail", [uuid4()])):
        address = reverse(f"delivery:{name}", args=args)
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 405
    client.logout()
    assert "login" in client.get(reverse("delivery:mailbox"))["Location"]


@pytest.fixture
def failed():
    """One mail and one job that were given up."""
    mail = queue(people.user("Tess van Dijk"), "secret-key", "geheim")
    job = jobs.enqueue("test.write", "LAW", viewer=people.user())
    with as_owner():
        Mail.objects.update(state=MailState.FAILED, attempts=7, last_error="SMTPServerDisconnected")
        Job.objects.update(state=JobState.FAILED, attempts=3, last_error="RuntimeError")
    return mail, job


def test_administrator_sees_failures_without_content(client, failed):
    client.force_login(people.holder(Role.ADMINISTRATOR))
    page = client.get(reverse("delivery_admin:failures")).content.decode()
    assert "test/hello" in page
    assert "test.write" in page
    assert "SMTPServerDisconnected" in page
    for secret in ("geheim", "Tess", "secret-key", failed[0].address, "LAW"):
        assert secret not in page


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.HR, None])
def test_nobody_else_sees_or_retries_failures(client, failed, role):
    client.force_login(people.holder(role) if role else people.user())
    assert client.get(reverse("delivery_admin:failures")).status_code == 403
    assert client.post(reverse("delivery_admin:retry", args=["mail", failed[0].pk])).status_code == 403
    with as_owner():
        assert not Job.objects.filter(name__startswith="delivery.").exists()


def test_administrator_retries(client, failed):
    admin = people.holder(Role.ADMINISTRATOR)
    client.force_login(admin)
    response = client.post(reverse("delivery_admin:retry", args=["mail", failed[0].pk]))
    assert response["Location"] == reverse("delivery_admin:failures")
    with as_owner():
        job = Job.objects.get(name="delivery.retry_mail")
    assert (job.object_id, job.viewer_id) == (str(failed[0].pk), admin.pk)
    assert client.get(reverse("delivery_admin:retry", args=["mail", failed[0].pk])).status_code == 405
