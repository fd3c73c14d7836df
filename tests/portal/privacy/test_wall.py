"""The wall: relation tables become policies, and both say the same."""

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import Q

from portal.organisation.models import Appointment
from portal.people.enums import Role
from portal.people.models import User
from portal.privacy import policies, wall
from portal.privacy.models import DossierRead
from portal.privacy.readlog import openings_of, record_read
from portal.privacy.viewer import current_viewer, set_viewer, viewing
from tests.factories import people

pytestmark = pytest.mark.django_db


def opened(subject: User, reader: User) -> None:
    """Let the reader open the subject's dossier."""
    with viewing(reader):
        record_read(actor=reader, subject=subject, dossier="abc", what="notes", relation="advisor")


def test_tests_run_as_the_web_login_without_special_rights() -> None:
    """The wall is only tested when the login is one that it stops."""
    with connection.cursor() as cursor:
        cursor.execute("select current_user, session_user")
        assert cursor.fetchone() == ("portal_web", "portal_web")
        cursor.execute(
            "select rolname from pg_roles where rolname like 'portal%' and (rolsuper or rolbypassrls)"
        )
        assert cursor.fetchall() == []


def test_every_table_is_protected_public_or_closed() -> None:
    """A new table has to be thought about."""
    assert policies.unclassified() == []


def test_row_level_security_is_on_for_every_protected_table() -> None:
    """A relation table without a policy would be a promise without a wall."""
    from django.apps import apps

    protected = {m._meta.db_table for m in apps.get_models() if wall.wall_of(m) is not None}
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relkind = 'r' and relrowsecurity")
        secured = {name for (name,) in cursor.fetchall()}
    assert protected == secured


def test_no_policy_asks_with_exists() -> None:
    """PostgreSQL plans it twice at each level; docs/decisions.md."""
    looks = "SELECT count(*) FROM pg_policies WHERE coalesce(qual, '') || coalesce(with_check, '') LIKE %s"
    with connection.cursor() as cursor:
        cursor.execute(looks, ["%EXISTS%"])
        assert cursor.fetchone() == (0,)
        cursor.execute(looks, ["%SELECT 1 AS a%IS NOT NULL%"])
        assert cursor.fetchone() > (100,)


def test_the_read_log_is_read_by_the_participant_alone() -> None:
    """The reader may add to the log but not look into it."""
    subject, reader, stranger = people.user(), people.user(), people.user()
    opened(subject, reader)
    with viewing(subject):
        assert [row.reader for row in openings_of(subject, "abc")] == [reader]
    for other in (reader, stranger, None):
        with viewing(other):
            assert list(DossierRead.objects.all()) == []


def test_nobody_writes_the_log_in_anothers_name() -> None:
    """The policy compares the reader with the viewer."""
    subject, reader, stranger = people.user(), people.user(), people.user()
    with pytest.raises(DatabaseError, match="row-level security"), viewing(stranger):
        record_read(actor=reader, subject=subject, dossier="abc", what="notes", relation="advisor")


def test_the_log_is_never_changed() -> None:
    """Not even by the participant."""
    subject, reader = people.user(), people.user()
    opened(subject, reader)
    with viewing(subject), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        DossierRead.objects.update(what="nothing")
    with viewing(subject), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        DossierRead.objects.all().delete()


def test_reading_ones_own_dossier_leaves_no_trace() -> None:
    """Only others are logged."""
    subject = people.user()
    opened(subject, subject)
    with viewing(subject):
        assert not openings_of(subject, "abc").exists()


def test_visible_says_what_the_policy_says() -> None:
    """The filter in the query and the policy come from one table."""
    subject, reader = people.user(), people.user()
    opened(subject, reader)
    with viewing(subject):
        assert wall.visible(DossierRead, subject).count() == DossierRead.objects.count() == 1
        assert wall.visible(DossierRead, reader).count() == 0
        assert wall.visible(DossierRead, None).count() == 0
        row = DossierRead.objects.get()
        assert wall.relations_of(subject, row) == {"subject"}
        assert wall.relations_of(reader, row) == frozenset()


def test_a_model_without_a_table_has_no_visible_rows() -> None:
    """Forgetting the relation table is an error, not an open door."""
    with pytest.raises(LookupError):
        wall.visible(User, people.user())


def test_viewing_nests_and_comes_back() -> None:
    """An inner view gives the outer one back, after an error too."""
    one, two = people.user(), people.user()
    with viewing(one):
        with viewing(two):
            assert current_viewer() == two.pk
        assert current_viewer() == one.pk
        with pytest.raises(ValueError, match="stop"), viewing(two):
            raise ValueError("stop")
        assert current_viewer() == one.pk
        set_viewer(None)
        assert current_viewer() is None


def test_relations_compile_to_conditions_on_the_table_itself() -> None:
    """Joins become subqueries, values are quoted, everybody and nobody are words."""
    own = connections["default"]
    nested = wall.through("user", User, lambda v: Q(pk=v) | wall.role(v, Role.HR) & Q(language="n'l"))
    sql = policies.condition(Appointment, nested(wall.VIEWER), own)
    assert '"organisation_appointment"."user_id"' in sql
    assert "portal_viewer()" in sql
    assert "'n''l'" in sql
    assert policies.condition(Appointment, wall.everyone(wall.VIEWER), own) == "true"
    assert policies.condition(Appointment, Q(pk__in=[]), own) == "false"
