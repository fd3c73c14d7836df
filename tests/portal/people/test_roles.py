"""Giving and ending roles: the rules, whatever page or command asks."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from portal import clock
from portal.people.enums import Role
from portal.people.errors import (
    AlreadyHeldError,
    LastAdministratorError,
    NotAdministratorError,
    NotOpenError,
    OwnRoleError,
    ScopeError,
    SecondPersonError,
    TermError,
)
from portal.people.filters import RoleGrantFilter
from portal.people.models import RoleGrant
from portal.people.queries import has_role, standing_grants
from portal.people.services import roles
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return people.holder(Role.ADMINISTRATOR, "Ravi Soekhoe")


@pytest.fixture
def second():
    return people.holder(Role.ADMINISTRATOR, "Karin Oudman")


@pytest.fixture
def person():
    return people.user("Noor van Dam")


def holds(person, role, faculty=None):
    vars(person).pop("_grants_in_force", None)
    return has_role(person, role, faculty)


def test_an_ordinary_role_counts_at_once(admin, person):
    made = roles.grant(actor=admin, user=person, role=Role.EDITOR)
    assert holds(person, Role.EDITOR)
    assert (made.granted_by, made.confirmed_by, made.starts_on) == (admin, None, clock.today())


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.COORDINATOR])
def test_a_role_that_opens_dossiers_waits_for_a_second_person(admin, second, person, role):
    made = roles.grant(actor=admin, user=person, role=role)
    assert not holds(person, role)
    with pytest.raises(SecondPersonError):
        roles.confirm(actor=admin, reference=made.reference)
    assert not holds(person, role)
    roles.confirm(actor=second, reference=made.reference)
    assert holds(person, role)
    with pytest.raises(NotOpenError):
        roles.confirm(actor=second, reference=made.reference)


def test_nobody_gives_or_confirms_a_role_of_their_own(admin, second):
    with pytest.raises(OwnRoleError):
        roles.grant(actor=admin, user=admin, role=Role.HR)
    proposed = roles.grant(actor=admin, user=second, role=Role.COORDINATOR)
    with pytest.raises(OwnRoleError):
        roles.confirm(actor=second, reference=proposed.reference)
    assert not holds(second, Role.COORDINATOR)


@pytest.mark.parametrize("field", ["granted_by", "confirmed_by"])
def test_the_database_refuses_ones_own_name_too(person, field):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(user=person, role=Role.EDITOR, **{field: person})


def test_the_database_refuses_one_person_for_both(admin, person):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(user=person, role=Role.ADVISOR, granted_by=admin, confirmed_by=admin)


@pytest.mark.parametrize("role", [Role.HR, Role.COORDINATOR, Role.EDITOR, Role.ADVISOR])
def test_only_administrators(role, person):
    actor = people.holder(role)
    held = people.role(person, Role.HR)
    with pytest.raises(NotAdministratorError):
        roles.grant(actor=actor, user=person, role=Role.EDITOR)
    with pytest.raises(NotAdministratorError):
        roles.confirm(actor=actor, reference=held.reference)
    with pytest.raises(NotAdministratorError):
        roles.end(actor=actor, reference=held.reference)
    assert holds(person, Role.HR)


def test_scope(admin, person):
    science, arts = people.faculty("SCI"), people.faculty("ART")
    roles.grant(actor=admin, user=person, role=Role.HR, faculty=science)
    assert holds(person, Role.HR, science)
    assert not holds(person, Role.HR, arts)
    with pytest.raises(ScopeError):
        roles.grant(actor=admin, user=person, role=Role.COORDINATOR, faculty=science)


def test_term(admin, person):
    today = clock.today()
    with pytest.raises(TermError):
        roles.grant(actor=admin, user=person, role=Role.HR, ends_on=today - timedelta(days=1))
    roles.grant(actor=admin, user=person, role=Role.HR, ends_on=today)
    assert holds(person, Role.HR)
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert not holds(person, Role.HR)


def test_the_same_role_once(admin, person):
    roles.grant(actor=admin, user=person, role=Role.ADVISOR)
    with pytest.raises(AlreadyHeldError):
        roles.grant(actor=admin, user=person, role=Role.ADVISOR)
    roles.grant(actor=admin, user=person, role=Role.HR)
    roles.grant(actor=admin, user=person, role=Role.HR, faculty=people.faculty("SCI"))


def test_ending_counts_at_once_and_once(admin, person):
    held = people.role(person, Role.HR)
    roles.end(actor=admin, reference=held.reference)
    assert not holds(person, Role.HR)
    held.refresh_from_db()
    assert held.ended_by == admin
    with pytest.raises(NotOpenError):
        roles.end(actor=admin, reference=held.reference)
    assert roles.grant(actor=admin, user=person, role=Role.HR).pk != held.pk


def test_a_refused_proposal_can_not_be_confirmed(admin, second, person):
    proposed = roles.grant(actor=admin, user=person, role=Role.ADVISOR)
    roles.end(actor=second, reference=proposed.reference)
    with pytest.raises(NotOpenError):
        roles.confirm(actor=second, reference=proposed.reference)


def test_the_last_administrator_stays(admin, second):
    mine, other = admin.role_grants.get(), second.role_grants.get()
    roles.end(actor=admin, reference=other.reference)
    with pytest.raises(LastAdministratorError):
        roles.end(actor=admin, reference=mine.reference)


def test_history_keeps_who_and_what(admin, person):
    made = roles.grant(actor=admin, user=person, role=Role.HR)
    roles.end(actor=admin, reference=made.reference)
    events = made._meta.apps.get_model("people", "RoleGrantEvent").objects.filter(pgh_obj=made)
    kept = [(event.pgh_label, event.is_confirmed, event.ended_by_id) for event in events.order_by("pgh_id")]
    assert kept == [("insert", True, None), ("update", False, admin.pk)]


def narrowed(**query):
    return list(RoleGrantFilter(query, queryset=standing_grants()).qs)


def test_search_finds_by_any_part_and_shows_proposals_first(admin):
    noor, joost = (
        people.user("Noor van Dam", email="noor@universiteit.example"),
        people.user("Joost Terpstra"),
    )
    people.role(joost, Role.HR)
    people.role(noor, Role.EDITOR)
    people.role(noor, Role.HR, ends_on=date(2021, 1, 1))
    people.role(noor, Role.ADVISOR, is_confirmed=False)
    found = [(grant.user, grant.role) for grant in standing_grants()]
    assert found == [
        (noor, Role.ADVISOR), (noor, Role.EDITOR), (admin, Role.ADMINISTRATOR), (joost, Role.HR),
    ]  # fmt: skip
    assert {grant.user for grant in narrowed(q="van dam")} == {noor}
    assert {grant.user for grant in narrowed(q="NOOR@uni")} == {noor}
    assert not narrowed(q="Samira")
    assert {grant.user for grant in narrowed(role="hr")} == {joost}
    assert {grant.user for grant in narrowed(role="no such role")} == {noor, admin, joost}
