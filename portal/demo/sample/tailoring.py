"""What happens between the talks: the situation, components, instruments, assignments and the workbook."""

from collections.abc import Callable
from datetime import date
from typing import Any

from portal.demo.sample.story import Story, acting, at
from portal.demo.sample.world import World
from trajectories import services
from trajectories.enums.instruments import instruments
from trajectories.services.assignments import Upload

Day = Callable[[int], date]


def make(world: World, story: Story, day: Day) -> None:
    """Tell `content/tailoring.yaml` of one trajectory that runs; `day` counts back from today."""
    words = world.words("tailoring")
    _programme(story, day, words)
    for row in words["assignments"]:
        _assignment(story, day, row)
    for key, chapter in words["workbook"].items():
        _chapter(story, day, key, chapter)


def _programme(story: Story, day: Day, words: dict[str, Any]) -> None:
    facts = dict(words["situation"])
    states = {key: (state, "") for key, state in words["components"].items()}
    with acting(story.advisor, at(day(facts.pop("days")), 9)):
        known: dict[str, Any] = {"actor": story.advisor, "trajectory": story.case}
        services.note_situation(**known, facts=facts)
        for tool in words["tools"]:
            services.choose_tool(**known, **tool)
        services.settle_components(**known, states=states)


def _assignment(story: Story, day: Day, row: dict[str, Any]) -> None:
    tool = instruments()[row["instrument"]]
    with acting(story.advisor, at(day(row["days"]), 16, 15)):
        given = services.give_assignment(
            actor=story.advisor,
            trajectory=story.case,
            title=tool.label.nl,
            task=tool.task.nl,
            due_on=day(row["due_days"]),
            instrument=tool.key,
        )
    if sent := row.get("handed_in"):
        file = sent.get("file")
        upload = Upload(file["name"], "text/plain; charset=utf-8", file["text"].encode()) if file else None
        with acting(story.participant, at(day(sent["days"]), 20)):
            services.hand_in(actor=story.participant, assignment=given, text=sent["text"], upload=upload)
    if said := row.get("answered"):
        with acting(story.advisor, at(day(said["days"]), 11)):
            services.answer(actor=story.advisor, assignment=given, text=said["text"])


def _chapter(story: Story, day: Day, key: str, chapter: dict[str, Any]) -> None:
    with acting(story.participant, at(day(chapter["days"]), 21, 30)):
        known: dict[str, Any] = {"actor": story.participant, "trajectory": story.case, "key": key}
        services.save_chapter(**known, answers=chapter["answers"])
        if chapter.get("share"):
            services.share_chapter(**known, share=True)
