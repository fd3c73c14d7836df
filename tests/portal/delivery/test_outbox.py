"""Queueing mail: once per key, in the recipient's language, strict, and behind the wall."""

import pytest
from django.db import connection, transaction

from portal.delivery import outbox
from portal.delivery.attachment import Attachment
from portal.delivery.errors import LetterError
from portal.delivery.models import Mail
from portal.delivery.queries import mails_of
from portal.privacy.viewer import viewing
from tests.factories import people
from tests.factories.database import as_owner

pytestmark = pytest.mark.django_db
CONTEXT = {"what": "Een & ander", "count": 3}


def queue(to, key="a", template="test/hello", context=CONTEXT, **fields):
    outbox.queue_mail(key=key, to=to, template=template, context=context, **fields)


def only_mail():
    with as_owner():
        return Mail.objects.get()


def test_tests_connect_as_the_web():
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("portal_web",)


@pytest.mark.parametrize(
    ("language", "word", "sender"),
    [
        ("nl", "Wacht", "Loopbaan & Ontwikkeling"),
        ("en", "Waiting", "Career & Development"),
    ],
)
def test_mail_is_in_the_recipients_language(language, word, sender):
    queue(people.user("Tess van Dijk", language=language))
    mail = only_mail()
    assert mail.subject == f"{word}: Een & ander"
    assert mail.text == (
        "Tess,\n\nEen & ander & <3>\n\nhttp://127.0.0.1:8000/nl/\n\n--\n"
        + sender
        + "\nhttp://127.0.0.1:8000\n"
    )
    assert "<p>Een &amp; ander &amp; &lt;3&gt;</p>" in mail.html
    assert '<a href="http://127.0.0.1:8000/nl/">http://127.0.0.1:8000/nl/</a>' in mail.html
    assert f'<html lang="{language}">' in mail.html
    assert mail.language == language


def test_address_without_account():
    queue(outbox.Address("oud@elders.example", "en", "Jo"))
    mail = only_mail()
    assert (mail.recipient, mail.address, mail.name, mail.language) == (
        None,
        "oud@elders.example",
        "Jo",
        "en",
    )
    assert mail.text.startswith("Jo,")


def test_same_key_twice_is_one_mail():
    user = people.user()
    queue(user, context={**CONTEXT, "what": "First"})
    queue(user, context={**CONTEXT, "what": "Second"})
    queue(user, key="b")
    with as_owner():
        assert sorted(mail.key for mail in Mail.objects.all()) == ["a", "b"]
        assert "First" in Mail.objects.get(key="a").subject


def test_act_that_fails_leaves_no_mail():
    with transaction.atomic():
        queue(people.user())
        transaction.set_rollback(True)
    with as_owner():
        assert not Mail.objects.exists()


def test_neutral_subject_says_nothing():
    queue(people.user(language="nl"), neutral=True)
    assert only_mail().subject == "Een bericht van Loopbaan & Ontwikkeling"


@pytest.mark.parametrize(
    ("template", "context", "reason"),
    [
        ("test/none", CONTEXT, "no template"),
        ("test/hello", {"what": "x"}, "count is missing"),
        ("test/untranslated", CONTEXT, "no translation of 'Nobody"),
        ("test/no_subject", CONTEXT, "subject"),
        ("test/no_text", CONTEXT, "no text"),
    ],
)
def test_mail_with_a_hole_is_refused(template, context, reason):
    with pytest.raises(LetterError, match=reason):
        queue(people.user(language="nl"), template=template, context=context)
    with as_owner():
        assert not Mail.objects.exists()


def test_line_break_in_a_value_never_reaches_the_headers():
    with pytest.raises(LetterError, match="first line"):
        queue(people.user(), context={"what": "x\nBcc: a@b.example", "count": 1})


def test_contents_are_encrypted_at_rest():
    queue(people.user(), attachments=[Attachment("a.txt", b"secret text", "text/plain")])
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select subject, text, html, attachments from delivery_mail")
        kept = " ".join(cursor.fetchone())
    assert "ander" not in kept
    assert Attachment.from_json(only_mail().attachments[0]).content == b"secret text"


def test_only_the_recipient_sees_a_mail():
    recipient, other = people.user(), people.user()
    queue(recipient)
    for viewer, expected in ((recipient, 1), (other, 0), (None, 0)):
        with viewing(viewer):
            assert Mail.objects.count() == expected
            assert mails_of(viewer).count() == expected


def test_the_web_can_not_change_mail():
    recipient = people.user()
    queue(recipient)
    with viewing(recipient):
        assert Mail.objects.update(state="sent") == 0
        assert Mail.objects.filter(state="waiting").count() == 1
