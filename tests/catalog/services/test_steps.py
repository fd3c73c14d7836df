"""Steps with a number of days write to participants by themselves, once for each date."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from catalog.models import Session
from catalog.queries.steps import enrolments_due
from catalog.services import steps
from catalog.tasks import write_steps
from portal import clock
from portal.delivery.models import Mail
from portal.people.models import User
from tests.catalog.services.world import crowd, give_back, take
from tests.factories import catalog, people
from tests.factories.database import as_owner

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def step(kind: str, days: int | None, **note: str) -> dict[str, Any]:
    label = {"nl": f"Stap {kind}", "en": f"Step {kind}"}
    return {"step": kind, "days": days, "label": label, "note": note or None, "when": None}


def letters(person: User) -> list[Any]:
    with as_owner():
        return list(
            Mail.objects.filter(recipient=person, template="catalog/step").order_by("queued_at", "key")
        )


def run_with(*found: dict[str, Any]) -> Session:
    return catalog.session(catalog.offering(details={"steps": list(found)}), in_days=30)


def test_each_step_is_written_once_when_its_day_has_come() -> None:
    """L4: the workflow of an offering does what it says."""
    run = run_with(
        step("prework", -14, nl="Lees het boek"),
        step("follow_up", 10),
        step("intake", -20),
        step("reminder", None),
    )
    person = people.employee("Iris Bol", language="en")
    take(run, person)
    counts = []
    for days in (15, 17, 17, 41, 41):
        with clock.frozen(clock.now() + days * DAY), as_owner():
            write_steps()
            steps.write_letters()
        counts.append(len(letters(person)))
    assert counts == [0, 1, 1, 2, 2]
    first, second = letters(person)
    assert "Lees het boek" in first.text
    assert (first.language, "Step follow_up" in second.text) == ("en", True)


def test_the_scan_reads_no_enrolment_of_a_date_without_a_letter(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    run = run_with(step("prework", -14))
    for person in crowd(3):
        take(run, person)
    with django_assert_num_queries(1):
        assert enrolments_due() == []
    with clock.frozen(clock.now() + 17 * DAY), as_owner(), django_assert_num_queries(2):
        assert len(enrolments_due()) == 3


def test_who_gave_up_the_place_or_comes_too_late_hears_nothing() -> None:
    run, (gone, late) = run_with(step("reminder", -3)), crowd(2)
    give_back(take(run, gone))
    take(run, late)
    with clock.frozen(run.starts_at + DAY), as_owner():
        write_steps()
    assert letters(gone) + letters(late) == []


def test_a_new_day_is_reminded_of_anew() -> None:
    run, (person,) = run_with(step("reminder", -3)), crowd(1)
    take(run, person)
    with clock.frozen(run.starts_at - DAY), as_owner():
        write_steps()
    Session.objects.filter(pk=run.pk).update(
        starts_at=run.starts_at + 20 * DAY, ends_at=run.ends_at + 20 * DAY
    )
    with clock.frozen(run.starts_at + 18 * DAY), as_owner():
        write_steps()
    assert len(letters(person)) == 2
