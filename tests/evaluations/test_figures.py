"""Releases: counted as the figures role, protected, frozen."""

from datetime import date

import pytest
from django.db import connections, transaction
from django.db.utils import ProgrammingError

from evaluations.enums import Period, ReleaseState
from evaluations.errors import NotReleasableError
from evaluations.models import Release, ReleasedFigure, Response
from evaluations.queries import counts
from evaluations.services import figures
from portal import clock
from portal.organisation.models import Faculty
from portal.people.enums import Role
from portal.privacy.viewer import viewing
from tests.factories import evaluations, people
from tests.factories.database import as_owner
from trajectories.models import Trajectory

pytestmark = pytest.mark.usefixtures("committed")
Q3 = Period.parse("2026Q3")
AUTUMN = clock.local(date(2026, 10, 12), 9)


def requested(code: str, number: int, *, day: date = date(2026, 8, 1), ended: date | None = None) -> Faculty:
    unit = people.faculty(code)
    for _row in range(number):
        evaluations.trajectory(
            unit,
            requested_at=clock.local(day, 12),
            ended_at=clock.local(ended, 12) if ended else None,
            status="closed" if ended else "in_progress",
        )
    return unit


def released(period: Period = Q3) -> Release:
    """Count and release a quarter as central HR."""
    hr = people.holder(Role.HR)
    with clock.frozen(AUTUMN), viewing(hr):
        release = figures.prepare(actor=hr, period=period)
        transaction.on_commit(lambda: None)
    with clock.frozen(AUTUMN), viewing(hr):
        figures.count(period=str(period))
        return figures.release(actor=hr, release=release)


def shown(indicator: str) -> dict[str, tuple[int | None, int | None]]:
    with as_owner():
        rows = ReleasedFigure.objects.filter(indicator__key=indicator).select_related("faculty")
        return {row.faculty.code if row.faculty else "all": (row.low, row.high) for row in rows}


HIDDEN = (None, None)


def test_requests_count_by_amsterdam_quarter() -> None:
    unit = people.faculty("SCI")
    late = clock.local(date(2026, 9, 30), 23, 59)
    for moment in (clock.local(date(2026, 7, 1)), late, clock.local(date(2026, 10, 1))):
        evaluations.trajectory(unit, requested_at=moment)
    assert counts.requests(Q3) == {unit.pk: 2}


def test_closings_count_what_was_closed_or_stopped_and_nothing_else() -> None:
    unit = people.faculty("SCI")
    for status in ("closed", "completed", "stopped_early", "withdrawn", "referred_elsewhere"):
        evaluations.trajectory(unit, ended_at=clock.local(date(2026, 8, 1)), status=status)
    assert counts.closings(Q3) == {unit.pk: 3}


def test_satisfaction_counts_answers_four_and_five() -> None:
    unit = people.faculty("SCI")
    for answer in (1, 3, 4, 5):
        evaluations.answered(unit, "2026Q3", ce2=answer)
    evaluations.answered(unit, "2026Q3", ce1=9)  # did not answer the question
    evaluations.answered(unit, "2026Q2", ce2=5)
    found = counts.satisfaction(Q3)
    assert (found.favourable, found.base) == ({unit.pk: 2}, {unit.pk: 4})


def test_small_counts_are_hidden_and_cannot_be_worked_out_from_the_total() -> None:
    for code, number in (("SCI", 2), ("ART", 14), ("LAW", 9), ("MED", 0)):
        requested(code, number)
    released()
    assert shown("requests") == {
        "SCI": HIDDEN,
        "ART": (14, 14),
        "LAW": HIDDEN,
        "MED": (0, 0),
        "all": (25, 25),
    }


@pytest.mark.parametrize(
    "table", [(1, 20, 30), (4, 4, 30), (1, 1, 1), (3, 3, 0), (6, 7, 8), (4, 0, 0), (2, 5, 90)]
)
def test_attacker_with_every_shown_cell_learns_no_small_count(table: tuple[int, ...]) -> None:
    for code, number in zip(("SCI", "ART", "LAW"), table, strict=True):
        requested(code, number)
    released()
    seen = shown("requests")
    total = seen.pop("all")[0]
    hidden = [code for code, figure in seen.items() if figure == HIDDEN]
    assert not [figure for figure in seen.values() if figure[0] in (1, 2, 3, 4)]
    if total is not None and hidden:
        rest = total - sum(figure[0] or 0 for figure in seen.values())
        # Each hidden cell may be 1, and may be the threshold, for all that the reader knows.
        assert len(hidden) >= 2
        assert rest - (len(hidden) - 1) >= 5


