"""Migrations run backward and forward on a database with rows in it, inside the test's own transaction."""

from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from evaluations.models import Questionnaire
from portal import clock
from portal.privacy.policies import raise_wall
from portal.privacy.viewer import viewing
from tests.factories import advisors, trajectories
from tests.factories.database import as_owner
from trajectories import services
from trajectories.models import Conversation, NotebookEntry, TakenTime, Trajectory

pytestmark = [pytest.mark.django_db, pytest.mark.long]
OWN = ("evaluations", "trajectories", "advisors", "catalog", "entitlements", "documents", "delivery")
GROUND = ("privacy", "people", "organisation")
CALENDAR = "0010_notebooks_plans_report_backs"
NEWEST = "0013_handed_over_unshared"
ROUTINES = (
    "trajectories_take_time",
    "trajectories_taken",
    "trajectories_waiting",
    "trajectories_unshare",
)


@contextmanager
def changing_tables():
    """Act as the owner; what waits to be checked is checked first, or the tables can't be changed."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        yield cursor


def to(name):
    executor = MigrationExecutor(connection)
    executor.migrate([("trajectories", name)])


def routines(cursor):
    cursor.execute("select proname from pg_proc where proname = any(%s)", [list(ROUTINES)])
    return {name for (name,) in cursor.fetchall()}


def copy_talk(cursor, talk, hours):
    """Add the same talk some hours later, as a row of the database without a check."""
    moment = f"interval '{hours} hours'"
    cursor.execute(
        "insert into trajectories_conversation (reference, trajectory_id, advisor_id, kind, state, mode, place,"
        f" starts_at, ends_at, sequence) select %s, trajectory_id, advisor_id, kind, state, mode, place,"
        f" starts_at + {moment}, ends_at + {moment}, 0 from trajectories_conversation where id = %s",
        [f"copy-{hours}", talk.pk],
    )


def test_taken_times_are_filled_in_for_what_was_planned_before():
    """0011 to 0013, there and back: of two talks at once the first keeps its time, the others all do."""
    told = trajectories.walk("in_progress")
    starts = clock.now() + timedelta(days=3)
    with viewing(told.advisor.user):
        times: dict[str, Any] = {"starts_at": starts, "ends_at": starts + timedelta(hours=2)}
        talk = services.plan_conversation(actor=told.advisor.user, trajectory=told.trajectory, **times)
    with changing_tables() as cursor:
        to(CALENDAR)
        assert routines(cursor) == set()
        copy_talk(cursor, talk, hours=1)
        copy_talk(cursor, talk, hours=4)
        to(NEWEST)
        assert routines(cursor) == set(ROUTINES)
        rows = TakenTime.objects.values_list("conversation__reference", "person")
        both = (told.advisor.user.pk, told.participant.pk)
        assert set(rows) == {(name, pk) for name in (talk.reference, "copy-4") for pk in both}
        assert Conversation.objects.filter(trajectory=told.trajectory, state="planned").count() == 3


def test_every_migration_of_every_app_goes_back_and_forward():
    """One by one back to the first of each app, all forward, all back to nothing and forward again."""
    told = trajectories.walk("closed")
    told.note()
    with viewing(told.participant):
        notes = sorted(row.text for row in NotebookEntry.objects.filter(trajectory=told.trajectory))
    with changing_tables():
        for app in OWN:
            for name in _names(app)[-2::-1]:
                call_command("migrate", app, name, database="default", verbosity=0)
        call_command("migrate", database="default", verbosity=0)
        for app in (*OWN, *GROUND):
            call_command("migrate", app, "zero", database="default", verbosity=0)
        tables = set(connection.introspection.table_names())
        mine = {
            model._meta.db_table for app in (*OWN, *GROUND) for model in apps.get_app_config(app).get_models()
        }
        assert tables & mine == set()
        call_command("migrate", database="default", verbosity=0)
        raise_wall(using="default")
        assert mine <= set(connection.introspection.table_names())
        assert Questionnaire.objects.exists()
        assert not Trajectory.objects.exists()
    assert notes
    anew = trajectories.walk("in_progress", advisor=advisors.advisor("Yara Koster"))
    assert anew.trajectory.status == "in_progress"


def _names(app):
    loader = MigrationExecutor(connection).loader
    return sorted(name for label, name in loader.disk_migrations if label == app)
