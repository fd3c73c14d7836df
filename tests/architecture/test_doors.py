"""One door per outside thing, and what a layer may hold."""

import re

import pytest

from tests.architecture import sources

# Library -> the only places that import it.
DOORS = {
    "weasyprint": ("portal/documents/",),
    "altair": ("portal/documents/",),
    "vl_convert": ("portal/documents/",),
    "xlsxwriter": ("portal/documents/",),
    "icalendar": ("portal/delivery/calendar.py",),
    "allauth": ("portal/people/", "portal/privacy/permissions.py"),
    "smtplib": ("portal/delivery/",),
    "django.core.mail": ("portal/delivery/",),
    "simplemma": ("catalog/",),
    "cryptography": ("portal/privacy/", "portal/demo/servers/", "evaluations/"),
}
CLOCK = re.compile(r"timezone\.(now|localdate|localtime)\(|date\.today\(|datetime\.(now|utcnow)\(")


@pytest.mark.parametrize("library", sorted(DOORS))
def test_each_outside_thing_has_one_door(library):
    elsewhere = {
        str(path)
        for path in sources.python()
        if not str(path).startswith(DOORS[library])
        and any(name == library or name.startswith(library + ".") for name in sources.imports(path))
    }
    assert elsewhere == set()


def test_the_clock_is_the_one_door_to_the_time():
    asking = {str(path) for path in sources.python() if CLOCK.search(sources.read(path))}
    assert asking <= {"portal/clock.py"}


def test_views_ask_no_questions_of_their_own():
    views = [path for path in sources.python() if "views" in {path.stem, path.parent.name}]
    assert views
    assert [
        str(path) for path in views if re.search(r"\.objects\b|_default_manager", sources.read(path))
    ] == []


def test_forms_ask_through_queries():
    """A choice field may hold a queryset; looking something up is a question of `queries`."""
    asking = re.compile(r"\.objects\.(?!(all|none|filter)\([^()]*\)[,)]?\s)|\bin [\w.]+\.objects\b")
    forms = [path for path in sources.python() if "forms" in {path.stem, path.parent.name}]
    assert forms
    assert [str(path) for path in forms if asking.search(sources.read(path))] == []


def test_services_do_not_start_jobs_past_the_rows():
    direct = re.compile(r"\.(delay|apply_async|send_task)\(")
    found = {str(path) for path in sources.python() if direct.search(sources.read(path))}
    assert found <= {"portal/delivery/broker.py"}
