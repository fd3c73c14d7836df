"""From the signatures to the end, three ways, walked by participant and advisor in both languages."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Visitor
from tests.journeys import executing as jobs
from tests.journeys.closing import desk, give_view
from tests.journeys.conftest import PASSWORD, SignIn
from tests.journeys.counting import Ledger, Walker
from tests.journeys.mainline import address, go, mails, move_on, survey_links, wait_for
from tests.journeys.running import Portal
from tests.journeys.test_mainline import talk, to_a_trajectory, to_an_agreement, to_the_closing
from tests.journeys.test_preparation import Walk, newcomer

pytestmark = pytest.mark.long
STOPS = "manager"
SECRET = "I dare to say no."
# Clicks and typed fields that a job may cost at most, from the home page to the message that it is done.
AT_MOST = {
    "plans a conversation": (5, 0),
    "moves a conversation": (5, 0),
    "cancels a conversation": (4, 0),
    "records a conversation": (4, 1),
    "says that it clicks": (2, 0),
    "releases the report-back": (5, 0),
    "settles the components": (5, 0),
    "rounds off": (3, 0),
}


# The manager of somebody gets the password of the demonstration for the walk.
MANAGER = """
from portal.people.models import User
from portal.people.queries import managers

person = managers(User.objects.get(email="{mail}")).first()
person.set_password("{password}")
person.save()
print(person.email)
"""


def manager_of(portal: Portal, mail: str) -> str:
    """Return the address of somebody's manager, who can sign in from now on."""
    done = portal.manage("shell", "-c", MANAGER.format(mail=mail, password=PASSWORD))
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[-1]


def scan(portal: Portal, mine: str) -> None:
    """Let the scheduler's scan look at one person now."""
    assert portal.manage("send_due_evaluations", "--participant", mine).returncode == 0


def calendar_lines(var: Path, to: str) -> list[dict[str, str]]:
    """Return what each calendar file that somebody got says, oldest first; read without a calendar library."""
    parts = [part for mail in mails(var, to) for part in mail.walk()]
    files = [str(part.get_content()) for part in parts if part.get_content_type() == "text/calendar"]
    line = re.compile(r"^(METHOD|UID|SEQUENCE|SUMMARY)(?:;[^:]*)?:(.*?)\r?$", re.MULTILINE)
    return [dict(line.findall(re.sub(r"\r?\n[ \t]", "", text))) for text in files]


def assert_calendar(var: Path, to: str, name: str) -> None:
    """One appointment was planned, moved and cancelled, under a title that tells nothing."""
    found = calendar_lines(var, to)
    uid = next(lines["UID"] for lines in found if (lines["METHOD"], lines["SEQUENCE"]) == ("CANCEL", "2"))
    of_one = [lines for lines in found if lines["UID"] == uid]
    assert [lines["METHOD"] for lines in of_one] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [lines["SEQUENCE"] for lines in of_one] == ["0", "1", "2"]
    assert {lines["SUMMARY"] for lines in of_one} in ({f"Afspraak met {name}"}, {f"Appointment with {name}"})


def follow_the_guide(walk: Walk, me: Walker, reader: Walker) -> None:
    """Talks, tools, self-test, workbook, notebooks, plan and report-back."""
    jobs.plans_talk(walk, walk.advisor, "plans a conversation")
    jobs.moves(walk, me)
    jobs.cancels(walk, me)
    jobs.plans_today(walk, "talk")
    jobs.records(walk)
    jobs.says_that_it_clicks(walk, me)
    jobs.plans_talk(walk, me, "plans a conversation", number=2)
    jobs.takes_self_test(walk, me, "takes the self-test", answer=2)
    jobs.shares_self_test(walk, me)
    jobs.chooses_tool(walk)
    jobs.assigns(walk, me)
    jobs.writes_workbook(walk, me)
    for person, book in ((me, "own_participant"), (me, "shared"), (walk.advisor, "own_advisor")):
        jobs.writes_note(walk, person, book)
    jobs.makes_plan(walk, me)
    jobs.reports_back(walk, me, reader)


def close(walk: Walk, me: Walker) -> None:
    """The final talk, the second self-test, and both views, blind until both are in."""
    jobs.cancels(walk, me)
    jobs.plans_today(walk, "final")
    jobs.records(walk)
    jobs.settles_components(walk)
    jobs.rounds_off(walk)
    jobs.takes_self_test(walk, me, "repeats the self-test", answer=4)
    me.follow("trajectories:self_test")
    me.follow("trajectories:self_test_compare")
    jobs.gives_view(walk, me, "achieved", unplanned=SECRET, main="new_role_inside")
    for name in ("closing", "page", "agreement"):
        path = walk.advisor.visitor.address + address(
            f"trajectories:{name}", walk.language, reference=walk.case
        )
        for headers in ({}, {"HX-Request": "true"}):
            assert SECRET not in walk.advisor.page.request.get(path, headers=headers).text()
    jobs.gives_view(walk, walk.advisor, "partly_achieved")
    assert SECRET in walk.advisor.page.inner_text("main")
    jobs.discusses(walk, walk.advisor, what_worked="A day of shadowing.", take_away="To call first.")
    jobs.leaves_address(walk, me, "me@example.com")


