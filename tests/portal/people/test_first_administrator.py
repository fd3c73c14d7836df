"""The first administrator is made from the shell, once."""

import pytest
from django.core.management import CommandError, call_command

from portal.people.enums import Role
from portal.people.models import User
from portal.people.queries import has_role
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_the_first_is_made_once():
    call_command("first_administrator", "Ravi@universiteit.example", "Ravi", "Soekhoe")
    ravi = User.objects.get(email="ravi@universiteit.example")
    assert has_role(ravi, Role.ADMINISTRATOR)
    assert not ravi.has_usable_password()
    with pytest.raises(CommandError, match="already"):
        call_command("first_administrator", "noor@universiteit.example", "Noor", "Kok")
    assert User.objects.count() == 1


def test_somebody_who_is_there_keeps_the_account():
    ravi = people.user("Ravi Soekhoe", email="ravi@universiteit.example")
    call_command("first_administrator", "ravi@universiteit.example", "R", "S")
    ravi.refresh_from_db()
    assert ravi.given_name == "Ravi"
    assert has_role(ravi, Role.ADMINISTRATOR)


def test_a_wrong_address_is_refused():
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("first_administrator", "ravi", "Ravi", "Soekhoe")
    assert not User.objects.exists()
