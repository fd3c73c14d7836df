"""The trajectory of `employee`: not a trace of it for the manager, HR, the administrator or a stranger."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.browser import Visitor
from tests.journeys.conftest import SignIn
from tests.journeys.mainline import address, case_of, mails, text_of
from tests.journeys.running import Portal
from tests.journeys.sending import status
from tests.journeys.walking import walk

LONG = pytest.mark.long
OTHERS = [
    *("manager", "employee2"),  # the access matrix asks the same of every role, without a browser
    *(
        pytest.param(account, marks=LONG)
        for account in ("hr", "admin", "hr.science", "editor", "external", "coordinator")
    ),
]
UNKNOWN = "zzzzzzzzzzzz"
FILLED = {"book": "shared", "letter": "A", "talk": UNKNOWN, "step": UNKNOWN}
TEXTS = "all => all.map(element => element.innerText)"
LONG_ENOUGH = 20
OWN_PAGES: list[tuple[str, dict[str, str]]] = [
    ("notebook", {"book": "own_participant"}),
    ("notebook", {"book": "shared"}),
    ("plan", {"letter": "A"}),
]
OWN_LINES = "main [data-dossier] article > p:first-child, main [data-dossier] ol > li > p"


def addresses_of(case: str) -> list[str]:
    """Return every address of one trajectory."""
    found = []
    for name in names():
        pattern = get_resolver("trajectories.urls").reverse_dict.getlist(name)[0][0][0][1]
        found.append(address(f"trajectories:{name}", "nl", **{key: FILLED.get(key, case) for key in pattern}))
    return found


def names() -> list[str]:
    """Return the names of the addresses that lie below a trajectory's reference."""
    of_one = [
        entry for entry in get_resolver("trajectories.urls").url_patterns if isinstance(entry, URLResolver)
    ]
    return [str(entry.name) for entry in of_one[0].url_patterns if isinstance(entry, URLPattern)]


def lines_of(me: Visitor, case: str) -> set[str]:
    """Return the lines that stand in the participant's notebooks and plan."""
    lines: set[str] = set()
    for name, more in OWN_PAGES:
        me.open(address(f"trajectories:{name}", "nl", reference=case, **more))
        for text in me.page.eval_on_selector_all(OWN_LINES, TEXTS):
            lines |= {line.strip() for line in text.splitlines() if len(line.strip()) >= LONG_ENOUGH}
    assert len(lines) > 3, lines
    return lines


@pytest.mark.parametrize("account", OTHERS)
def test_the_dossier_does_not_exist_for_others(account: str, sign_in: SignIn) -> None:
    """Its addresses answer as those of a reference that was never given out."""
    case = case_of(sign_in("employee"), "nl")
    other = sign_in(account)
    real = [status(other, path) for path in addresses_of(case)]
    assert real == [status(other, path) for path in addresses_of(UNKNOWN)]
    assert set(real) == {404, 405}


@pytest.mark.parametrize(
    "account", ["manager", pytest.param("hr", marks=LONG), pytest.param("admin", marks=LONG)]
)
def test_no_trace_on_any_page(account: str, sign_in: SignIn) -> None:
    """No page that they reach holds the reference, a line of the dossier, or an element of any dossier."""
    me = sign_in("employee")
    case = case_of(me, "nl")
    lines = lines_of(me, case)
    other = sign_in(account)
    seen = []
    for name in walk(other, "nl"):  # one page at a time: what is looked at is the page that is open
        assert (name, traces(other, case, lines)) == (name, [])
        # A form in which they could ask something themselves is theirs.
        assert (name, other.page.locator("[data-dossier]:not(textarea, input, form)").count()) == (name, 0)
        seen.append(name)
    assert len(seen) > 10
    other.open("/dev/mail/")  # their own mail: what the catalogue asks of a manager is of no dossier
    assert traces(other, case, lines) == []
    # HR asked for a trajectory of somebody else, and heard that it began.
    assert account == "hr" or other.page.locator("[data-dossier]").count() == 0


def traces(visitor: Visitor, case: str, lines: set[str]) -> list[str]:
    """Return what the open page holds of a dossier that is not the visitor's."""
    shown = visitor.page.inner_text("body")
    return [line for line in lines if line in shown] + [case] * (case in visitor.page.content())


def test_no_trace_in_the_mail_of_others(portal: Portal, sign_in: SignIn) -> None:
    """The manager was told nothing: no mail names the trajectory or its participant."""
    case = case_of(sign_in("employee"), "nl")
    for account in ("manager", "hr", "hr.science", "admin"):
        for mail in mails(portal.var, f"{account}@universiteit.example"):
            told = f"{mail['Subject']}\n{text_of(mail)}"
            assert case not in told
            assert not re.search(r"Samira|el Idrissi", told)
