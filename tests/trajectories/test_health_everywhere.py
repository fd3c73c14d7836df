"""J10: every page on which somebody writes in a dossier asks about words about health, once, and loses nothing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal import clock
from portal.documents import held
from portal.privacy.viewer import viewing
from tests.factories import people, trajectories
from tests.factories.database import as_owner
from tests.trajectories.pagetext import words
from trajectories.models import (
    Agreement,
    AssignmentFile,
    AssignmentPost,
    Discussion,
    Trajectory,
    WorkbookChapter,
)
from trajectories.queries.closing import results_to_rate
from trajectories.queries.workbook import chapters

pytestmark = pytest.mark.django_db
ASKS = "Gaat dit over iemands gezondheid?"
TEXT = "Sinds de hernia thuis."
PLAIN = "text/plain; charset=utf-8"
SEEN = {"health_seen": "hernia"}
PROMPT = chapters()["who_am_i"].prompts[0].key
TASK = {"title": "Bellen", "task": TEXT, "due_on": str(clock.today())}
ASKED = {"question": TEXT, "language": "nl", "route": "self", "frame": "voluntary_policy"}


@pytest.mark.parametrize(
    ("status", "who", "page", "typed"),
    [
        ("in_progress", "advisor", "give_assignment", TASK),
        ("in_progress", "participant", "workbook_chapter", {PROMPT: TEXT}),
        ("in_progress", "advisor", "report", {"text": TEXT}),
        ("in_progress", "advisor", "components", {"self_analysis": "skipped", "self_analysis_reason": TEXT}),
        ("in_progress", "participant", "move", {"to": "on_hold", "reason": TEXT}),
        ("in_progress", "advisor", "move", {"to": "stopped_early", "reason": TEXT}),
        ("agreement_proposed", "participant", "move", {"to": "intake_done", "reason": TEXT}),
        ("closing", "advisor", "move", {"to": "in_progress", "reason": TEXT}),
        ("closed", "participant", "move", {"to": "in_progress", "reason": TEXT}),
        ("closed", "advisor", "move", {"to": "in_progress", "reason": TEXT}),
        ("intake_done", "advisor", "agreement_edit", {"participant_input": TEXT, "keep": "yes"}),
        ("client_alignment", "advisor", "client", {"employer_costs": TEXT}),
        ("closed", "participant", "discuss", {"take_away": TEXT}),
        ("closing", "participant", "closing", {"unplanned": TEXT}),
    ],
)
def test_asks_once_and_goes_on_with_one_click(client, status, who, page, typed):
    told = trajectories.walk(status)
    client.force_login(told.participant if who == "participant" else told.advisor.user)
    arguments = [told.trajectory.reference, *(["who_am_i"] if page == "workbook_chapter" else [])]
    url = reverse(f"trajectories:{page}", args=arguments)
    if page == "client":
        names = [name for name in client.get(url).context["form"].fields if not name.endswith("_confirmed")]
        typed = {names[-1]: TEXT}
    if page == "closing":
        with viewing(told.participant):
            results = list(results_to_rate(told.trajectory))
        typed |= {row.reference: "achieved" for row in results}
    answer = client.post(url, typed)
    assert (answer.status_code, words(answer).count(ASKS)) == (200, 1)
    assert all(text in answer.content.decode() for text in typed.values() if text not in ("yes", "achieved"))
    assert told.trajectory.status == status
    assert client.post(url, typed | SEEN).status_code == 302


@pytest.mark.parametrize(
    ("reason", "status", "said"),
    [(TEXT, 200, ASKS), ("x" * 20_001, 422, "20000"), (" ", 302, "")],
    ids=["health", "too long", "none"],
)
def test_reason_of_a_move_comes_back_on_a_page_of_its_own(client, reason, status, said):
    told = trajectories.walk("in_progress")
    client.force_login(told.participant)
    url = reverse("trajectories:move", args=[told.trajectory.reference])
    answer = client.post(url, {"to": "on_hold", "reason": reason, "version": told.trajectory.version})
    assert answer.status_code == status
    if status != 302:
        assert said in words(answer)
        assert "Pauzeren" in words(answer)
        assert "hoeft niet" not in words(answer)
        assert answer.context["form"]["reason"].value() == reason
        assert f'action="{url}"' in answer.content.decode()
    assert told.trajectory.status == "in_progress"


@pytest.mark.parametrize("to", ["closed", "nowhere", "", "x" * 30])
def test_words_about_health_make_no_move_that_there_is_not(client, to):
    told = trajectories.walk("in_progress")
    client.force_login(told.participant)
    url = reverse("trajectories:move", args=[told.trajectory.reference])
    assert client.post(url, {"to": to, "reason": TEXT}).status_code == 409


def test_request_is_asked_about_and_then_sent(client):
    told = trajectories.story()
    client.force_login(told.participant)
    url = reverse("trajectories:request")
    kinds = [kind.key for kind in told.advisor.question_types.all()]
    answer = client.post(url, ASKED | {"question_types": kinds})
    assert (answer.status_code, words(answer).count(ASKS)) == (200, 1)
    with viewing(told.participant):
        assert not Trajectory.objects.exists()
    assert client.post(url, ASKED | {"question_types": kinds} | SEEN).status_code == 302
    with viewing(told.participant):
        assert Trajectory.objects.get().request.question == TEXT


def test_manager_is_asked_before_writing_about_the_health_of_somebody(client):
    manager = people.employee("Hanneke Bos")
    employee = people.employee("Samira el Idrissi", manager=manager)
    client.force_login(manager)
    typed = {"employee": employee.reference, "reason": TEXT}
    answer = client.post(reverse("trajectories:refer"), typed)
    assert (answer.status_code, words(answer).count(ASKS)) == (200, 1)


def test_reason_for_one_talk_more_is_asked_about(client):
    told = trajectories.walk("agreement_proposed")
    told.sign()
    with as_owner():
        Agreement.objects.filter(trajectory=told.trajectory).update(talks=0)
    client.force_login(told.advisor.user)
    day = clock.today() + timedelta(days=14)
    typed = {"day": day, "starts": "10:00", "ends": "11:00", "mode": "online", "kind": "talk"}
    typed |= {"extra_reason": TEXT, "anyway": "on"}
    url = reverse("trajectories:plan_talk", args=[told.trajectory.reference])
    answer = client.post(url, typed)
    assert (answer.status_code, words(answer).count(ASKS)) == (200, 1)
    assert client.post(url, typed | SEEN).status_code == 302


def test_chapter_is_kept_while_typing_without_a_question(client):
    told = trajectories.walk("in_progress")
    client.force_login(told.participant)
    url = reverse("trajectories:workbook_chapter", args=[told.trajectory.reference, "who_am_i"])
    answer = client.post(url, {PROMPT: TEXT, "keep": "typing", "version": 0}, headers={"HX-Request": "true"})
    assert ASKS not in answer.content.decode()
    with viewing(told.participant):
        assert WorkbookChapter.objects.get().answers[PROMPT] == TEXT


@pytest.fixture
def hand_in(client):
    told = trajectories.walk("in_progress")
    row = told.assignment()
    client.force_login(told.participant)
    url = reverse("trajectories:assignment", args=[told.trajectory.reference, row.reference])
    upload = SimpleUploadedFile("cv.txt", b"Mijn cv.", content_type="text/plain")
    answer = client.post(url, {"text": TEXT, "upload": upload})
    return told, url, answer


def test_file_waits_while_the_words_are_asked_about(client, hand_in):
    told, url, answer = hand_in
    assert (answer.status_code, words(answer).count(ASKS)) == (200, 1)
    assert "“cv.txt” blijft erbij" in words(answer)
    token = answer.context["form"]["held"].value()
    with viewing(told.participant):
        assert not AssignmentPost.objects.exists()
    typed = {"text": TEXT, "held": token, **SEEN}
    assert client.post(url, typed).status_code == 302
    with viewing(told.participant):
        row = AssignmentFile.objects.get()
    assert (row.name, row.content, row.content_type) == ("cv.txt", b"Mijn cv.", PLAIN)
    assert held.take(told.participant.reference, token) is None


def test_file_that_waited_too_long_is_asked_for_again(client, hand_in):
    told, url, answer = hand_in
    token = answer.context["form"]["held"].value()
    assert held.take(told.advisor.user.reference, token) is None
    assert held.take(told.participant.reference, token) == ("cv.txt", PLAIN, b"Mijn cv.")
    answer = client.post(url, {"text": TEXT, "held": token, **SEEN})
    assert answer.status_code == 422
    assert "Kies het bestand nog een keer" in words(answer)
    assert TEXT in words(answer)


def test_other_file_replaces_the_one_that_waited(client, hand_in):
    told, url, answer = hand_in
    token = answer.context["form"]["held"].value()
    upload = SimpleUploadedFile("nieuw.txt", b"Nieuw.", content_type="text/plain")
    client.post(url, {"text": TEXT, "held": token, "upload": upload, **SEEN})
    with viewing(told.participant):
        assert AssignmentFile.objects.get().name == "nieuw.txt"


def test_nobody_is_asked_without_such_words(client):
    told = trajectories.walk("closed")
    client.force_login(told.participant)
    url = reverse("trajectories:discuss", args=[told.trajectory.reference])
    assert client.post(url, {"take_away": f"Meelopen op {clock.today()}."}).status_code == 302
    with viewing(told.participant):
        assert Discussion.objects.get().text.startswith("Meelopen")
