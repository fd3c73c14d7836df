"""The logins of the database."""

import pytest
from django.db import connection

from portal.privacy import roles
from tests.factories.database import as_owner

RIGHTS = "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication FROM pg_roles"


def _ask(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


@pytest.mark.django_db
def test_tests_connect_as_the_pages_do():
    assert _ask("SELECT current_user, session_user") == [("portal_web", "portal_web")]


@pytest.mark.django_db
def test_as_owner_is_left_again():
    with as_owner():
        assert _ask("SELECT current_user") == [("portal_owner",)]
        with as_owner():
            assert _ask("SELECT current_user") == [("portal_owner",)]
        assert _ask("SELECT current_user") == [("portal_owner",)]
    assert _ask("SELECT current_user") == [("portal_web",)]


@pytest.mark.django_db
def test_as_owner_is_left_after_an_error():
    with pytest.raises(ZeroDivisionError), as_owner():
        raise ZeroDivisionError
    assert _ask("SELECT current_user") == [("portal_web",)]


@pytest.mark.django_db
def test_no_login_may_make_roles_or_pass_by_the_policies():
    found = _ask(RIGHTS + " WHERE rolname LIKE 'portal%' ORDER BY rolname")
    assert found == [(name, False, False, False, False, False) for name in sorted(roles.ROLES)]


@pytest.mark.django_db
def test_only_the_owner_owns_tables():
    assert _ask("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'") == [
        ("portal_owner",)
    ]


@pytest.mark.django_db
def test_database_is_made_with_utf8_and_its_extensions():
    found = _ask("SELECT datlocprovider, datlocale FROM pg_database WHERE datname = current_database()")
    assert found == [("b", "C.UTF-8")]
    extensions = {name for (name,) in _ask("SELECT extname FROM pg_extension")}
    assert set(roles.EXTENSIONS) <= extensions
