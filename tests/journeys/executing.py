"""The jobs between the signatures and the closing, each from the home page on, while clicks and fields are counted."""

from datetime import date, timedelta

from playwright.sync_api import expect

from tests.journeys.counting import Walker
from tests.journeys.mainline import check_all, fill, same_day
from tests.journeys.test_preparation import Walk

AGREED = {
    "nl": "Drie momenten opschrijven waarop het werk vanzelf ging.",
    "en": "Write down three good moments.",
}
STEP = {"nl": "Een dag meelopen", "en": "A day of shadowing"}
WORDS = {"nl": "Ik word blij van mensen verder helpen.", "en": "I enjoy helping people on."}
STATEMENTS = 32


def to_case(walk: Walk, person: Walker) -> None:
    """Go from the home page to the page of the trajectory."""
    if person is walk.advisor:
        person.follow("trajectories:desk")
    person.follow("trajectories:page", reference=walk.case)


def to_part(walk: Walk, person: Walker, page: str, **arguments: object) -> None:
    """Go from the home page to one of the pages of the trajectory."""
    to_case(walk, person)
    person.follow(f"trajectories:{page}", reference=walk.case, **arguments)


def free(person: Walker, number: int = 0) -> None:
    """Choose one of the free times in sight."""
    slot = person.page.locator("main input[name=slot]:not([value=other]):visible").nth(number)
    person.choose(slot=str(slot.get_attribute("value")))


def plans_talk(walk: Walk, person: Walker, job: str, number: int = 0) -> None:
    """Plan a conversation at a free time."""
    with person.job(job):
        to_part(walk, person, "plan_talk")
        free(person, number)
        person.submit()


def moves(walk: Walk, me: Walker) -> None:
    """Put the conversation at another time."""
    with me.job("moves a conversation"):
        to_case(walk, me)
        me.follow_one("trajectories:move_talk", "talk", reference=walk.case)
        free(me, 1)
        me.submit()


def cancels(walk: Walk, me: Walker) -> None:
    """Call the conversation off."""
    with me.job("cancels a conversation"):
        to_case(walk, me)
        me.follow_one("trajectories:cancel_talk", "talk", reference=walk.case)
        me.submit()


def plans_today(walk: Walk, kind: str) -> None:
    """Type a moment of today, and plan it although the page remarks something."""
    advisor = walk.advisor
    with advisor.job("plans a conversation by typing"):
        to_part(walk, advisor, "plan_talk")
        advisor.choose(kind=kind)
        advisor.unfold("[name=day]")
        advisor.fill(**same_day())
        advisor.submit()
        if advisor.page.locator("main input[type=checkbox][name=anyway]").count():
            advisor.tick("anyway")
            advisor.submit()


def records(walk: Walk) -> None:
    """Record a conversation of today, from the desk."""
    advisor = walk.advisor
    with advisor.job("records a conversation"):
        advisor.follow("trajectories:desk")
        advisor.follow_one("trajectories:record_talk", "talk", reference=walk.case)
        advisor.fill(agreed=AGREED[walk.language])
        advisor.submit()


def says_that_it_clicks(walk: Walk, me: Walker) -> None:
    """Answer whether it clicks."""
    with me.job("says that it clicks"):
        to_case(walk, me)
        me.press("main form button[name=answer][value=yes]")


def takes_self_test(walk: Walk, me: Walker, job: str, answer: int) -> None:
    """Answer every statement, part by part."""
    with me.job(job):
        to_case(walk, me)
        me.follow("trajectories:self_test")
        me.follow("trajectories:self_test_fill")
        for act in ("next", "next", "next", "finish"):
            check_all(me.visitor, str(answer))
            me.cost.clicks += STATEMENTS // 4
            me.press(f"main button[name=act][value={act}]")
            me.look(f"self_test_{act}")


def shares_self_test(walk: Walk, me: Walker) -> None:
    """Share the newest test; the advisor reads it."""
    with me.job("shares the self-test"):
        to_case(walk, me)
        me.follow("trajectories:self_test")
        me.follow_one("trajectories:self_test_result", "reference")
        me.follow_one("trajectories:self_test_share", "reference")
        me.submit()
    with walk.advisor.job("reads the shared self-test"):
        to_case(walk, walk.advisor)
        walk.advisor.follow_one("trajectories:shown_self_test", "share", reference=walk.case)


def chooses_tool(walk: Walk) -> None:
    """Use the first suggestion."""
    with walk.advisor.job("chooses a tool"):
        to_part(walk, walk.advisor, "instruments")
        walk.advisor.press("main button[name=tool][value^='take ']")


def assigns(walk: Walk, me: Walker) -> None:
    """An assignment goes to the participant, comes back, and is answered."""
    advisor, language = walk.advisor, walk.language
    with advisor.job("gives an assignment"):
        to_part(walk, advisor, "instruments")
        advisor.follow("trajectories:give_assignment", reference=walk.case)
        advisor.fill(title=STEP[language], task=AGREED[language])
        advisor.fill(due_on=(date.today() + timedelta(days=14)).isoformat())
        advisor.submit()
    one = {"name": "trajectories:assignment", "unknown": "assignment", "reference": walk.case}
    with me.job("hands in an assignment"):
        to_case(walk, me)
        me.follow_one(**one)
        me.fill(text=WORDS[language])
        me.submit()
    with advisor.job("answers an assignment"):
        advisor.follow("trajectories:desk")
        advisor.follow("trajectories:instruments", reference=walk.case)
        advisor.follow_one(**one)
        advisor.fill(text=WORDS[language])
        advisor.submit()


