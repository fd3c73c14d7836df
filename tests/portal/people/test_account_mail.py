"""Mail about one's own account, with real commits: what lies in the outbox afterwards."""

import re

from django.test import Client
from django.urls import reverse

from portal.delivery.models import Mail
from tests.factories import people

RESET = "/nl/account/password/reset/"


def mails():
    return list(Mail.objects.using("owner").order_by("queued_at"))


def test_a_forgotten_password_is_mailed_to_who_has_an_account_only(committed):
    person = people.user(password=people.PASSWORD, language="en")
    for address in (person.email, "nobody@universiteit.example"):
        answer = Client().post(RESET, {"email": address})
        assert answer.headers["Location"] == reverse("account_reset_password_done")
    (mail,) = mails()
    assert (mail.template, mail.address, mail.subject) == (
        "people/password_reset", person.email, "Choose a new password"
    )  # fmt: skip


def test_the_link_works_once_and_the_person_hears_of_the_change(committed):
    person = people.user(password=people.PASSWORD)
    Client().post(RESET, {"email": person.email})
    (link,) = re.findall(r"https?://[^/\s]+(/\S+/password/\S+)", mails()[0].text)
    visitor = Client()
    page = visitor.get(link, follow=True)
    address = page.redirect_chain[-1][0]
    new = {"password1": "another-long-word", "password2": "another-long-word"}
    assert visitor.post(address, new).headers["Location"] == reverse("account_reset_password_from_key_done")
    person.refresh_from_db()
    assert person.check_password("another-long-word")
    assert "Deze link werkt niet meer" in Client().get(link, follow=True).content.decode()
    assert [mail.template for mail in mails()] == ["people/password_reset", "people/password_changed"]
