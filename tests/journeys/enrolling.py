"""Finding an offering, taking a place and giving it back, in either language."""

from pathlib import Path

from tests.browser import Visitor
from tests.journeys.mainline import address, links, mails, press, wait_for


def find(visitor: Visitor, language: str, query: str) -> None:
    """Search by the form on the page of the catalogue and open the best that was found."""
    visitor.open(address("catalog:offerings", language))
    visitor.page.locator("main form[role=search] [name=q]").fill(query)
    press(visitor, visitor.page.locator("main form[role=search] button"))
    visitor.audit()
    with visitor.page.expect_navigation():
        visitor.page.locator("main .result h2 a, main .result h3 a").first.click()
    visitor.audit()


def cancel_links(visitor: Visitor, language: str) -> list[str]:
    """Return where the enrolments on this page can be cancelled."""
    pattern = address("catalog:cancel", language, reference="z" * 12)
    start, end = pattern.split("z" * 12)
    return [link for link in links(visitor) if link.startswith(start) and link.endswith(end)]


def cancel_all(visitor: Visitor, language: str) -> None:
    """Give back every place on this offering."""
    for link in cancel_links(visitor, language):
        visitor.open(link)
        visitor.audit()
        press(visitor, visitor.page.locator("main form.enrol button"))


def enrol(visitor: Visitor, language: str) -> None:
    """Take a place on the first open date; without scripts a page asks once more."""
    form = "main form.enrol button[type=submit]"
    press(visitor, visitor.page.locator(form))
    while visitor.page.url.endswith(address("catalog:enrol", language, slug="x").rsplit("/x/", 1)[1]):
        press(visitor, visitor.page.locator(form))
    visitor.audit()


def enrol_and_cancel(visitor: Visitor, language: str, var: Path, account: str) -> None:
    """Take a place, get the mail with a calendar file, and give the place back, with a mail again."""
    to = f"{account}@universiteit.example"
    cancel_all(visitor, language)
    before = len(mails(var, to))
    enrol(visitor, language)
    assert len(cancel_links(visitor, language)) == 1
    wait_for(lambda: _invitations(var, to, before, "REQUEST") == 1)
    cancel_all(visitor, language)
    assert cancel_links(visitor, language) == []
    wait_for(lambda: _invitations(var, to, before, "CANCEL") == 1)


def _invitations(var: Path, to: str, after: int, method: str) -> int:
    """Count the calendar files of one kind that left since."""
    files = [part for mail in mails(var, to)[after:] for part in mail.walk()]
    calendars = [str(part.get_content()) for part in files if part.get_content_type() == "text/calendar"]
    return sum(f"METHOD:{method}" in text for text in calendars)
