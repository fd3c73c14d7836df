"""From the last rating to the end of the follow-up, with the worker's own login and real commits."""

import re
from datetime import datetime

import pytest
from django.test import Client

from evaluations.enums import Kind
from evaluations.models import Invitation, Response
from evaluations.services.sending import send_due
from portal import clock
from portal.delivery import running
from portal.delivery.models import Job, Mail
from tests.factories import evaluations, trajectories
from tests.factories.database import as_owner
from tests.portal.delivery.conftest import as_worker

pytestmark = pytest.mark.usefixtures("committed")
FOLLOW_UP = {
    **dict.fromkeys(("fu2", "fu3", "fu4", "fu6", "fu7", "fu10"), "4"),
    "fu1": "new_role_inside",
    "fu5": "achieved",
    "fu9": "9",
}


def work(*, until: datetime) -> None:
    """Let the worker do the waiting jobs and one scan on that day."""
    with as_worker(), clock.frozen(until):
        while running.run_next():
            pass
        send_due(as_of=until.date())


def answer(kind: Kind, answers: dict[str, str], *, on: datetime) -> int:
    """Follow the newest link in the mail and send the survey in."""
    with as_owner():
        row = Invitation.objects.get(kind=kind)
        letter = Mail.objects.get(key=f"survey:{row.reference}:0")
    (path,) = re.findall(r"https?://[^/]+(/nl/vragenlijst/[^/]+/)", letter.text)
    with clock.frozen(on):
        return Client().post(path, {**answers, "act": "send"}).status_code


def test_from_closing_to_the_end_of_the_follow_up() -> None:
    told = trajectories.walk("closed")
    closed_at = told.trajectory.closed_at
    assert closed_at is not None
    work(until=told.moment)
    assert answer(Kind.CLOSING, evaluations.CLOSING_ANSWERS, on=told.moment) == 302
    with as_owner():
        due_on = Invitation.objects.get(kind=Kind.FOLLOW_UP).due_on
    half_a_year_later = clock.local(due_on, 9)
    work(until=half_a_year_later)
    assert answer(Kind.FOLLOW_UP, FOLLOW_UP, on=half_a_year_later) == 302
    work(until=half_a_year_later)
    assert told.trajectory.status == "completed"
    with as_owner():
        sheets = Response.objects.values_list("questionnaire__key", "faculty__code")
        assert sorted(sheets) == [("closing_evaluation", "SCI"), ("six_month_follow_up", "SCI")]
        assert not Job.objects.filter(name__startswith="evaluations.").exclude(state="done").exists()
