"""At the database, on a web connection: a dossier is nobody's but its people's."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from portal.people import queries as people_queries
from portal.people.enums import Role
from portal.privacy import wall
from portal.privacy.viewer import viewing
from tests.factories import advisors, people, trajectories
from trajectories.enums import Notebook
from trajectories.models import (
    Agreement,
    Conversation,
    IntendedResult,
    Move,
    NotebookEntry,
    Plan,
    PlanStep,
    Rating,
    Request,
    RequestDraft,
    Trajectory,
    WorkbookChapter,
)
from trajectories.services.assignments import Upload

pytestmark = pytest.mark.django_db
CONFIDENTIAL = [
    model
    for model in apps.get_app_config("trajectories").get_models()
    if model._meta.managed and not wall.is_closed(model)
]


@pytest.fixture
def told():
    """A rich dossier, of somebody with a manager, with every notebook, plan and rating."""
    story = trajectories.walk("in_progress")
    people.managed(story.participant)
    for kind in Notebook:
        story.note(kind, f"Tekst in {kind}.")
    for letter in "BC":
        story.plan(letter, f"Plan {letter}", ("Geheim",))
    story.tailor()
    story.hand_in(story.assignment(), upload=Upload("kaart.txt", "text/plain", b"Geheim."))
    story.workbook("who_am_i")
    story.workbook("what_can_i", share=True)
    trajectories._step(story, "closing")
    story.goal("Werk dat past.")
    story.draft("Half getypt.")
    return story


def manager_of(told):
    return people_queries.managers(told.participant).get()


def strangers(told):
    return {
        "manager": manager_of(told),
        "hr": people.holder(Role.HR, "Hans Hr"),
        "faculty hr": people.holder(Role.HR, "Fien Hr", of=people.faculty("SCI")),
        "administrator": people.holder(Role.ADMINISTRATOR, "Ad Min"),
        "editor": people.holder(Role.EDITOR, "Ed Itor"),
        "other advisor": advisors.advisor("Joost Ander").user,
        "stranger": people.employee("Iemand Anders"),
        "nobody": None,
    }


def test_nobody_else_sees_a_row_of_any_table(told):
    told.rate(told.participant)
    assert connection.settings_dict["USER"] == "portal_web"
    for name, viewer in strangers(told).items():
        with viewing(viewer):
            seen = {model.__name__: model._default_manager.count() for model in CONFIDENTIAL}
        assert seen == dict.fromkeys(seen, 0), name


def test_participant_sees_the_dossier_without_the_advisors_own_notebook(told):
    told.rate(told.participant, told.advisor.user)
    told.look_back()
    empty = {
        "Nudge",
        "RequestDraft",
        "SelfTest",
        "SelfTestDraft",
        "SelfTestShare",
        "ClickCheck",
        "ClientPoint",
        "PageDraft",
        "Proposal",
        "RequestDraftEvent",
        "ClientPointEvent",
        "ProposalEvent",
        "Referral",
        "ReferralEvent",
        "Handover",
        "HandoverEvent",
        "Decline",
        "PayerView",
        "PayerViewEvent",
        "WithdrawalCount",
        "ReportDraft",
        "ReportDraftEvent",
        "ReportBack",
        "ReportBackEvent",
    }
    with viewing(told.participant):
        seen = {model.__name__ for model in CONFIDENTIAL if model._default_manager.exists()}
        kinds = set(NotebookEntry.objects.values_list("kind", flat=True))
    assert seen == {model.__name__ for model in CONFIDENTIAL} - empty
    assert kinds == {Notebook.OWN_PARTICIPANT, Notebook.SHARED}


def test_advisor_sees_plan_a_and_no_text_of_the_participants_own(told):
    with viewing(told.advisor.user):
        assert set(NotebookEntry.objects.values_list("kind", flat=True)) == {
            Notebook.SHARED,
            Notebook.OWN_ADVISOR,
        }
        assert list(Plan.objects.values_list("letter", flat=True)) == ["A"]
        assert set(PlanStep.objects.values_list("plan__letter", flat=True)) == {"A"}
        assert set(WorkbookChapter.objects.values_list("key", flat=True)) == {"what_can_i"}


def test_history_follows_the_wall_of_its_model(told):
    event = apps.get_model("trajectories", "NotebookEntryEvent")
    with viewing(told.advisor.user):
        assert Notebook.OWN_PARTICIPANT not in set(event.objects.values_list("kind", flat=True))
    with viewing(told.participant):
        assert Notebook.OWN_ADVISOR not in set(event.objects.values_list("kind", flat=True))


def test_ratings_are_hidden_until_both_are_in(told):
    told.rate(told.participant)
    with viewing(told.advisor.user):
        assert Rating.objects.count() == 0
    told.rate(told.advisor.user)
    for person in (told.participant, told.advisor.user):
        with viewing(person):
            assert set(Rating.objects.values_list("side", flat=True)) == {"participant", "advisor"}


def test_coordinator_reads_the_request_until_it_is_assigned():
    told = trajectories.walk("requested")
    with viewing(told.coordinator):
        assert Request.objects.get().question == trajectories.QUESTION
    told.assign()
    with viewing(told.coordinator):
        assert Request.objects.count() == 0
        assert Trajectory.objects.count() == 1


def test_coordinator_sees_phase_and_dates_but_no_text(told):
    with viewing(told.coordinator):
        for model in (
            Agreement,
            NotebookEntry,
            Plan,
            PlanStep,
            IntendedResult,
            Rating,
            RequestDraft,
            Request,
        ):
            assert model.objects.count() == 0, model
        assert set(Conversation.objects.values_list("kind", flat=True)) <= {"intake"}
        assert not any(move.reason for move in Move.objects.all())


def test_texts_are_unreadable_in_the_database(told):
    with viewing(told.participant), connection.cursor() as cursor:
        cursor.execute(
            "select text from trajectories_notebookentry union all select question from trajectories_request"
        )
        rows = [row[0] for row in cursor.fetchall()]
    assert len(rows) > 2
    assert not any("Tekst" in row or "onderzoeksdata" in row for row in rows)


def test_nobody_writes_in_the_others_name(told):
    case = told.trajectory
    for viewer, author, kind in (
        (told.advisor.user, told.advisor.user, Notebook.OWN_PARTICIPANT),
        (told.advisor.user, told.participant, Notebook.SHARED),
        (manager_of(told), manager_of(told), Notebook.SHARED),
    ):
        with viewing(viewer), pytest.raises(DatabaseError), transaction.atomic():
            NotebookEntry.objects.create(trajectory=case, kind=kind, author=author, text="Vals.")
