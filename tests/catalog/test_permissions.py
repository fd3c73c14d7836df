"""The wall before enrolments: the participant, and the organiser where the names are listed."""

import pytest

from catalog.enums import Pot
from catalog.models import Enrolment, Offering
from catalog.services.enrolling import enrol
from portal.people.enums import Role
from portal.privacy import wall
from portal.privacy.viewer import viewing
from tests.factories import catalog, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    manager = people.employee("Hanneke Bos")
    person = people.employee(manager=manager)
    listed = catalog.session()
    silent = catalog.notice("none_confidential", is_list_shown=False)
    hidden = catalog.session(catalog.offering(pots={Pot.FREE: silent}))
    with viewing(person):
        return person, manager, [enrol(session=run, pot=Pot.FREE, actor=person) for run in (listed, hidden)]


def seen_by(viewer):
    with viewing(viewer):
        rows = set(Enrolment.objects.values_list("pk", flat=True))
        history = Enrolment.pgh_event_model.objects.count()  # type: ignore[attr-defined]
        assert set(wall.visible(Enrolment, viewer).values_list("pk", flat=True)) == rows
    return rows, history


def test_who_sees_which_enrolments(places):
    person, manager, (listed, hidden) = places
    editor = people.holder(Role.EDITOR)
    assert seen_by(person) == ({listed.pk, hidden.pk}, 2)
    assert seen_by(editor) == ({listed.pk}, 1)
    others = [people.holder(role) for role in (Role.HR, Role.ADMINISTRATOR, Role.COORDINATOR, Role.ADVISOR)]
    for viewer in (manager, people.user("Vreemde Eend"), *others, None):
        assert seen_by(viewer) == (set(), 0)


def test_an_editor_of_a_faculty_reads_the_names_in_what_that_faculty_offers(places):
    """L4: by the wall itself, not by the pages alone."""
    _person, _manager, (listed, _hidden) = places
    arts = people.faculty("ART")
    editor = people.holder(Role.EDITOR, "Noor Kok", of=arts)
    assert seen_by(editor) == (set(), 0)
    Offering.objects.filter(pk=listed.session.offering_id).update(faculty=arts)
    assert seen_by(editor) == ({listed.pk}, 1)
    Offering.objects.update(faculty=people.faculty("LAW"))
    assert seen_by(editor) == (set(), 0)
    assert seen_by(people.holder(Role.EDITOR, "Hele Universiteit")) == ({listed.pk}, 1)


def test_an_organiser_reads_but_does_not_write(places):
    _person, _manager, (listed, _hidden) = places
    with viewing(people.holder(Role.EDITOR)):
        assert Enrolment.objects.filter(pk=listed.pk).update(cost_eur=9) == 0
