"""Two clicks on “Show my outcome” at the same moment make one outcome, and no half test is left behind."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from django.db import connections

from portal.privacy.viewer import viewing
from tests.factories import people
from trajectories.enums.self_test import instrument
from trajectories.models import SelfTest, SelfTestDraft
from trajectories.services import self_testing

pytestmark = pytest.mark.long
STATEMENTS = instrument().statements


def test_two_clicks_at_once_give_one_outcome(committed) -> None:
    person = people.employee()
    answers = {row.key: 3 for row in STATEMENTS}
    with viewing(person):
        self_testing.save_answers(actor=person, answers=dict(list(answers.items())[:24]))
    last = dict(list(answers.items())[24:])
    first_is_in = Event()

    def click(is_first: bool) -> int:
        try:
            if not is_first:
                first_is_in.wait(10)
            with viewing(person):
                self_testing.save_answers(actor=person, answers=last)
                if is_first:
                    first_is_in.set()
                    sleep(0.5)  # time enough for the other one to reach the lock
                return self_testing.finish_self_test(actor=person).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as clicks:
        outcomes = list(clicks.map(click, (True, False)))
    with viewing(person):
        assert outcomes == [SelfTest.objects.get().pk] * 2
        assert not SelfTestDraft.objects.exists()
