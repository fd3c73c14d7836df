"""Keeping records: only the coordinator, and the database holds the rules."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from advisors.enums import Kind, Level
from advisors.errors import NotAllowedError, NumberTakenError
from advisors.models import Advisor, QuestionType
from advisors.services import records
from portal.people.enums import Role
from tests.factories import advisors, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return people.holder(Role.COORDINATOR, "Els Postma")


def register(actor, **more):
    plan = {
        "user": people.user("Karim Belhaj"),
        "languages": {"nl": Level.NATIVE, "fr": Level.B2},
        "question_types": [advisors.question_type("contract_ends")],
        "maximum_caseload": 6,
        **more,
    }
    return records.register(actor=actor, **plan)


def test_register_an_external_advisor(coordinator):
    made = register(coordinator, provider=advisors.provider(), approach_nl="Discreet.")
    made.refresh_from_db()
    assert made.kind == Kind.EXTERNAL
    assert {(spoken.code, spoken.level) for spoken in made.languages.all()} == {("nl", 7), ("fr", 4)}
    assert [kind.key for kind in made.question_types.all()] == ["contract_ends"]


@pytest.mark.parametrize("held", [Role.ADMINISTRATOR, Role.HR, Role.ADVISOR])
def test_nobody_else_registers(held):
    with pytest.raises(NotAllowedError):
        register(people.holder(held))
    assert not Advisor.objects.exists()


def test_no_caseload_is_refused_with_a_sentence(coordinator):
    with pytest.raises(ValidationError):
        register(coordinator, maximum_caseload=0)


def test_a_renewed_certificate_replaces_its_date(coordinator):
    made = advisors.advisor(certified_until=None)
    plan = {"actor": coordinator, "advisor": made, "scheme": advisors.scheme(), "number": "RL-1"}
    records.record_certificate(**plan, valid_until=date(2026, 1, 1))
    records.record_certificate(**plan, valid_until=date(2030, 1, 1))
    assert [held.valid_until for held in made.certificates.all()] == [date(2030, 1, 1)]
    with pytest.raises(NumberTakenError):
        records.record_certificate(**{**plan, "advisor": advisors.advisor()}, valid_until=date(2030, 1, 1))


def test_advisors_report_their_own_absence_only(coordinator):
    one, other = advisors.advisor("Wietske Bangma"), advisors.advisor("Ruben Samson")
    days = {"starts_on": date(2026, 5, 1), "ends_on": date(2026, 5, 9)}
    records.report_absence(actor=one.user, advisor=one, **days)
    records.report_absence(actor=coordinator, advisor=other, **days)
    with pytest.raises(NotAllowedError):
        records.report_absence(actor=one.user, advisor=other, **days)
    assert (one.absences.count(), other.absences.count()) == (1, 1)


def test_the_types_of_question_are_there_in_both_languages():
    kept = {key: both for key, *both in QuestionType.objects.values_list("key", "label_nl", "label_en")}
    assert len(kept) == 14
    assert kept["contract_ends"] == ["Mijn contract loopt af", "My contract is ending"]
