"""What each person sees of the tables of evaluations, whatever a page would ask for."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from evaluations.enums import ReleaseState, State
from evaluations.models import Draft, Indicator, Invitation, Release, ReleasedFigure, Response
from evaluations.services.tokens import hash_of
from portal import clock
from portal.people.enums import Role
from portal.privacy.viewer import token_holder, viewing
from tests.factories import evaluations, people
from tests.factories.database import as_owner

pytestmark = pytest.mark.django_db
CONFIDENTIAL = (Invitation, Draft, Response)


@pytest.fixture
def survey() -> evaluations.Survey:
    person = people.employee("Samira el Idrissi", manager=people.user("Joris Maas"))
    made = evaluations.survey(evaluations.trajectory(participant=person))
    with as_owner():
        Draft.objects.create(invitation=made.invitation, answers={"ce14": "Geheim"})
    evaluations.answered(made.invitation.faculty, "2026Q3", ce2=5)
    return made


def seen(*models) -> list[int]:
    return [model.objects.count() for model in models]


def onlookers(survey: evaluations.Survey) -> dict[str, object]:
    case = survey.invitation.trajectory
    return {
        "nobody": None,
        "stranger": people.user(),
        "advisor of the case": case.advisor,
        "manager": case.participant.appointments.get().manager,
        **{role.value: people.holder(role) for role in Role},
    }


def test_nobody_but_the_participant_sees_requests_and_drafts(survey) -> None:
    for name, person in onlookers(survey).items():
        with viewing(person):
            assert seen(*CONFIDENTIAL) == [0, 0, 0], name
    with viewing(survey.invitation.participant):
        assert seen(*CONFIDENTIAL) == [1, 1, 0]


def test_link_shows_its_own_request_and_draft_only(survey) -> None:
    evaluations.survey()
    with token_holder(hash_of(survey.token)):
        assert seen(*CONFIDENTIAL) == [1, 1, 0]
    with token_holder(hash_of("another")):
        assert seen(*CONFIDENTIAL) == [0, 0, 0]
    with token_holder(survey.token):  # the token itself is not what the database compares
        assert seen(*CONFIDENTIAL) == [0, 0, 0]


def sheet(survey: evaluations.Survey) -> Response:
    row = survey.invitation
    return Response(
        questionnaire_id=row.questionnaire_id, faculty_id=row.faculty_id, period="2026Q4", choices={}
    )


def test_answers_come_in_through_an_open_link_only(survey) -> None:
    with token_holder(hash_of(survey.token)):
        sheet(survey).save(force_insert=True)
    for person in (None, survey.invitation.participant, people.holder(Role.HR)):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), viewing(person):
            sheet(survey).save(force_insert=True)


@pytest.mark.parametrize("state", [State.ANSWERED, State.EXPIRED, State.CANCELLED])
def test_a_link_that_is_over_brings_nothing_in(survey, state: State) -> None:
    with as_owner():
        Invitation.objects.filter(pk=survey.invitation.pk).update(state=state)
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        token_holder(hash_of(survey.token)),
    ):
        sheet(survey).save(force_insert=True)


def test_advisor_cannot_ask_for_a_survey_in_the_participants_name(survey) -> None:
    case = survey.invitation.trajectory
    with as_owner():
        Invitation.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic(), viewing(case.advisor):
        Invitation.objects.create(
            kind="closing_evaluation",
            trajectory=case,
            participant=case.participant,
            faculty=case.faculty,
            questionnaire=survey.invitation.questionnaire,
            due_on=clock.today(),
        )


@pytest.fixture
def figures() -> list[Release]:
    with as_owner():
        rows = [
            Release.objects.create(
                number=1,
                period="2026Q3",
                state=ReleaseState.RELEASED,
                released_at=clock.now(),
                definitions_version=1,
            ),
            Release.objects.create(
                number=2, period="2026Q4", state=ReleaseState.PREPARED, definitions_version=1
            ),
        ]
        indicator = Indicator.objects.get(key="requests")
        for row in rows:
            for unit in (people.faculty("SCI"), people.faculty("ART"), None):
                ReleasedFigure.objects.create(release=row, faculty=unit, indicator=indicator, low=9, high=9)
    return rows


def codes() -> list[str]:
    rows = ReleasedFigure.objects.select_related("faculty").order_by("release__period", "faculty__code")
    return [row.faculty.code if row.faculty else "all" for row in rows]


def test_hr_of_a_faculty_reads_released_rows_of_its_own_and_the_university(figures) -> None:
    with viewing(people.holder(Role.HR, of=people.faculty("SCI"))):
        assert codes() == ["SCI", "all"]
        assert seen(Release) == [1]


def test_central_hr_reads_prepared_rows_too(figures) -> None:
    with viewing(people.holder(Role.HR)):
        assert sorted(codes()) == ["ART", "ART", "SCI", "SCI", "all", "all"]


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.COORDINATOR, Role.EDITOR, Role.ADMINISTRATOR, None])
def test_others_read_no_figures(figures, role: Role | None) -> None:
    with viewing(people.holder(role) if role else people.user()):
        assert seen(Release, ReleasedFigure) == [0, 0]


def test_an_hr_role_that_has_ended_reads_nothing(figures) -> None:
    from datetime import date

    person = people.user()
    people.role(person, Role.HR, ends_on=date(2025, 1, 1))
    with viewing(person):
        assert seen(Release, ReleasedFigure) == [0, 0]


@pytest.mark.parametrize("role", [Role.HR, Role.ADMINISTRATOR])
def test_nobody_changes_a_released_figure(figures, role: Role) -> None:
    with viewing(people.holder(role)), connection.cursor() as cursor:
        cursor.execute("update evaluations_releasedfigure set low = 1")
        assert cursor.rowcount == 0
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("delete from evaluations_releasedfigure")


def test_nobody_changes_or_deletes_an_answer_sheet(survey) -> None:
    with token_holder(hash_of(survey.token)):
        for statement in (
            "update evaluations_response set choices = '{}'",
            "delete from evaluations_response",
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(statement)