def writes_workbook(walk: Walk, me: Walker) -> None:
    """Write in a chapter and share it."""
    with me.job("writes in the workbook and shares it"):
        to_part(walk, me, "workbook")
        me.follow("trajectories:workbook_chapter", reference=walk.case, chapter="who_am_i")
        name = me.page.locator("main form.recordform textarea").first.get_attribute("name")
        me.fill(**{str(name): WORDS[walk.language]})
        me.submit()
        me.press("main button[name=share][value=yes]")


def writes_note(walk: Walk, person: Walker, book: str) -> None:
    """Write in a notebook."""
    with person.job(f"writes a note ({book.partition('_')[0]})"):
        to_part(walk, person, "notebook", book=book)
        person.fill(text=WORDS[walk.language])
        person.submit()


def makes_plan(walk: Walk, me: Walker) -> None:
    """Add a step, link an offering to it, and tick it."""
    with me.job("adds a step to the plan"):
        to_part(walk, me, "plan", letter="A")
        me.fill(text=STEP[walk.language], due_on=(date.today() + timedelta(days=20)).isoformat())
        me.submit()
    with me.job("links an offering to a step"):
        to_part(walk, me, "plan", letter="A")
        me.follow_one("trajectories:step_offering", "step", reference=walk.case)
        me.page.locator("main form[role=search] [name=words]").fill("")
        me.fill(words={"nl": "loopbaangesprek", "en": "career talk"}[walk.language])
        me.press("main form[role=search] button")
        me.press("main button[name=offering]")
    with me.job("ticks a step"):
        to_case(walk, me)
        me.cost.clicks += 1
        me.page.get_by_label(STEP[walk.language]).check()
        if me.visitor.has_scripts:
            kept = {"nl": "Bewaard", "en": "Kept"}[walk.language]
            expect(me.page.locator("#steps-A .progress")).to_contain_text(kept)
        else:
            me.press("main form#ticks button")


def settles_components(walk: Walk) -> None:
    """After the final talk: say which direction was taken, and confirm what the page proposes as done."""
    with walk.advisor.job("settles the components"):
        to_part(walk, walk.advisor, "components")
        if walk.advisor.page.locator("main [name=labour_market_orientation]").input_value() != "done":
            walk.advisor.choose(labour_market_orientation="done")
        walk.advisor.press("main .form__actions button[type=submit]")


def reports_back(walk: Walk, me: Walker, reader: Walker) -> None:
    """The advisor drafts, the participant chooses who and releases, and that one reads exactly this."""
    text = AGREED[walk.language]
    with walk.advisor.job("drafts the report-back"):
        to_part(walk, walk.advisor, "report")
        walk.advisor.fill(text=text)
        walk.advisor.submit("button[name=hand]")
    with me.job("releases the report-back"):
        to_part(walk, me, "report")
        me.cost.clicks += 1
        me.page.locator("main input[name=recipient]").first.check()
        me.submit("button[name=look]")
        me.look("release_report")
        me.submit()
    with reader.job("reads what was released"):
        reader.follow_one("trajectories:report_back", "reference")
        assert text in reader.page.inner_text("main")


def rounds_off(walk: Walk) -> None:
    """Start the closing."""
    with walk.advisor.job("rounds off"):
        to_case(walk, walk.advisor)
        walk.advisor.press("main form:has(input[name=to][value=closing]) button[type=submit]")


def gives_view(walk: Walk, person: Walker, value: str, **more: str) -> None:
    """Say what one thinks of every result, from what the home page or the desk says to do."""
    with person.job("gives a view of the results"):
        if person is walk.advisor:
            person.follow("trajectories:desk")
        person.follow("trajectories:closing", reference=walk.case)
        person.cost.clicks += person.page.locator(f"main input[type=radio][value='{value}']").count()
        check_all(person.visitor, value)
        for name, given in more.items():
            person.cost.fields += name == "unplanned"
            person.cost.clicks += name != "unplanned"
            fill(person.page.locator("main form.recordform"), name, given)
        person.submit()


def discusses(walk: Walk, person: Walker, **answers: str) -> None:
    """Write down what was discussed."""
    with person.job("writes down what was discussed"):
        to_part(walk, person, "closing")
        person.follow("trajectories:discuss", reference=walk.case)
        person.fill(**answers)
        person.submit()


def leaves_address(walk: Walk, me: Walker, email: str) -> None:
    """Leave an address for later."""
    with me.job("leaves an address for later"):
        to_part(walk, me, "closing")
        me.follow("trajectories:address", reference=walk.case)
        me.fill(email=email)
        me.tick("agrees")
        me.submit()


def moves_with_reason(walk: Walk, person: Walker, job: str, to: str, reason: str) -> None:
    """Take a step of the machine that asks why."""
    with person.job(job):
        to_case(walk, person)
        form = f"main form:has(input[name=to][value={to}])"
        person.unfold(f"{form} textarea")
        person.cost.fields += 1
        person.page.locator(f"{form} textarea").fill(reason)
        person.press(f"{form} button[type=submit]")
