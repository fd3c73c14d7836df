"""The scan: sends what is due, once, however often and however many times at once it runs."""

import io
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from evaluations.enums import Kind, State
from evaluations.models import Draft, Invitation
from evaluations.services.sending import send_due
from evaluations.services.tokens import hash_of
from portal.delivery.models import Job, Mail
from tests.factories import evaluations, people
from tests.factories.database import as_owner

pytestmark = pytest.mark.usefixtures("worker")
DAY = date(2026, 8, 31)


def mails() -> list[Mail]:
    with as_owner():
        return list(Mail.objects.order_by("queued_at", "key"))


def states() -> list[tuple[str, date | None, int]]:
    with as_owner():
        return [(row.state, row.sent_on, row.reminders) for row in Invitation.objects.order_by("pk")]


def token_in(letter: Mail) -> str:
    (found,) = re.findall(r"/(?:vragenlijst|survey)/([^/]+)/", letter.text)
    return str(found)


def test_due_survey_is_mailed_with_a_link_of_which_only_the_hash_is_kept() -> None:
    row = evaluations.planned(due_on=DAY)
    assert send_due(as_of=DAY).queued == 1
    (letter,) = mails()
    with as_owner():
        row.refresh_from_db()
    assert row.token_hashes == [hash_of(token_in(letter))]
    assert (row.state, row.sent_on, row.closes_on) == (State.SENT, DAY, DAY + timedelta(days=42))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select string_agg(m::text, ' ') from delivery_mail m")
        assert token_in(letter) not in cursor.fetchone()[0]


def test_nothing_goes_out_before_its_day() -> None:
    evaluations.planned(due_on=DAY)
    assert send_due(as_of=DAY - timedelta(days=1)).queued == 0
    assert mails() == []


def test_scanning_twice_queues_nothing_new() -> None:
    evaluations.planned(due_on=DAY)
    assert [send_due(as_of=DAY).queued for _scan in range(2)] == [1, 0]
    assert len(mails()) == 1


def test_two_scanners_at_once_queue_each_survey_once() -> None:
    for _person in range(12):
        evaluations.planned(due_on=DAY)
    together = threading.Barrier(2)

    def scan() -> int:
        try:
            together.wait(10)
            return send_due(as_of=DAY).queued
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        counts = [run.result() for run in [pool.submit(scan), pool.submit(scan)]]
    assert sum(counts) == 12
    assert len({letter.key for letter in mails()}) == len(mails()) == 12


def test_two_scanners_at_once_ask_one_person_one_thing() -> None:
    person = people.user()
    for kind in (Kind.CLOSING, Kind.FOLLOW_UP):
        evaluations.planned(evaluations.trajectory(participant=person), due_on=DAY, kind=kind)
    together = threading.Barrier(2)

    def scan() -> int:
        try:
            together.wait(10)
            return send_due(as_of=DAY).queued
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        counts = [run.result() for run in [pool.submit(scan), pool.submit(scan)]]
    assert sum(counts) == 1
    assert len(mails()) == 1


def test_mail_is_in_the_persons_language_with_a_neutral_subject() -> None:
    evaluations.planned(
        evaluations.trajectory(participant=people.user("Zoë Smith", language="en")), due_on=DAY
    )
    send_due(as_of=DAY)
    (letter,) = mails()
    assert "/en/survey/" in letter.text
    assert "until 12 October 2026" in letter.text
    assert not re.search("evalu|survey|traject", letter.subject, re.IGNORECASE)


def test_follow_up_goes_first_and_the_other_waits_a_month() -> None:
    person = people.user()
    closing = evaluations.planned(evaluations.trajectory(participant=person), due_on=DAY)
    follow_up = evaluations.planned(
        evaluations.trajectory(participant=person), due_on=DAY, kind=Kind.FOLLOW_UP
    )
    assert send_due(as_of=DAY).queued == 1
    with as_owner():
        assert [Invitation.objects.get(pk=row.pk).state for row in (closing, follow_up)] == [
            State.PLANNED,
            State.SENT,
        ]
    assert send_due(as_of=DAY + timedelta(days=29)).invitations == 0
    assert send_due(as_of=date(2026, 9, 30)).invitations == 1


@pytest.mark.parametrize("state", [State.SENT, State.ANSWERED])
def test_a_survey_of_last_week_holds_the_next_one_back(state: State) -> None:
    person = people.user()
    evaluations.survey(
        evaluations.trajectory(participant=person), sent_on=DAY - timedelta(days=7), state=state
    )
    evaluations.planned(evaluations.trajectory(participant=person), due_on=DAY, kind=Kind.FOLLOW_UP)
    assert send_due(as_of=DAY).invitations == 0


def test_reminders_follow_with_links_of_their_own_and_the_first_link_still_works(client) -> None:
    evaluations.planned(due_on=DAY)
    for days in (0, 6, 7, 8, 21, 22, 41):
        send_due(as_of=DAY + timedelta(days=days))
    letters = mails()
    tokens = [token_in(letter) for letter in letters]
    assert len(set(tokens)) == 3
    assert "laatste herinnering" in next(letter for letter in letters if letter.key.endswith(":2")).text
    with as_owner():
        (row,) = Invitation.objects.all()
    assert set(row.token_hashes) == {hash_of(token) for token in tokens}


def test_missed_scans_send_one_reminder_not_two() -> None:
    evaluations.planned(due_on=DAY)
    send_due(as_of=DAY)
    assert send_due(as_of=DAY + timedelta(days=30)).reminders == 1
    assert send_due(as_of=DAY + timedelta(days=31)).reminders == 0


@pytest.mark.parametrize("state", [State.ANSWERED, State.CANCELLED])
def test_no_reminder_after_an_answer(state: State) -> None:
    evaluations.survey(sent_on=DAY, state=state)
    assert send_due(as_of=DAY + timedelta(days=8)).queued == 0


def test_unanswered_survey_closes_after_42_days_and_its_draft_is_emptied() -> None:
    survey = evaluations.survey(sent_on=DAY)
    with as_owner():
        Draft.objects.create(invitation=survey.invitation, answers={"ce14": "Nooit verstuurd"})
    assert send_due(as_of=DAY + timedelta(days=42)).closed == 0
    assert send_due(as_of=DAY + timedelta(days=43)).closed == 1
    assert survey.fresh.state == State.EXPIRED
    with as_owner():
        assert Draft.objects.get().answers == {}


def test_follow_up_that_expires_lets_a_job_complete_the_trajectory() -> None:
    survey = evaluations.survey(kind=Kind.FOLLOW_UP, sent_on=DAY)
    send_due(as_of=DAY + timedelta(days=43))
    with as_owner():
        (job,) = Job.objects.filter(name="evaluations.complete")
    assert (job.object_id, job.viewer_id) == (
        str(survey.invitation.trajectory_id),
        survey.invitation.participant_id,
    )


def test_command_says_how_many_it_queued() -> None:
    evaluations.planned(due_on=DAY)
    out = io.StringIO()
    for _time in range(2):
        call_command("send_due_evaluations", as_of=DAY, stdout=out)
    assert out.getvalue().splitlines() == [
        "1 queued: 1 surveys, 0 reminders; 0 closed.",
        "0 queued: 0 surveys, 0 reminders; 0 closed.",
    ]
