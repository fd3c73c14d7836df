"""Handing over mail, on real commits, as the worker."""

import email
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from email import policy

from django.core import mail as django_mail
from django.db import connections

from portal import clock
from portal.delivery import outbox, post
from portal.delivery.attachment import Attachment
from portal.delivery.enums import MailState
from portal.delivery.models import Mail
from tests.factories import people

CONTEXT = {"what": "Één", "count": 3}


def queue(key="a", **fields):
    user = people.user("Tess van Dijk", language="nl")
    outbox.queue_mail(key=key, to=user, template="test/hello", context=CONTEXT, **fields)
    return user


def read(folder):
    return [
        email.message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in sorted(folder.glob("*.eml"))
    ]


class Down:
    """A mail server that refuses everybody."""

    def __init__(self, **_options):
        pass

    def send_messages(self, _messages):
        """Refuse."""
        raise ConnectionRefusedError("the address tess@universiteit.example in it is not kept")


def test_mail_becomes_one_file(worker, folder):
    user = queue(attachments=[Attachment("plan.pdf", b"%PDF-1.7", "application/pdf")])
    with worker():
        assert post.deliver_round() == 1
        assert post.deliver_round() == 0
        kept = Mail.objects.get()
    (message,) = read(folder)
    assert message["Subject"] == "Wacht: Één"
    assert message["To"] == user.email
    assert message["Message-ID"] == kept.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert "Tess," in message.get_body(("plain",)).get_content()
    assert "<p>Tess,</p>" in message.get_body(("html",)).get_content()
    (part,) = message.iter_attachments()
    assert (part.get_filename(), part.get_content_type(), part.get_content()) == (
        "plan.pdf",
        "application/pdf",
        b"%PDF-1.7",
    )
    assert (kept.state, kept.attempts) == (MailState.SENT, 1)
    assert kept.sent_at is not None
    assert [path.suffix for path in folder.iterdir()] == [".eml"]


def test_mail_waits_for_its_time(worker, folder):
    queue(due_at=clock.now() + timedelta(hours=1))
    with worker():
        assert post.deliver_next() is None
        with clock.frozen(clock.now() + timedelta(hours=2)):
            assert post.deliver_next() is True


def test_mail_server_down_then_up(worker, folder, settings):
    queue()
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    now = clock.now()
    with worker():
        with clock.frozen(now):
            assert post.deliver_next() is False
            assert post.deliver_next() is None
        kept = Mail.objects.get()
        assert (kept.state, kept.attempts, kept.last_error) == ("waiting", 1, "ConnectionRefusedError")
        assert kept.due_at == now + timedelta(minutes=1)
        settings.EMAIL_BACKEND = "portal.delivery.transport.EmlFiles"
        with clock.frozen(now + timedelta(minutes=2)):
            assert post.deliver_round() == 1
    assert [message["Message-ID"] for message in read(folder)] == [kept.message_id]


def test_mail_is_given_up_after_the_last_attempt(worker, settings):
    queue()
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    moment = clock.now()
    with worker():
        for _attempt in range(len(post.BACK_OFF) + 1):
            with clock.frozen(moment):
                assert post.deliver_next() is False
            moment += timedelta(days=2)
        with clock.frozen(moment):
            assert post.deliver_next() is None
        assert Mail.objects.get().state == MailState.FAILED


def test_round_stops_when_the_mail_server_is_down(worker, settings):
    for number in range(10):
        queue(key=str(number))
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    with worker():
        assert post.deliver_round() == 0
        assert Mail.objects.filter(attempts=1).count() == post.TROUBLE


def test_two_deliverers_hand_over_each_mail_once(worker, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Slow"
    for number in range(30):
        queue(key=str(number))
    Slow.seen.clear()

    def deliver():
        try:
            post.deliver_round()
        finally:
            connections.close_all()

    with worker():
        threads = [threading.Thread(target=deliver) for _number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert Mail.objects.filter(state="sent", attempts=1).count() == 30
    assert len(Slow.seen) == len({name for name, _thread in Slow.seen}) == 30
    assert len({thread for _name, thread in Slow.seen}) == 2


class Slow:
    """A mail server that takes its time and remembers what it got."""

    seen: list[tuple[str, int]] = []

    def __init__(self, **_options):
        pass

    def send_messages(self, messages):
        """Take a moment."""
        time.sleep(0.005)
        self.seen += [(one.extra_headers["Message-ID"], threading.get_ident()) for one in messages]
        return len(messages)


KILLED = """
import os, sys, time
import django
django.setup()
from django.conf import settings
from portal.delivery import post, transport
settings.MAIL_FOLDER = sys.argv[1]
write = transport._write
def write_and_hang(*arguments):
    write(*arguments)
    print("handed over", flush=True)
    time.sleep(60)
transport._write = write_and_hang
post.deliver_next()
"""


def test_deliverer_killed_after_handing_over_leaves_one_file(worker, folder):
    queue()
    env = {**os.environ, "PORTAL_DATABASE_ROLE": "jobs", "DJANGO_SETTINGS_MODULE": "portal.settings"}
    settings_backend = "portal.delivery.transport.EmlFiles"
    command = [sys.executable, "-c", KILLED, str(folder)]
    child = subprocess.Popen(
        command, env={**env, "PORTAL_EMAIL_BACKEND": settings_backend}, stdout=subprocess.PIPE
    )
    with child:
        assert child.stdout
        assert child.stdout.readline() == b"handed over\n"
        child.send_signal(signal.SIGKILL)
    before = read(folder)
    with worker():
        assert Mail.objects.get().state == "waiting"
        assert post.deliver_round() == 1
        assert Mail.objects.get().state == "sent"
    assert [str(message) for message in read(folder)] == [str(message) for message in before]
    assert len(before) == 1


def test_memory_backend_gets_the_calendar_with_its_method(worker, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    content = "BEGIN:VCALENDAR\r\nSUMMARY:Één\r\nEND:VCALENDAR\r\n".encode()
    queue(attachments=[Attachment("a.ics", content, "text/calendar; method=REQUEST; charset=utf-8")])
    with worker():
        post.deliver_round()
    sent = email.message_from_bytes(django_mail.outbox[-1].message().as_bytes(), policy=policy.default)
    (part,) = sent.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part["Content-Type"].params["method"] == "REQUEST"
    assert part.get_payload(decode=True) == content
