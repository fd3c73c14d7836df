"""Candidates from the database: each fact reaches the ranking, in a fixed number of queries."""

from datetime import date

import pytest

from advisors.enums import Level
from advisors.queries import candidates, current_load, load, register_load
from portal.people.models import RoleGrant
from tests.factories import advisors, people

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 1)


@pytest.fixture
def participant():
    return people.employee("Chen Yifan", code="SCI")


@pytest.fixture(autouse=True)
def _no_floor_above(monkeypatch):
    monkeypatch.setattr(load, "_registered", [])


def ask(participant, **more):
    wish = {"question_types": ["other_role_inside"], "language": "nl", "on": DAY, "load": {}, **more}
    return candidates(participant=participant, **wish)


def blockers(participant, **more):
    (only,) = ask(participant, **more)
    return [reason.code for reason in only.blockers]


def test_an_advisor_who_fits(participant):
    made = advisors.advisor(maximum_caseload=5)
    (only,) = ask(participant, load={made.pk: 2})
    assert only.advisor == made
    assert (only.load, only.free, only.can_take_case, only.warnings) == (2, 3, True, ())
    assert [reason.code for reason in only.reasons] == ["knows_question", "speaks", "has_room"]


def test_same_department(participant):
    made = advisors.advisor()
    department = participant.appointments.get().department
    people.appointment(made.user, department=department)
    assert blockers(participant) == ["same_department"]


def test_same_department_counts_only_while_the_appointment_runs(participant):
    made = advisors.advisor()
    department = participant.appointments.get().department
    people.appointment(made.user, department=department, ends_on=date(2026, 9, 30))
    assert blockers(participant) == []


def test_the_advisor_is_above_the_participant():
    made = advisors.advisor()
    between = people.employee("Hanneke Bos", manager=made.user)
    assert blockers(people.employee("Chen Yifan", code="ART", manager=between)) == ["reporting_line"]


def test_the_participant_is_above_the_advisor(participant):
    made = advisors.advisor()
    people.appointment(made.user, faculty=people.faculty("ART"), manager=participant)
    assert blockers(participant) == ["reporting_line"]


def test_the_same_manager():
    manager = people.user("Hanneke Bos")
    made = advisors.advisor()
    people.appointment(made.user, faculty=people.faculty("ART"), manager=manager)
    assert blockers(people.employee("Chen Yifan", manager=manager)) == ["reporting_line"]


def test_same_faculty_only_warns(participant):
    made = advisors.advisor()
    people.appointment(made.user, faculty=people.faculty("SCI"))
    (only,) = ask(participant)
    assert [reason.code for reason in only.warnings] == ["same_faculty"]
    assert only.can_take_case


def test_an_advisor_looking_for_advice_does_not_find_themself():
    made = advisors.advisor()
    assert "oneself" in blockers(made.user)


def test_language_level_question_and_load(participant):
    made = advisors.advisor(languages={"nl": Level.B1}, questions=("contract_ends",), maximum_caseload=2)
    assert blockers(participant, load={made.pk: 2}) == ["language", "question_type", "capacity"]


def test_the_latest_certificate_counts(participant):
    made = advisors.advisor(certified_until=date(2026, 1, 1))
    assert blockers(participant) == ["certificate"]
    advisors.certificate(made, DAY, key="lvsc")
    assert blockers(participant) == []


def test_absence_and_leaving(participant):
    made = advisors.advisor()
    advisors.absence(made, DAY, date(2026, 10, 20))
    assert blockers(participant) == ["absent"]
    assert blockers(participant, on=date(2026, 10, 21)) == []
    made.user.is_active = False
    made.user.save()
    assert blockers(participant, on=date(2026, 10, 21)) == ["inactive"]


def test_without_the_role_nobody_takes_cases(participant):
    made = advisors.advisor()
    RoleGrant.objects.filter(user=made.user).update(ends_on=DAY)
    assert blockers(participant) == []
    assert blockers(participant, on=date(2026, 10, 2)) == ["inactive"]


def test_the_contract_of_the_provider(participant):
    advisors.external(provider=advisors.provider(name="Bureau Slikgors", contract_ends_on=date(2026, 9, 30)))
    (only,) = ask(participant)
    assert [reason.code for reason in only.blockers] == ["contract"]
    assert only.reasons[-1].words == {"provider": "Bureau Slikgors"}


def test_load_comes_from_the_floor_above(participant):
    made = advisors.advisor(maximum_caseload=3)
    assert current_load([made.pk]) == {}
    register_load(lambda keys: dict.fromkeys(keys, 3))
    assert blockers(participant, load=None) == ["capacity"]


def test_among_narrows(participant):
    advisors.advisor("Wietske Bangma")
    kept = advisors.advisor("Ruben Samson")
    assert [each.advisor for each in ask(participant, among=[kept.pk])] == [kept]


def test_queries_do_not_grow(participant, django_assert_num_queries):
    advisors.advisor("Wietske Bangma")
    with django_assert_num_queries(10):
        assert len(ask(participant)) == 1
    advisors.external("Hester Boelens")
    advisors.advisor("Ruben Samson")
    with django_assert_num_queries(10):
        assert len(ask(participant)) == 3
