"""The sample university: made once for this module, on an empty database, by the command itself."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from evaluations.models import Invitation, ReleasedFigure, Response
from portal import clock
from portal.demo.accounts import PASSWORD, address, content
from portal.organisation.models import Faculty
from portal.people.enums import Role
from portal.people.models import RoleGrant, User
from portal.people.queries import roles_of
from portal.privacy.viewer import viewing
from tests import testdatabase
from trajectories.models import (
    Agreement,
    Conversation,
    Move,
    NotebookEntry,
    Plan,
    PlanStep,
    Signature,
    Trajectory,
)
from trajectories.queries.cases import visible_to
from trajectories.workflow import rules

# The journeys of make test run on a sample; here it is looked at closely.
pytestmark = pytest.mark.long

TODAY = date(2026, 11, 20)
OWNER = "owner"


@pytest.fixture(scope="module")
def sample(place, django_db_setup, django_db_blocker):
    """Make the sample, with real commits; afterwards the tables are as the migrations left them."""
    with django_db_blocker.unblock():
        try:
            call_command("sample_university", employees=240, today=TODAY, stdout=StringIO())
            yield
        finally:
            from django.db import connections

            connections.close_all()
            testdatabase.restore(place)


@pytest.fixture(autouse=True)
def _on_the_day(sample):
    with clock.frozen(clock.local(TODAY, 12)):
        yield


def person(account):
    return User.objects.get(email=address(account))


def cases(account):
    user = person(account)
    with viewing(user):
        return list(visible_to(user))


def test_the_accounts_of_the_sign_in_page_work(settings):
    settings.DEMO = True
    page = Client().get("/en/account/login/").content.decode()
    for row in content("accounts")["accounts"]:
        assert f'value="{row["account"]}"' in page
        answer = Client().post("/en/account/login/", {"login": address(row["account"]), "password": PASSWORD})
        assert answer.status_code == 302
        assert person(row["account"]).full_name == row["name"]


def test_outside_the_demo_the_page_lists_nobody(settings):
    settings.DEMO = False
    assert PASSWORD not in Client().get("/nl/account/login/").content.decode()


def test_the_codes_of_the_faculties():
    codes = set(Faculty.objects.values_list("code", flat=True))
    assert codes == {"ART", "LAW", "SCI", "ECB", "BSS", "ENG", "SPM", "USV"}


@pytest.mark.parametrize(
    ("account", "role"),
    [
        ("advisor", Role.ADVISOR), ("external", Role.ADVISOR), ("coordinator", Role.COORDINATOR), ("hr", Role.HR),
        ("hr.science", Role.HR), ("editor", Role.EDITOR), ("admin", Role.ADMINISTRATOR), ("employee", None),
        ("employee2", None), ("manager", None),
    ],
)  # fmt: skip
def test_roles(account, role):
    assert roles_of(person(account)) == (frozenset({role}) if role else frozenset())


def test_two_people_stand_behind_each_role_that_opens_dossiers():
    grants = RoleGrant.objects.filter(role__in=[Role.ADVISOR, Role.COORDINATOR])
    assert grants.count() == 16
    assert all(len({row.user_id, row.granted_by_id, row.confirmed_by_id} - {None}) == 3 for row in grants)


def test_what_the_employee_finds():
    employee = person("employee")
    with viewing(employee):
        case = Trajectory.objects.get(participant=employee)
        own = set(NotebookEntry.objects.filter(trajectory=case).values_list("kind", flat=True))
        plans = {plan.letter: plan.steps.count() for plan in Plan.objects.filter(trajectory=case)}
        held = Conversation.objects.filter(trajectory=case, state="held", kind="talk").count()
        states = sorted(employee.enrolments.values_list("status", flat=True))
    assert states == ["active", "offered", "waiting"]
    assert (case.status, case.advisor, own, held) == (
        "in_progress",
        person("advisor"),
        {"own_participant", "shared"},
        2,
    )
    assert plans == {"A": 4, "B": 1}
    with viewing(person("advisor")):
        assert NotebookEntry.objects.filter(trajectory=case, kind="own_advisor").count() == 2
        assert not NotebookEntry.objects.filter(trajectory=case, kind="own_participant").exists()
        assert PlanStep.objects.filter(plan__trajectory=case).count() == 4


def test_what_the_others_find():
    assert cases("employee2") == cases("manager") == cases("hr") == cases("admin") == cases("editor") == []
    assert len(cases("external")) == 1
    assert {case.status for case in cases("advisor")} == {
        "requested", "intake_planned", "intake_done", "agreement_proposed", "in_progress", "on_hold", "closing",
        "closed",
    }  # fmt: skip
    waiting = [case for case in cases("coordinator") if case.advisor_id is None]
    assert sorted((TODAY - case.requested_at.date()).days > 7 for case in waiting) == [
        False,
        False,
        False,
        True,
    ]


def test_released_figures_of_every_faculty_some_hidden():
    rows = ReleasedFigure.objects.using(OWNER).filter(release__period="2026Q3", release__state="released")
    faculties = set(rows.values_list("faculty__code", flat=True))
    assert faculties == {None, *Faculty.objects.values_list("code", flat=True)}
    shown = set(
        rows.filter(indicator__key="closings", low__isnull=False).values_list("faculty__code", flat=True)
    )
    assert {None, "SCI"} <= shown
    assert shown != faculties


def test_every_retold_case_made_legal_moves_and_has_valid_signatures():
    table = rules()
    for case in Trajectory.objects.using(OWNER).filter(status__in=["closed", "completed"]):
        path = list(
            Move.objects.using(OWNER).filter(trajectory=case).order_by("pk").values_list("source", "target")
        )
        assert path[0] == ("", "requested")
        assert path[-1][1] == case.status
        assert all(table.between(source, target) for source, target in path[1:])
        signed = set(Signature.objects.using(OWNER).filter(trajectory=case).values_list("side", "digest"))
        agreement = Agreement.objects.using(OWNER).get(trajectory=case)
        assert signed == {("participant", agreement.digest), ("advisor", agreement.digest)}
        texts = [row.text for row in agreement.results.using(OWNER).all()]
        assert agreement.fingerprint(texts) == agreement.digest
        assert case.advisor_id != case.participant_id


def test_answers_belong_to_the_quarter_and_faculty_in_which_they_were_asked():
    asked = {row.reference: row for row in Invitation.objects.using(OWNER).filter(state="answered")}
    sheets = list(Response.objects.using(OWNER).all())
    assert len(sheets) == len(asked)
    linked = [sheet for sheet in sheets if sheet.link]
    assert linked
    assert all(sheet.faculty_id == asked[sheet.link].faculty_id for sheet in linked)


def test_mail_waits_for_the_demo_accounts_only_from_their_own_stories():
    from portal.delivery.models import Mail

    mail = Mail.objects.using(OWNER)
    assert mail.filter(address=address("employee")).exists()
    asked = set(mail.filter(address=address("manager")).values_list("template", flat=True))
    assert asked == {"catalog/approval_asked"}
    assert not mail.filter(template__startswith="evaluations/").exists()


def test_again_changes_nothing_and_something_else_is_refused():
    before = User.objects.count()
    said = StringIO()
    call_command("sample_university", employees=240, stdout=said)
    assert "nothing changes" in said.getvalue()
    for other in ({"seed": 8}, {"employees": 241}, {"today": date(2026, 1, 1)}):
        with pytest.raises(CommandError, match="not empty"):
            call_command("sample_university", **{"employees": 240, **other})
    assert User.objects.count() == before


@pytest.mark.parametrize("wrong", [{"employees": 5}, {"years": 0}, {"years": 11}])
def test_sizes_that_make_no_sense(wrong):
    with pytest.raises(CommandError, match="60 to 20000"):
        call_command("sample_university", **wrong)
