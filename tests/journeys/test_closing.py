"""A trajectory that stops early and one that is opened again, walked by participant and advisor in both languages."""

import pytest

from tests.journeys.closing import desk, discuss, give_view, leave_address, open_again, stop_early
from tests.journeys.conftest import SignIn
from tests.journeys.mainline import go, move_on, survey_links, wait_for
from tests.journeys.running import Portal
from tests.journeys.test_mainline import talk, to_a_trajectory, to_an_agreement, to_the_closing

pytestmark = pytest.mark.long
STOPS = "manager"
REOPENS = {"nl": "hr", "en": "admin"}


def scan(portal: Portal, mine: str) -> None:
    """Let the scheduler's scan look at one person now."""
    assert portal.manage("send_due_evaluations", "--participant", mine).returncode == 0


@pytest.mark.parametrize("language", ["nl", "en"])
def test_stopped_early_after_a_talk(language: str, portal: Portal, sign_in: SignIn) -> None:
    """Both read that it ended; the short survey comes once, and an address for the follow-up is asked."""
    mine = f"{STOPS}@universiteit.example"
    me, advisor = sign_in(STOPS, language), sign_in("advisor", language)
    before = len(survey_links(portal.var, mine))
    case = to_a_trajectory(me, sign_in("coordinator", language), language)
    to_an_agreement(me, advisor, language, case)
    talk(advisor, language, case, "talk")
    desk(advisor, language)
    stop_early(me, language, case, "I found what I was looking for.")
    me.audit()
    leave_address(me, language, case, "me@example.com")
    go(advisor, "trajectories:page", language, case)
    assert not advisor.page.locator("main form:has(input[name=to])").count()
    scan(portal, mine)
    wait_for(lambda: survey_links(portal.var, mine))
    me.page.goto(survey_links(portal.var, mine)[-1])
    assert me.page.locator("main fieldset:has(input[type=radio])").count() <= 7
    # At most one request a month: whoever walks here a second time is not asked again.
    assert len(survey_links(portal.var, mine)) <= before + 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_closed_discussed_and_opened_again(language: str, portal: Portal, sign_in: SignIn) -> None:
    """Views are blind, then side by side; opening again asks everything anew and mails no second survey."""
    mine = f"{REOPENS[language]}@universiteit.example"
    me, advisor = sign_in(REOPENS[language], language), sign_in("advisor", language)
    before = len(survey_links(portal.var, mine))
    same = {"accepts_same_faculty": True}
    case = to_a_trajectory(me, sign_in("coordinator", language), language, **same)
    to_an_agreement(me, advisor, language, case)
    to_the_closing(me, advisor, language, case)
    give_view(me, language, case, "achieved", unplanned="I dare to say no.", main="new_role_inside")
    go(advisor, "trajectories:closing", language, case)
    assert "I dare to say no." not in advisor.page.content()
    give_view(advisor, language, case, "partly_achieved")
    assert "I dare to say no." in advisor.page.content()
    discuss(advisor, language, case, what_worked="A day of shadowing.", take_away="To call first.")
    leave_address(me, language, case, "me@example.com")
    wait_for(lambda: len(survey_links(portal.var, mine)) == before + 1)
    open_again(me, language, case, "There is one more question.")
    me.audit()
    go(advisor, "trajectories:page", language, case)
    move_on(advisor, "closing")
    give_view(advisor, language, case, "achieved")
    go(me, "trajectories:closing", language, case)
    assert not me.page.locator("main form.recordform input:checked").count()
    give_view(me, language, case, "achieved")
    scan(portal, mine)
    assert len(survey_links(portal.var, mine)) == before + 1
