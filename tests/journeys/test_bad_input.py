"""Double clicks, stale pages, past sessions, wrong methods, odd and large texts: a clear answer each time."""

from datetime import date, timedelta

import pytest

from tests.browser import Visitor
from tests.journeys.conftest import PASSWORD, SignIn
from tests.journeys.mainline import address, case_of, free_time, go, submit, withdraw_what_runs
from tests.journeys.sending import post, send_twice, status

UNKNOWN = "zzzzzzzzzzzz"


def form_with(visitor: Visitor, field: str):
    """Return the form that holds a field."""
    return visitor.page.locator(f"main form:has([name='{field}'])").first


def test_a_note_sent_twice_is_kept_once(sign_in: SignIn) -> None:
    """The same note in the same second: one note."""
    me = sign_in("employee")
    go(me, "trajectories:notebook", "nl", case_of(me, "nl"), book="own_participant")
    words = f"Twee keer geklikt op {date.today()}, maar een keer bewaard."
    form_with(me, "text").locator("[name=text]").fill(words)
    assert send_twice(form_with(me, "text")) == [200, 200]
    me.page.reload()
    assert me.page.locator("main article", has_text=words).count() == 1


def test_a_plan_step_sent_twice_is_added_once(sign_in: SignIn) -> None:
    """The same step in the same second: one step."""
    me = sign_in("employee")
    go(me, "trajectories:plan", "nl", case_of(me, "nl"), letter="B")
    submit(me, title="Iets anders")
    form_with(me, "due_on").locator("[name=text]").fill("Een keer meelopen")
    assert send_twice(form_with(me, "due_on")) == [200, 200]
    me.page.reload()
    assert me.page.locator("main li", has_text="Een keer meelopen").count() == 1


def test_a_request_sent_twice_is_one_request(sign_in: SignIn) -> None:
    """The second of two requests hears that one runs already."""
    me = sign_in("editor")
    withdraw_what_runs(me, "nl")
    me.open(address("trajectories:request", "nl"))
    form = form_with(me, "question")
    form.locator("[name=question]").fill("Wat past bij mij?")
    form.locator("[name=question_types]").first.check()
    assert sorted(send_twice(form)) == [200, 422]
    me.open(address("trajectories:own", "nl"))
    assert me.page.locator("main article", has_text="Aangevraagd").count() == 1
    withdraw_what_runs(me, "nl")


def test_an_older_page_gives_back_what_was_typed(sign_in: SignIn) -> None:
    """Meanwhile something changed: 409, a sentence, and the text to copy."""
    me, advisor = sign_in("employee"), sign_in("advisor")
    case = case_of(me, "nl")
    advisor.open(address("trajectories:plan_talk", "nl", reference=case))
    go(me, "trajectories:plan_talk", "nl", case)
    submit(me, **free_time(me, 1))
    submit(advisor, **free_time(advisor), place="Kamer 4.12, met het raam open")
    assert "Kamer 4.12, met het raam open" in advisor.page.inner_text("main")
    assert advisor.page.locator(f"main a[href*='{case}']").count()


def test_a_session_that_ended_meanwhile(sign_in: SignIn) -> None:
    """Signed out between opening and sending: sign in, come back to the same page, and find one's words."""
    me = sign_in("employee")
    path = address("trajectories:notebook", "nl", reference=case_of(me, "nl"), book="own_participant")
    me.open(path)
    me.context.clear_cookies(name="portal_session")
    submit(me, text="Dit typte ik net toen mijn sessie afliep.")
    assert "Dit typte ik net toen mijn sessie afliep." in me.page.content()
    me.page.locator("main form[action*='/account/login/'] button").click()
    me.page.fill("input[name=login]:not([type=hidden])", "employee@universiteit.example")
    me.page.fill("input[name=password]:not([type=hidden])", PASSWORD)
    me.page.press("input[name=password]:not([type=hidden])", "Enter")
    me.page.wait_for_url(f"**{path}")
    assert me.page.locator("main [name=text]").count() == 1


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_other_methods_are_refused(method: str, sign_in: SignIn) -> None:
    """No page takes them."""
    me = sign_in("employee")
    paths = [
        address("trajectories:own", "nl"),
        address("trajectories:page", "nl", reference=case_of(me, "nl")),
    ]
    token = {cookie["name"]: cookie["value"] for cookie in me.context.cookies()}["csrftoken"]
    answers = [
        me.context.request.fetch(me.address + path, method=method, headers={"X-CSRFToken": token})
        for path in paths
    ]
    assert [answer.status for answer in answers] == [405, 405]
    assert all("<h1" in answer.text() for answer in answers)


def test_an_act_is_not_a_page(sign_in: SignIn) -> None:
    """Opening the address of an act does nothing and says so."""
    me = sign_in("employee")
    case = case_of(me, "nl")
    acts = ["trajectories:move", "trajectories:sign", "trajectories:tick", "trajectories:answer"]
    assert [status(me, address(act, "nl", reference=case)) for act in acts] == [405] * len(acts)


def test_null_bytes(sign_in: SignIn) -> None:
    """The database cannot hold them: refused before they come near it, in a search and in a text."""
    me = sign_in("employee")
    note = address("trajectories:notebook", "nl", reference=case_of(me, "nl"), book="own_participant")
    assert status(me, address("catalog:offerings", "nl") + "?q=%00") == 400
    assert post(me, note, text="hier\0 daar").status == 400


def test_a_text_that_is_too_long_is_given_back(sign_in: SignIn) -> None:
    """1 MB is more than a note holds: the form says so, and still has what was typed."""
    me = sign_in("employee")
    note = address("trajectories:notebook", "nl", reference=case_of(me, "nl"), book="own_participant")
    words = "Een lang verhaal. " * 58_000
    answer = post(me, note, text=words)
    assert answer.status == 422
    assert words.strip() in answer.text()
    assert "20.000" in answer.text() or "20000" in answer.text()


def test_a_request_that_is_too_large(sign_in: SignIn) -> None:
    """3 MB is more than the portal takes: a page that says so."""
    me = sign_in("employee")
    note = address("trajectories:notebook", "nl", reference=case_of(me, "nl"), book="own_participant")
    answer = post(me, note, text="x" * 3_000_000)
    assert (answer.status, "<h1" in answer.text()) == (413, True)


def test_addresses_that_lead_nowhere(open_window, sign_in: SignIn) -> None:
    """Unknown references and links to surveys: a page in plain words."""
    me, somebody = sign_in("employee"), open_window()
    paths = [
        address("trajectories:page", "nl", reference=UNKNOWN),
        "/nl/aanbod/bestaat-niet/",
        "/nl/nergens/",
    ]
    assert [status(me, path) for path in paths] == [404, 404, 404]
    somebody.open(address("evaluations:survey", "nl", token="x" * 43), status=404)
    somebody.audit()


def test_dates_that_make_no_sense(sign_in: SignIn) -> None:
    """A conversation that ends before it starts, or lies years back: the form says what is wrong."""
    advisor, me = sign_in("advisor"), sign_in("employee")
    plan = address("trajectories:plan_talk", "nl", reference=case_of(me, "nl"))
    tomorrow = f"{date.today() + timedelta(days=1)}"
    for day, starts, ends in [
        (tomorrow, "11:00", "10:00"),
        ("1900-01-01", "10:00", "11:00"),
        ("0", "a", "b"),
    ]:
        answer = post(advisor, plan, kind="talk", mode="online", day=day, starts=starts, ends=ends)
        assert answer.status == 422, (day, starts, ends)
