"""From a question to a signed agreement, three ways in, both languages, by clicking; each job's cost is counted."""

from collections.abc import Callable

import pytest

from tests.browser import Visitor
from tests.journeys.conftest import PASSWORD, SignIn
from tests.journeys.counting import Ledger, Walker
from tests.journeys.mainline import address, check_all, free_time, wait_for, withdraw_what_runs
from tests.journeys.running import Portal

pytestmark = pytest.mark.long
ADVISOR = "Wietske Bangma"
WAYS = ("self", "invited", "required")
QUESTION = {
    "nl": "Ik wil weten welk ander werk bij mij past, en hoe ik daar een begin mee maak.",
    "en": "I want to know what other work suits me, and how to make a start.",
}
REASON = {
    "nl": "Je zei dat je iets anders wilt. Praat er eens over met iemand die daar verstand van heeft.",
    "en": "You said you want a change. Talk it over with somebody who knows about that.",
}
POINT = {"nl": "Zo afgesproken.", "en": "Agreed like this."}
RESULT = {"nl": "Een keuze die ik zelf kan uitleggen.", "en": "A choice that I can explain myself."}
SIGNED = {"nl": "Loopt", "en": "In progress"}
# What each job may cost at most (clicks, typed fields), from the home page to the message that it is done.
AT_MOST = {
    "asks": (4, 1),
    "is invited and asks": (5, 1),
    "invites": (4, 2),
    "finds an advisor": (4, 0),
    "plans the intake": (4, 0),
    "records the intake": (12, 3),
    "agrees with the client": (6, 3),
    "writes the agreement": (4, 1),
    "signs": (4, 0),
    "signs as payer": (3, 0),
}
# People of the demonstration who have no account in its list: they get its password for the walk.
NEWCOMERS = """
from portal.people.models import User
from portal.privacy.viewer import viewing
from trajectories.models import Trajectory

def is_new(row):
    with viewing(row):
        return not row.has_usable_password() and not Trajectory.objects.exists()

advisor = User.objects.get(email="advisor@universiteit.example")
near = advisor.appointments.values("department__faculty")
rows = User.objects.filter(is_active=True, appointments__isnull=False, role_grants=None, advisor=None)
rows = rows.exclude(appointments__department__faculty__in=near)
person = next(row for row in rows.filter({where}).order_by("-pk").distinct() if is_new(row))
person.set_password("{password}")
person.save()
print(person.email, person.reference)
"""


def newcomer(portal: Portal, way: str) -> tuple[str, str]:
    """Return address and reference of somebody without a trajectory; the invited one works for the manager."""
    where = "appointments__manager__email='manager@universiteit.example'" if way == "invited" else ""
    code = NEWCOMERS.replace("{where}", where)
    done = portal.manage("shell", "-c", code.replace("{password}", PASSWORD))
    assert done.returncode == 0, done.stderr
    mail, reference = done.stdout.split()[-2:]
    return mail, reference


class Walk:
    """The people of one walk, each in a window of their own."""

    def __init__(self, way: str, language: str, ledger: Ledger, sign_in: SignIn) -> None:
        self.way, self.language, self.ledger, self.sign_in = way, language, ledger, sign_in
        self.case = ""
        self.advisor = self.account("advisor")

    def account(self, name: str) -> Walker:
        """Sign a demo account in."""
        return self.walker(self.sign_in(name, self.language), name)

    def walker(self, visitor: Visitor, who: str) -> Walker:
        """Count what somebody does."""
        return Walker(visitor, who, f"{self.way} {self.language}", self.language, self.ledger)

    def ask(self, me: Walker) -> None:
        """Write the question and send it."""
        me.fill(question=QUESTION[self.language])
        me.choose(question_types="doubt_employability")
        me.submit("button:not([name])")
        self.case = me.page.url.rstrip("/").rsplit("/", 1)[1]


def invites(walk: Walk, sender: Walker, mail: str, reference: str) -> None:
    """Invite, as manager or as HR."""
    with sender.job("invites"):
        sender.follow("trajectories:refer")
        if walk.way == "required":
            sender.fill(address=mail)
            sender.choose(frame="reorganisation")
        else:
            sender.choose(employee=reference)
        sender.fill(reason=REASON[walk.language])
        sender.submit()


def accepts(walk: Walk, me: Walker) -> None:
    """Read the invitation and answer it with a question."""
    with me.job("is invited and asks"):
        me.press("main a[href*='/uitnodigingen/'], main a[href*='/invitations/']")
        me.look("invitation")
        me.press("main a[href*='?invitation=']")
        me.look("request")
        walk.ask(me)