def test_hidden_values_are_nowhere_in_the_release() -> None:
    for code, number in (("SCI", 3), ("ART", 11)):
        requested(code, number)
    released()
    with as_owner(), connections["default"].cursor() as cursor:
        cursor.execute(
            "select count(*) from evaluations_releasedfigure where low is null and (high, base_low, base_high)"
            " is distinct from (null::int, null::int, null::int)"
        )
        assert cursor.fetchone() == (0,)
    assert shown("requests")["SCI"] == HIDDEN


def test_opinions_need_ten_answers_and_show_their_base_as_a_band() -> None:
    for code, number in (("SCI", 9), ("ART", 20), ("LAW", 30)):
        evaluations.answered(people.faculty(code), "2026Q3", number=number, ce2=3)
        evaluations.answered(people.faculty(code), "2026Q3", number=number, ce2=5)
    for code in ("SCI",):
        with as_owner():
            Response.objects.filter(faculty__code=code, choices={"ce2": "3"}).delete()
    released()
    found = shown("satisfaction")
    assert found["SCI"] == HIDDEN
    assert found["LAW"] == (50, 50)
    with as_owner():
        row = ReleasedFigure.objects.get(indicator__key="satisfaction", faculty__code="LAW")
    assert (row.base_low, row.base_high) == (50, 99)


def test_released_figures_do_not_change_with_late_data() -> None:
    requested("SCI", 8)
    requested("ART", 9)
    release = released()
    before = shown("requests")
    requested("SCI", 4)
    with clock.frozen(AUTUMN), viewing(people.holder(Role.HR)):
        figures.count(period=release.period)
    assert shown("requests") == before


def test_a_quarter_that_runs_cannot_be_released() -> None:
    hr = people.holder(Role.HR)
    with clock.frozen(clock.local(date(2026, 9, 30), 12)), viewing(hr), pytest.raises(NotReleasableError):
        figures.prepare(actor=hr, period=Q3)


def test_uncounted_and_released_quarters_are_refused() -> None:
    hr = people.holder(Role.HR)
    with clock.frozen(AUTUMN), viewing(hr):
        release = figures.prepare(actor=hr, period=Q3)
        with pytest.raises(NotReleasableError):
            figures.release(actor=hr, release=release)
        figures.count(period="2026Q3")
        figures.release(actor=hr, release=release)
        with pytest.raises(NotReleasableError):
            figures.release(actor=hr, release=release)


def test_preparing_twice_makes_one_release() -> None:
    hr = people.holder(Role.HR)
    with clock.frozen(AUTUMN), viewing(hr):
        first, second = (figures.prepare(actor=hr, period=Q3) for _time in range(2))
        assert first.pk == second.pk
        assert Release.objects.get().state == ReleaseState.PREPARING


def test_release_remembers_number_definitions_and_who() -> None:
    first, second = released(), released(Period.parse("2026Q2"))
    assert (first.number, second.number) == (1, 2)
    assert first.definitions_version == 1
    assert first.released_at == AUTUMN
    assert first.released_by is not None


def test_links_are_erased_once_the_comparison_is_over() -> None:
    survey = evaluations.survey()
    with as_owner():
        for period, questionnaire in (
            ("2025Q4", survey.invitation.questionnaire),
            ("2026Q1", survey.invitation.questionnaire),
        ):
            Response.objects.create(
                questionnaire=questionnaire,
                faculty=people.faculty(),
                period=period,
                choices={},
                texts={},
                link="abc",
            )
    released()
    with as_owner():
        kept = dict(Response.objects.values_list("period", "link"))
    assert kept == {"2025Q4": "", "2026Q1": "abc"}


@pytest.mark.parametrize("column", ["participant_id", "advisor_id", "reference"])
def test_the_figures_role_reads_no_person(column: str) -> None:
    requested("SCI", 1)
    with pytest.raises(ProgrammingError, match="permission denied"):
        list(Trajectory.objects.using("figures").values_list(column))


@pytest.mark.parametrize("column", ["texts", "link"])
def test_the_figures_role_reads_no_text_and_no_link(column: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        list(Response.objects.using("figures").values_list(column))
