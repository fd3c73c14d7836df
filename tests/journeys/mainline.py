"""The main line in the browser, by the names of form fields, in either language."""

import email
import email.policy
import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Locator

from tests.browser import Visitor

PATIENCE_SECONDS = 60
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def address(name: str, language: str, **arguments: object) -> str:
    """Return an address of the portal in a language."""
    with translation.override(language):
        return reverse(name, kwargs=arguments or None)


def wait_for(what: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> object:
    """Wait until the worker has done something; return what it gave."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = what()
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError("The worker did not do it in time.")


def mails(var: Path, to: str) -> list[EmailMessage]:
    """Return the mails that left the portal for somebody, oldest first."""
    files = sorted((var / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime)
    read = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]
    return [mail for mail in read if to in str(mail["To"])]


def text_of(mail: EmailMessage) -> str:
    """Return the plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def survey_links(var: Path, to: str) -> list[str]:
    """Return the links to surveys that were mailed to somebody."""
    found = [re.search(r"https?://\S+/(?:vragenlijst|survey)/\S+", text_of(mail)) for mail in mails(var, to)]
    return [match.group(0) for match in found if match]


def submit(visitor: Visitor, *, button: str = "", **values: object) -> None:
    """Fill in the main form by field name and press its (or the named) button; expect a page."""
    page = visitor.page
    inner = f"[name='{next(iter(values))}']" if values else button or "button[type=submit]"
    form = page.locator("main form", has=page.locator(inner)).first
    for name, value in values.items():
        fill(form, name, value)
    press(visitor, form.locator(button or "button[type=submit]"))


def fill(form: Locator, name: str, value: object) -> None:
    field = form.locator(f"[name='{name}']")
    kind = field.first.get_attribute("type") or field.first.evaluate("e => e.tagName.toLowerCase()")
    if kind in ("radio", "checkbox") and value is not True:
        form.locator(f"[name='{name}'][value='{value}']").check()
    elif kind == "checkbox":
        field.first.check()
    elif kind == "select":
        field.first.select_option(str(value))
    else:
        field.first.fill(str(value))


def free_time(visitor: Visitor, number: int = 0) -> dict[str, str]:
    """Return the field of one of the free times on the page."""
    value = visitor.page.locator("main input[name=slot]").nth(number).get_attribute("value")
    return {"slot": str(value)}


def plan_today(advisor: Visitor, kind: str) -> None:
    """Type a moment of today, and plan it although the page remarks that it is outside the hours."""
    advisor.page.locator("main details", has=advisor.page.locator("[name=day]")).locator("summary").click()
    submit(advisor, kind=kind, **same_day())
    if advisor.page.locator("main input[type=checkbox][name=anyway]").count():
        submit(advisor, anyway=True)


def same_day() -> dict[str, str]:
    """Return the fields of an appointment later today; waits out the last minutes of a day."""
    now = datetime.now(AMSTERDAM)
    while now.hour == 23 and now.minute >= 56:
        time.sleep(20)
        now = datetime.now(AMSTERDAM)
    start = now + timedelta(minutes=2)
    end = min(start + timedelta(hours=1), start.replace(hour=23, minute=59))
    return {"day": f"{now:%Y-%m-%d}", "starts": f"{start:%H:%M}", "ends": f"{end:%H:%M}"}


def go(visitor: Visitor, name: str, language: str, case: str, **more: object) -> None:
    """Open a page of one trajectory and audit it."""
    visitor.open(address(name, language, reference=case, **more))
    visitor.audit()


def links(visitor: Visitor) -> list[str]:
    """Return where the links of the page's main part lead."""
    return list(
        visitor.page.eval_on_selector_all("main a[href]", "all => all.map(a => a.getAttribute('href'))")
    )


def check_all(visitor: Visitor, value: str) -> None:
    """Choose the same value for every question of the form."""
    for choice in visitor.page.locator(f"main input[type=radio][value='{value}']").all():
        choice.check()
    for choice in visitor.page.locator(f"main select:has(option[value='{value}'])").all():
        choice.select_option(value)


def unfold(inner: Locator) -> None:
    """Open what is folded around something."""
    for folded in inner.locator("xpath=ancestor::details[not(@open)]").all():
        folded.locator("> summary").click()


def press(visitor: Visitor, button: Locator) -> None:
    """Press a button, folded away or not, and wait for the page that follows."""
    unfold(button.first)
    with visitor.page.expect_navigation():
        button.first.click()


def move_on(visitor: Visitor, to: str) -> None:
    """Take a step of the machine from the page of the trajectory."""
    press(visitor, visitor.page.locator(f"main form:has(input[name=to][value={to}]) button[type=submit]"))


def case_of(me: Visitor, language: str) -> str:
    """Return the reference of somebody's newest trajectory."""
    me.open(address("trajectories:own", language))
    link = me.page.locator("main article a").first.get_attribute("href")
    assert link is not None
    return link.rstrip("/").rsplit("/", 1)[1]


def withdraw_what_runs(me: Visitor, language: str) -> None:
    """Make room for a new request: a run that was broken off may have left one."""
    me.open(address("trajectories:own", language))
    for link in links(me):
        if not link.endswith(address("trajectories:request", language)):
            me.open(link)
            _end_it(me)


def _end_it(me: Visitor) -> None:
    for to in ("withdrawn", "stopped_early"):
        form = me.page.locator(f"main form:has(input[name=to][value={to}])")
        if form.count():
            unfold(form.first)
            for reason in form.first.locator("textarea").all():
                reason.fill("Made room for the next journey.")
            press(me, form.first.locator("button[type=submit]"))
            return