def asks(walk: Walk, me: Walker) -> None:
    """Come by oneself."""
    with me.job("asks"):
        me.follow("trajectories:request")
        walk.ask(me)


def finds_advisor(walk: Walk, coordinator: Walker) -> None:
    """Give the request to the advisor."""
    with coordinator.job("finds an advisor"):
        coordinator.follow("trajectories:board")
        coordinator.follow("trajectories:assign", reference=walk.case)
        coordinator.press(f"main li:has(h3:text-is('{ADVISOR}')) button[name=assign]")


def to_work(walk: Walk, page: str) -> None:
    """Go from the home page to the next action of this case, by the desk."""
    walk.advisor.follow("trajectories:desk")
    walk.advisor.follow(f"trajectories:{page}", reference=walk.case)


def holds_intake(walk: Walk) -> None:
    """Plan and record the intake."""
    advisor = walk.advisor
    with advisor.job("plans the intake"):
        to_work(walk, "plan_intake")
        advisor.choose(**free_time(advisor.visitor))
        advisor.submit()
    with advisor.job("records the intake"):
        to_work(walk, "intake")
        advisor.cost.clicks += advisor.page.locator("main input[type=radio][value=done]").count()
        check_all(advisor.visitor, "done")
        advisor.fill(intended_results_written_note=RESULT[walk.language])
        advisor.fill(roles_agreed_note=POINT[walk.language], question_clear_note=QUESTION[walk.language])
        advisor.submit("button[name=finish]")


def writes_agreement(walk: Walk) -> None:
    """Agree with the client where there is one, and propose the agreement."""
    advisor = walk.advisor
    if walk.way != "self":
        with advisor.job("agrees with the client"):
            to_work(walk, "client")
            names = advisor.page.eval_on_selector_all("main form textarea", "all => all.map(e => e.name)")
            for name in names:
                advisor.fill(**{name: POINT[walk.language]})
                advisor.tick(f"{name}_confirmed")
            advisor.submit()
    with advisor.job("writes the agreement"):
        to_work(walk, "agreement_edit")
        if walk.way == "invited":
            advisor.choose(payer="department")
            advisor.fill(cost="1250")
        advisor.submit("button[name=propose]")


def signs(walk: Walk, person: Walker) -> None:
    """Read the agreement and sign it."""
    with person.job("signs"):
        if person is walk.advisor:
            to_work(walk, "agreement")
        else:
            person.follow("trajectories:agreement", reference=walk.case)
        person.tick("agrees")
        person.submit()


def pays(payer: Walker) -> None:
    """Sign for cost and planning."""
    with payer.job("signs as payer"):
        payer.press("main a[href*='/betalingen/'], main a[href*='/payments/']")
        payer.look("payer")
        payer.tick("agrees")
        payer.submit()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("way", WAYS)
def test_from_question_to_signed_agreement(
    way: str,
    language: str,
    portal: Portal,
    sign_in: SignIn,
    open_window: Callable[..., Visitor],
    ledger: Ledger,
) -> None:
    """Everybody finds the way from home to what is asked of them, in few clicks, until it runs."""
    mail, reference = newcomer(portal, way)
    walk, window = Walk(way, language, ledger, sign_in), open_window()
    window.sign_in(mail, PASSWORD, language)
    me = walk.walker(window, "employee")
    sender = None if way == "self" else walk.account("manager" if way == "invited" else "hr")
    if sender:
        invites(walk, sender, mail, reference)
        accepts(walk, me)
    else:
        asks(walk, me)
    finds_advisor(walk, walk.account("coordinator"))
    holds_intake(walk)
    writes_agreement(walk)
    for person in (me, walk.advisor):
        signs(walk, person)
    if sender and way == "invited":
        pays(sender)
    page = address("trajectories:page", language, reference=walk.case)

    def runs() -> bool:
        me.visitor.open(page)
        return SIGNED[language] in me.page.inner_text("main")

    wait_for(runs)
    me.look("runs")
    withdraw_what_runs(me.visitor, language)  # the advisor keeps room for the other walks
    costs = {job.partition(": ")[2]: cost for (name, job), cost in ledger.rows.items() if name == me.walk}
    over = {
        job: cost
        for job, cost in costs.items()
        if cost.clicks > AT_MOST[job][0] or cost.fields > AT_MOST[job][1]
    }
    assert over == {}
