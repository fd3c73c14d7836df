"""Assignments: given, handed in, answered, asked again; files stay confidential and nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from portal import clock
from portal.delivery.models import Mail
from portal.documents.incoming import LARGEST
from portal.privacy.viewer import viewing
from tests.factories import advisors, trajectories
from tests.factories.database import as_owner
from tests.trajectories.test_lists import queries
from trajectories import services
from trajectories.enums.instruments import instruments
from trajectories.errors import Blocked, NoSuchMove, NotYours
from trajectories.models import Assignment, AssignmentFile, AssignmentPost
from trajectories.services.assignments import Upload

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + b"geheim " * 200


@pytest.fixture
def told():
    return trajectories.walk("in_progress")


def at(told, row, name="assignment"):
    return reverse(f"trajectories:{name}", args=[told.trajectory.reference, row.reference])


def state(row):
    with as_owner():
        return Assignment.objects.get(pk=row.pk).state


def mails(person):
    with as_owner():
        found = Mail.objects.filter(recipient=person, key__contains=":assignment:")
        return [(mail.subject, mail.text) for mail in found]


def test_the_whole_way_with_one_more_round(client, told):
    """H2.2-06: the advisor asks, the participant hands in, the advisor asks again and then is content."""
    case = told.trajectory
    client.force_login(told.advisor.user)
    give = reverse("trajectories:give_assignment", args=[case.reference])
    tool = instruments()["job_map"]
    page = client.get(give, {"instrument": "job_map"}).content.decode()
    assert str(tool.task) in page
    day = clock.today() + timedelta(days=7)
    words = {"instrument": "job_map", "title": "Kijk rond", "task": "Kies drie functies.", "due_on": day}
    assert client.post(give, words).status_code == 302
    with viewing(told.advisor.user):
        row = Assignment.objects.get()

    client.force_login(told.participant)
    sent = client.post(at(told, row), {"text": "Drie.", "upload": SimpleUploadedFile("kaart.pdf", PDF)})
    assert sent.status_code == 302
    assert state(row) == "handed_in"

    client.force_login(told.advisor.user)
    assert client.post(at(told, row), {"text": "Nog een vraag.", "again": "again"}).status_code == 302
    assert state(row) == "open"
    client.force_login(told.participant)
    assert client.post(at(told, row), {"text": "Mijn antwoord."}).status_code == 302
    client.force_login(told.advisor.user)
    assert client.post(at(told, row), {"text": "Mooi.", "again": ""}).status_code == 302
    assert state(row) == "answered"

    page = client.get(at(told, row)).content.decode()
    for said in ("Kies drie functies.", "Drie.", "kaart.pdf", "Nog een vraag.", "Mijn antwoord.", "Mooi."):
        assert said in page


def test_mail_says_nothing_of_the_assignment(told):
    row = told.assignment("Geheime titel", task="Geheime opdracht")
    told.hand_in(row, "Geheim antwoord", Upload("geheim.txt", "text/plain", b"Geheim"))
    for person in (told.participant, told.advisor.user):
        ((subject, body),) = mails(person)
        assert "eheim" not in subject + body
        assert reverse("trajectories:instruments", args=[told.trajectory.reference]) in body


def test_a_download_is_an_attachment_that_no_browser_shows(client, told):
    row = told.assignment()
    told.hand_in(row, upload=Upload("mijn “kaart”.pdf", "application/pdf", PDF))
    with viewing(told.participant):
        file = AssignmentFile.objects.get()
    url = reverse(
        "trajectories:assignment_file", args=[told.trajectory.reference, row.reference, file.reference]
    )
    for person in (told.participant, told.advisor.user):
        client.force_login(person)
        answer = client.get(url)
        assert answer.content == PDF
        assert answer["Content-Disposition"].startswith("attachment; filename")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-store"
    client.force_login(advisors.advisor("Joost Ander").user)
    assert client.get(url).status_code == 404


def test_a_file_of_another_assignment_does_not_exist(client, told):
    first, second = told.assignment("Een"), told.assignment("Twee")
    told.hand_in(first, upload=Upload("a.txt", "text/plain", b"a"))
    with viewing(told.participant):
        file = AssignmentFile.objects.get()
    client.force_login(told.participant)
    case = told.trajectory.reference
    url = reverse("trajectories:assignment_file", args=[case, second.reference, file.reference])
    assert client.get(url).status_code == 404


def test_nothing_stands_in_the_database_in_clear(told):
    row = told.assignment("Zichtbaar", task="Zichtbaar")
    told.hand_in(row, "Zichtbaar", Upload("zichtbaar.txt", "text/plain", b"Zichtbaar"))
    tables = ("assignment", "assignmentevent", "assignmentpost", "assignmentfile")
    with as_owner(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"select count(*), string_agg(t::text, '') from trajectories_{table} t")
            count, rows = cursor.fetchone()
            assert count
            assert "ichtbaar" not in rows
            assert "WmljaHRiYWFy" not in rows


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("groot.pdf", PDF[:9] + b"x" * (20 * 1024 * 1024), "Dit bestand is groter dan 10 MB."),
        ("net te groot.pdf", PDF[:9] + b"x" * (LARGEST - 8), "Dit bestand is groter dan 10 MB."),
        ("programma.exe", b"MZ\x90\x00", "Dit bestand kunt u niet inleveren."),
        ("vermomd.pdf", b"MZ\x90\x00", "Dit bestand kunt u niet inleveren."),
        ("leeg.pdf", b"", "Dit bestand is leeg."),
    ],
    ids=["20 MB", "just too large", "forbidden", "disguised", "empty"],
)
def test_a_file_that_is_refused_costs_nothing_typed(client, told, name, content, said):
    row = told.assignment()
    client.force_login(told.participant)
    words = "Mijn lange antwoord, een uur aan gewerkt."
    page = client.post(at(told, row), {"text": words, "upload": SimpleUploadedFile(name, content)})
    assert page.status_code == 422
    assert said in page.content.decode()
    assert words in page.content.decode()
    assert state(row) == "open"
    with viewing(told.participant):
        assert not AssignmentPost.objects.exists()


def test_an_empty_hand_in_is_refused(client, told):
    row = told.assignment()
    client.force_login(told.participant)
    page = client.post(at(told, row), {"text": "  "})
    assert page.status_code == 422
    assert "Schrijf iets of kies een bestand." in page.content.decode()


def test_a_double_click_hands_in_once(told):
    row = told.assignment()
    upload = Upload("a.txt", "text/plain", b"a")
    with told.acting(told.participant, days=0) as actor:
        first = services.hand_in(actor=actor, assignment=row, text="Klaar.", upload=upload)
        again = services.hand_in(actor=actor, assignment=row, text="Klaar.", upload=upload)
        more = services.hand_in(actor=actor, assignment=row, text="Nog iets.")
    assert first == again != more


def test_a_double_click_gives_once(told):
    words: dict[str, Any] = {"title": "Twee keer", "task": "Een keer.", "due_on": clock.today()}
    with viewing(told.advisor.user):
        given = [
            services.give_assignment(actor=told.advisor.user, trajectory=told.trajectory, **words)
            for _click in range(2)
        ]
    assert given[0] == given[1]


def test_an_answer_to_what_was_answered_gives_back_what_was_typed(client, told):
    row = told.assignment()
    told.hand_in(row)
    with viewing(told.advisor.user):
        services.answer(actor=told.advisor.user, assignment=row, text="Goed zo.")
    client.force_login(told.participant)
    page = client.post(at(told, row), {"text": "Nog een bijlage op het laatste moment."})
    assert page.status_code == 409
    assert "Nog een bijlage op het laatste moment." in page.content.decode()
    client.force_login(told.advisor.user)
    page = client.post(at(told, row), {"text": "Een tweede antwoord."})
    assert page.status_code == 409
    assert "Een tweede antwoord." in page.content.decode()


def test_each_side_has_its_own_acts(told):
    row = told.assignment()
    with viewing(told.advisor.user), pytest.raises(NotYours):
        services.hand_in(actor=told.advisor.user, assignment=row, text="Namens u.")
    with viewing(told.participant):
        for act in (
            lambda: services.answer(actor=told.participant, assignment=row, text="Zelf."),
            lambda: services.withdraw_assignment(actor=told.participant, assignment=row),
            lambda: services.give_assignment(
                actor=told.participant, trajectory=told.trajectory, title="x", task="x", due_on=clock.today()
            ),
        ):
            with pytest.raises(NotYours):
                act()


def test_only_what_nobody_touched_can_be_taken_back(told):
    row, used = told.assignment("Weg"), told.assignment("Blijft")
    told.hand_in(used)
    with viewing(told.advisor.user):
        services.withdraw_assignment(actor=told.advisor.user, assignment=row)
        with pytest.raises(NoSuchMove):
            services.withdraw_assignment(actor=told.advisor.user, assignment=used)
    with viewing(told.participant), pytest.raises(NoSuchMove):
        services.hand_in(actor=told.participant, assignment=row, text="Toch.")


@pytest.mark.parametrize("days", [-1, 400])
def test_a_date_that_makes_no_sense_is_refused(told, days):
    day = clock.today() + timedelta(days=days)
    with viewing(told.advisor.user), pytest.raises(Blocked):
        services.give_assignment(
            actor=told.advisor.user, trajectory=told.trajectory, title="x", task="x", due_on=day
        )


def test_a_test_is_given_by_a_qualified_advisor_only(client, told):
    """E4: the portal says so beforehand and refuses afterwards; the words stay."""
    client.force_login(told.advisor.user)
    url = reverse("trajectories:give_assignment", args=[told.trajectory.reference])
    page = client.get(url, {"instrument": "career_test"}).content.decode()
    assert "Deze kunt u niet geven" in page
    words = {"instrument": "career_test", "title": "Test", "task": "Maak de test.", "due_on": clock.today()}
    page = client.post(url, words)
    assert page.status_code == 422
    assert "bevoegd" in page.content.decode()
    assert "Maak de test." in page.content.decode()
    with as_owner():
        told.advisor.is_test_qualified = True
        told.advisor.save()
    assert client.post(url, words).status_code == 302


def test_an_unknown_instrument_cannot_be_given(told):
    with viewing(told.advisor.user), pytest.raises(NoSuchMove):
        services.give_assignment(
            actor=told.advisor.user,
            trajectory=told.trajectory,
            title="x",
            task="x",
            due_on=clock.today(),
            instrument="horoscope",
        )


def test_after_the_end_everything_is_read_only(client, told):
    row = told.assignment("Blijft leesbaar")
    told.end("stopped_early")
    client.force_login(told.participant)
    page = client.get(at(told, row)).content.decode()
    assert "Blijft leesbaar" in page
    assert 'name="text"' not in page
    page = client.post(at(told, row), {"text": "Te laat, maar wel getypt."})
    assert page.status_code == 409
    assert "Te laat, maar wel getypt." in page.content.decode()


@pytest.mark.parametrize("side", ["participant", "advisor"])
def test_lists_and_threads_take_a_constant_number_of_queries(client, told, side):
    client.force_login(told.participant if side == "participant" else told.advisor.user)
    row = told.assignment("Nummer een")
    told.hand_in(row, upload=Upload("a.txt", "text/plain", b"a"))
    listed = reverse("trajectories:instruments", args=[told.trajectory.reference])
    one, thread = queries(client, listed)[0], queries(client, at(told, row))[0]
    for number in range(2):
        told.hand_in(row, f"Meer {number}", Upload(f"{number}.txt", "text/plain", b"a"))
        told.hand_in(told.assignment(f"Nummer {number}"))
    assert queries(client, listed)[0] == one
    assert queries(client, at(told, row))[0] == thread


def test_an_answer_with_words_about_health_is_asked_about_once(client, told):
    row = told.assignment()
    told.hand_in(row)
    client.force_login(told.advisor.user)
    words = {"text": "Goed dat u na uw burn-out weer schrijft.", "again": ""}
    page = client.post(at(told, row), words)
    assert page.status_code == 200
    assert "weer schrijft." in page.content.decode()
    assert state(row) == "handed_in"
    assert client.post(at(told, row), {**words, "health_seen": "burn-out"}).status_code == 302
    assert state(row) == "answered"


def test_what_is_finished_stands_below_what_waits(client, told):
    done = told.assignment("Al klaar", due_on=told.moment.date())
    told.hand_in(done)
    with told.acting(told.advisor.user) as actor:
        services.answer(actor=actor, assignment=done, text="Mooi.")
    told.assignment("Nog te doen", due_on=told.moment.date() + timedelta(days=9))
    client.force_login(told.participant)
    html = client.get(reverse("trajectories:instruments", args=[told.trajectory.reference])).content.decode()
    assert html.index("Nog te doen") < html.index("Al klaar")
