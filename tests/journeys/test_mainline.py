"""The main line, walked in a real browser against a real portal with its worker, in both languages."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.browser import Visitor
from tests.journeys.conftest import SignIn
from tests.journeys.enrolling import enrol_and_cancel, find
from tests.journeys.mainline import (
    address,
    check_all,
    free_time,
    go,
    links,
    move_on,
    plan_today,
    press,
    submit,
    survey_links,
    wait_for,
    withdraw_what_runs,
)
from tests.journeys.running import Portal

QUESTION = {
    "nl": "Past werk in het onderwijs bij mij na mijn promotie?",
    "en": "Would work in education suit me after my PhD?",
}
TERMS = {
    "question_and_goal": "To find out whether education suits.",
    "expected_results": "A choice.",
    "way_of_working": "Conversations and a day of shadowing.",
    "ends_on": (date.today() + timedelta(days=90)).isoformat(),
    "talks": "3",
    "participant_input": "Two hours a week.",
    "advisor_input": "To prepare and to ask on.",
    "guidance_type": "career_advice",
    "replacement": "A colleague takes over.",
    "result_1": "A choice about education.",
    "after_1": "3",
}
ADVISOR = "Wietske Bangma"
# Somebody who was asked a month ago or less gets no other survey, so each language has its own person.
PERSON = {"nl": "employee2", "en": "hr.science"}


def to_a_trajectory(me: Visitor, coordinator: Visitor, language: str, **more: Any) -> str:
    """Ask for advice (`more` fields too) and let the coordinator give it to the advisor; return the reference."""
    withdraw_what_runs(me, language)
    me.open(address("trajectories:request", language))
    submit(
        me,
        question=QUESTION[language],
        question_types="doubt_employability",
        route="self",
        language=language,
        **more,
    )
    me.audit()
    reference = me.page.url.rstrip("/").rsplit("/", 1)[1]
    coordinator.open(address("trajectories:assign", language, reference=reference))
    coordinator.audit()
    card = coordinator.page.locator("main li", has=coordinator.page.locator("h3", has_text=ADVISOR))
    press(coordinator, card.locator("button[name=assign]"))
    return reference


def to_an_agreement(me: Visitor, advisor: Visitor, language: str, case: str) -> None:
    """Hold the intake, write the agreement, and let both sign."""
    go(advisor, "trajectories:plan_intake", language, case)
    submit(advisor, **free_time(advisor))
    go(advisor, "trajectories:intake", language, case)
    check_all(advisor, "done")
    submit(advisor, button="button[name=finish]")
    go(advisor, "trajectories:agreement_edit", language, case)
    submit(advisor, button="button[name=propose]", **TERMS)
    for person in (me, advisor):
        go(person, "trajectories:agreement", language, case)
        submit(person, agrees=True)


def talk(advisor: Visitor, language: str, case: str, kind: str) -> None:
    """Plan a conversation for today and record it."""
    go(advisor, "trajectories:plan_talk", language, case)
    plan_today(advisor, kind)
    record = {"nl": "/vastleggen/", "en": "/record/"}[language]
    go(advisor, "trajectories:page", language, case)
    advisor.open(next(link for link in links(advisor) if link.endswith(record)))
    advisor.audit()
    submit(advisor, agreed="One day of shadowing first.")


def to_the_closing(me: Visitor, advisor: Visitor, language: str, case: str) -> None:
    """Talk, plan, settle the components, and start the closing."""
    talk(advisor, language, case, "talk")
    go(me, "trajectories:plan", language, case, letter="A")
    submit(me, title="Teaching")
    submit(me, text="A day of shadowing", due_on=(date.today() + timedelta(days=20)).isoformat())
    go(advisor, "trajectories:components", language, case)
    check_all(advisor, "done")
    submit(advisor)
    talk(advisor, language, case, "final")
    go(advisor, "trajectories:page", language, case)
    move_on(advisor, "closing")


def to_the_end(me: Visitor, advisor: Visitor, language: str, case: str) -> None:
    """Go to the closing, and let both rate the result."""
    to_the_closing(me, advisor, language, case)
    for person in (me, advisor):
        go(person, "trajectories:closing", language, case)
        check_all(person, "achieved")
        submit(person)


def answer_survey(window: Visitor, link: str) -> None:
    """Open the link of the mail without an account, fill everything in and send it."""
    window.page.goto(link)
    window.audit()
    for group in window.page.locator("main fieldset:has(input[type=radio])").all():
        group.locator("input[type=radio]").last.check()
    with window.page.expect_navigation():
        window.page.locator("button[value=send]").click()
    window.audit()
    window.page.goto(link)
    assert not window.page.locator("main form button[value=send]").count()


def half_a_year_later() -> str:
    """Return the day on which the follow-up is due for a closing of today, and a little after."""
    return (datetime.now(ZoneInfo("Europe/Amsterdam")).date() + timedelta(days=186)).isoformat()


@pytest.mark.parametrize("language", ["nl", pytest.param("en", marks=pytest.mark.long)])
def test_from_question_to_follow_up(
    language: str, portal: Portal, sign_in: SignIn, open_window: Callable[..., Visitor]
) -> None:
    """A question becomes a trajectory; both surveys leave through the worker, each once."""
    me, advisor = sign_in(PERSON[language], language), sign_in("advisor", language)
    mine = f"{PERSON[language]}@universiteit.example"
    before = len(survey_links(portal.var, mine))
    case = to_a_trajectory(me, sign_in("coordinator", language), language)
    to_an_agreement(me, advisor, language, case)
    to_the_end(me, advisor, language, case)
    go(me, "trajectories:page", language, case)
    wait_for(lambda: len(survey_links(portal.var, mine)) == before + 1)
    answer_survey(open_window(), survey_links(portal.var, mine)[-1])
    later = half_a_year_later()
    for _twice in range(2):
        # Of this person only: half a year ahead, something is due for nearly everybody.
        scan = ("send_due_evaluations", "--as-of", later, "--participant", mine)
        assert portal.manage(*scan).returncode == 0
    wait_for(lambda: len(survey_links(portal.var, mine)) == before + 2)
    answer_survey(open_window(java_script_enabled=False), survey_links(portal.var, mine)[-1])
    assert len(survey_links(portal.var, mine)) == before + 2


@pytest.mark.parametrize("language", [pytest.param("nl", marks=pytest.mark.long), "en"])
def test_finding_and_enrolling(language: str, portal: Portal, sign_in: SignIn) -> None:
    """Somebody searches, enrols on a date, gets the mail with a calendar file, and cancels."""
    me = sign_in("employee2", language)
    find(me, language, {"nl": "loopbaangesprek", "en": "one-hour career talk"}[language])
    enrol_and_cancel(me, language, portal.var, "employee2")
