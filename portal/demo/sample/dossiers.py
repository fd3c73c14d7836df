"""Trajectories that run now: Samira's, those of the demo's advisors, and the requests that wait."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from catalog.queries.catalogue import readable_by
from portal.demo.sample import roles, self_tests, tailoring
from portal.demo.sample.story import Story, acting, at, workday
from portal.demo.sample.world import World
from portal.people.models import User
from portal.people.queries import managers
from portal.privacy.readlog import record_read
from trajectories import services
from trajectories.enums import Notebook
from trajectories.models import Goal, Plan, PlanStep


def make(world: World) -> None:
    """Tell every trajectory of `content/dossiers.yaml`, each in one transaction."""
    with transaction.atomic():
        _samira(world, world.words("dossiers")["samira"])
    for row in world.words("dossiers")["employees"]:
        with transaction.atomic():
            _employee(world, row)
    roles.end_of_advisors(world)


def ago(world: World, days: int) -> date:
    """Return the working day that lies about so many days back."""
    return workday(world.today - timedelta(days=days + 2))


def _samira(world: World, words: dict[str, Any]) -> None:
    participant, advisor = world.account("employee"), world.account("advisor")
    story = Story(world, participant, "other_role_inside")
    story.requested(ago(world, 62), question=words["question"], wishes=words["wishes"])
    story.assigned(ago(world, 60), advisor).intake_planned(ago(world, 59), ago(world, 52))
    story.intake_done(ago(world, 52))
    story.agreed(ago(world, 48), goal=words["goal"], results=tuple(words["results"]))
    for days, talk in zip((35, 14), words["talks"], strict=True):
        story.talk(ago(world, days), agreed=talk["agreed"], own=talk["own"])
    story.note(participant, ago(world, 13), Notebook.OWN_PARTICIPANT, words["own_note"])
    story.note(participant, ago(world, 6), Notebook.SHARED, words["shared_note"])
    for note in words["more_notes"]:
        story.note(participant, ago(world, note["days"]), Notebook.OWN_PARTICIPANT, note["text"])
    with acting(participant, at(ago(world, 2), 22)):
        typed = {"kind": Notebook.OWN_PARTICIPANT, "text": words["draft_note"], "device": "telefoon"}
        services.keep_note_draft(actor=participant, trajectory=story.case, **typed)
    for plan in words["plans"]:
        _plan(world, story, plan)
    _report(story, ago(world, 4), words["report"])
    story.planned(ago(world, 5), workday(world.today + timedelta(days=9)))
    tailoring.make(world, story, lambda days: ago(world, days))
    for row in words["self_tests"]:
        self_tests.make(world, story, ago(world, row["days"]), row)
    _looked_into(world, story, world.account("coordinator"), {61: "request"}, "coordinator")
    _looked_into(world, story, advisor, {52: "intake", 35: "page", 14: "page", 5: "notebook"}, "advisor")


def _looked_into(world: World, story: Story, reader: User, looks: dict[int, str], relation: str) -> None:
    """Keep the looks that these people took: days ago -> part of the dossier."""
    for days, what in looks.items():
        with acting(reader, at(ago(world, days), 16)):
            record_read(
                actor=reader,
                subject=story.participant,
                dossier=story.case.reference,
                what=what,
                relation=relation,
            )


def _plan(world: World, story: Story, words: dict[str, Any]) -> None:
    participant, case = story.participant, story.case
    name = {key: words[key] for key in ("letter", "title", "is_shared")}
    with acting(participant, at(ago(world, 12), 21)):
        plan = services.set_plan(actor=participant, trajectory=case, **name)
        goals = [
            services.add_goal(actor=participant, plan=plan, text=text) for text in words.get("goals", [])
        ]
        steps = [_step(world, participant, plan, goals, step) for step in words["steps"]]
    ticked = {row.reference for row, step in zip(steps, words["steps"], strict=True) if step.get("done")}
    shown = dict.fromkeys((row.reference for row in steps), False)
    with acting(participant, at(ago(world, 5), 21)):
        services.tick_steps(actor=participant, trajectory=case, shown=shown, ticked=ticked)


def _step(world: World, actor: User, plan: Plan, goals: list[Goal], words: dict[str, Any]) -> PlanStep:
    step = services.add_step(
        actor=actor,
        plan=plan,
        text=words["text"],
        due_on=world.in_weeks(words["weeks"]),
        help_needed=words.get("help", ""),
        goal=goals[words["goal"] - 1] if "goal" in words else None,
    )
    if "offering" in words:
        found = readable_by(actor).filter(key=words["offering"]).first()
        services.link_offering(actor=actor, step=step, offering=found)
    return step


def _report(story: Story, day: date, text: str, to: User | None = None) -> None:
    """Let the advisor draft a report-back; with a recipient, the participant releases it."""
    advisor, participant, case = story.advisor, story.participant, story.case
    with acting(advisor, at(day, 17)):
        draft = services.draft_report(actor=advisor, trajectory=case, text=text)
        draft = services.hand_over_report(actor=advisor, trajectory=case, version=draft.version)
    if to is None:
        return
    with acting(participant, at(day, 20)):
        words: dict[str, Any] = {"text": text, "recipient": to.reference, "version": draft.version}
        draft = services.save_report(actor=participant, trajectory=case, **words)
        services.release_report(actor=participant, trajectory=case, version=draft.version)


def _employee(world: World, row: dict[str, Any]) -> None:
    person = next(user for user in world.people.values() if user.full_name == row["name"])
    story = Story(world, person, row["type"], frame=row.get("frame", "voluntary_policy"))
    phase, began = row["phase"], row.get("days") or BEGAN[row["phase"]] + world.dice.randint(0, 4)
    advisor = _advisor(world, row)

    def day(after: int) -> date:
        return ago(world, began - after)

    for reached, tell in CHAPTERS.items():
        tell(story, day, phase, advisor)
        if reached == phase:
            break
    if row.get("reports"):
        text = world.words("dossiers")["released_report"].format(name=person.given_name)
        _report(story, ago(world, 3), text, to=managers(person).first())
    if row.get("nudged"):
        with acting(story.advisor, at(ago(world, row["nudged"]), 9)):
            services.nudge_participant(actor=story.advisor, trajectory=story.case)
    if phase not in CHAPTERS:
        ENDINGS[phase](story, day)


def _advisor(world: World, row: dict[str, Any]) -> User | None:
    """Return the advisor whom a row names; nobody when whoever fits best is to guide."""
    if "advisor_name" in row:
        return next(user for user in world.people.values() if user.full_name == row["advisor_name"])
    return world.account(row["advisor"]) if "advisor" in row else None


Day = Callable[[int], date]
# How many days ago a case began, by the phase in which it is now.
BEGAN = {
    "assigned": 3,
    "intake_planned": 7,
    "intake_done": 15,
    "agreement_proposed": 19,
    "in_progress": 44,
    "on_hold": 58,
    "closing": 95,
    "closed": 104,
}


def _assigned(story: Story, day: Day, _phase: str, advisor: User | None) -> None:
    story.assigned(day(2), advisor)


def _intake_planned(story: Story, day: Day, phase: str, _advisor: User | None) -> None:
    ahead = workday(story.world.today + timedelta(days=4))
    story.intake_planned(day(3), ahead if phase == "intake_planned" else day(9))


def _in_progress(story: Story, day: Day, _phase: str, _advisor: User | None) -> None:
    for after, talk in zip((24, 38), story.words["talks"], strict=True):
        story.talk(day(after), agreed=story.said(talk["agreed"]), own=story.said(talk["own"]))


CHAPTERS: dict[str, Callable[[Story, Day, str, User | None], Any]] = {
    "requested": lambda story, day, _phase, _advisor: story.requested(day(0)),
    "assigned": _assigned,
    "intake_planned": _intake_planned,
    "intake_done": lambda story, day, _phase, _advisor: story.intake_done(day(9)),
    "agreement_proposed": lambda story, day, phase, _advisor: story.agreed(
        day(14), signed=phase != "agreement_proposed"
    ),
    "in_progress": _in_progress,
}


def _pause(story: Story, day: Day) -> None:
    with acting(story.participant, at(day(45), 10)):
        services.pause(
            actor=story.participant, trajectory=story.case, reason=story.said(story.words["pause"])
        )


def _close(story: Story, day: Day) -> None:
    story.closing(day(88)).rated(story.advisor, day(89), "achieved")


def _closed(story: Story, day: Day) -> None:
    _close(story, day)
    story.rated(story.participant, day(91), "partly_achieved", unplanned=story.words["closing"]["unplanned"])
    story.discussed(day(92))


ENDINGS: dict[str, Callable[[Story, Day], None]] = {"on_hold": _pause, "closing": _close, "closed": _closed}