def set_out(way: str, language: str, ledger: Ledger, sign_in: SignIn, portal: Portal, windows: Any) -> Any:
    """Bring a newcomer to a signed agreement; return the walk, the employee, the manager and the address."""
    options = {} if way == "guide" else {"java_script_enabled": False}
    mail, _reference = newcomer(portal, "self")
    window, other = windows(**options), windows(**options)
    window.sign_in(mail, PASSWORD, language)
    other.sign_in(manager_of(portal, mail), PASSWORD, language)
    walk = Walk(way, language, ledger, lambda name, language: sign_in(name, language, **options))
    same = {"accepts_same_faculty": True}
    walk.case = to_a_trajectory(window, sign_in("coordinator", language), language, **same)
    to_an_agreement(window, walk.advisor.visitor, language, walk.case)
    return walk, walk.walker(window, "employee"), walk.walker(other, "manager"), mail


@pytest.mark.parametrize("language", ["nl", "en"])
def test_from_signatures_to_both_views(
    language: str, portal: Portal, sign_in: SignIn, open_window: Callable[..., Visitor], ledger: Ledger
) -> None:
    """B, C, D, E: the whole of the guide after the agreement, each thing found from the home page."""
    walk, me, reader, mail = set_out("guide", language, ledger, sign_in, portal, open_window)
    follow_the_guide(walk, me, reader)
    close(walk, me)
    assert_calendar(portal.var, mail, "Wietske Bangma")
    costs = {job.partition(": ")[2]: cost for (name, job), cost in ledger.rows.items() if name == me.walk}
    over = {
        job: costs[job]
        for job, (clicks, fields) in AT_MOST.items()
        if costs[job].clicks > clicks or costs[job].fields > fields
    }
    assert over == {}


def test_the_same_without_scripts(
    portal: Portal, sign_in: SignIn, open_window: Callable[..., Visitor], ledger: Ledger
) -> None:
    """Nothing but links and forms: every job of the guide is done the same way."""
    walk, me, reader, _mail = set_out("no scripts", "nl", ledger, sign_in, portal, open_window)
    follow_the_guide(walk, me, reader)
    close(walk, me)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_stopped_early_after_a_talk(language: str, portal: Portal, sign_in: SignIn, ledger: Ledger) -> None:
    """Both read that it ended; the short survey comes once, and an address for the follow-up is asked."""
    mine = f"{STOPS}@universiteit.example"
    walk = Walk("stopped", language, ledger, sign_in)
    me, advisor = walk.account(STOPS), walk.advisor.visitor
    before = len(survey_links(portal.var, mine))
    walk.case = to_a_trajectory(me.visitor, sign_in("coordinator", language), language)
    to_an_agreement(me.visitor, advisor, language, walk.case)
    talk(advisor, language, walk.case, "talk")
    desk(advisor, language)
    jobs.moves_with_reason(walk, me, "stops early", "stopped_early", "I found what I was looking for.")
    with me.job("leaves an address for later"):
        me.follow("trajectories:own")  # what is over stands in the list, no longer on the home page
        me.follow("trajectories:page", reference=walk.case)
        me.follow("trajectories:address", reference=walk.case)
        me.fill(email="me@example.com")
        me.tick("agrees")
        me.submit()
    go(advisor, "trajectories:page", language, walk.case)
    assert not advisor.page.locator("main form:has(input[name=to])").count()
    scan(portal, mine)
    wait_for(lambda: survey_links(portal.var, mine))
    me.page.goto(survey_links(portal.var, mine)[-1])
    assert me.page.locator("main fieldset:has(input[type=radio])").count() <= 7
    # At most one request a month: whoever walks here a second time is not asked again.
    assert len(survey_links(portal.var, mine)) <= before + 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_closed_and_opened_again(
    language: str, portal: Portal, sign_in: SignIn, open_window: Callable[..., Visitor], ledger: Ledger
) -> None:
    """Opening again asks everything anew and mails no second survey."""
    mine, _reference = newcomer(portal, "self")
    window = open_window()
    window.sign_in(mine, PASSWORD, language)
    walk = Walk("reopened", language, ledger, sign_in)
    me, advisor = walk.walker(window, "employee"), walk.advisor.visitor
    before = len(survey_links(portal.var, mine))
    same = {"accepts_same_faculty": True}
    case = walk.case = to_a_trajectory(me.visitor, sign_in("coordinator", language), language, **same)
    to_an_agreement(me.visitor, advisor, language, case)
    to_the_closing(me.visitor, advisor, language, case)
    give_view(me.visitor, language, case, "achieved", main="new_role_inside")
    give_view(advisor, language, case, "partly_achieved")
    wait_for(lambda: len(survey_links(portal.var, mine)) == before + 1)
    jobs.moves_with_reason(walk, me, "opens it again", "in_progress", "There is one more question.")
    go(advisor, "trajectories:page", language, case)
    move_on(advisor, "closing")
    give_view(advisor, language, case, "achieved")
    go(me.visitor, "trajectories:closing", language, case)
    assert not me.page.locator("main form.recordform input:checked").count()
    give_view(me.visitor, language, case, "achieved")
    scan(portal, mine)
    assert len(survey_links(portal.var, mine)) == before + 1
