"""Samira's self-tests: the first one shared with her advisor, a later one not."""

from datetime import date
from typing import Any

from portal.demo.sample.story import Story, acting, at
from portal.demo.sample.world import World
from trajectories.enums.self_test import instrument
from trajectories.services import self_testing


def make(world: World, story: Story, day: date, row: dict[str, Any]) -> None:
    """Let the participant take one test, and share it when the row says for how many weeks."""
    person = story.participant
    with acting(person, at(day, 20, 15)):
        answers = {
            statement.key: answer
            for factor in instrument().factors
            for statement, answer in zip(factor.statements, row["answers"][factor.key], strict=True)
        }
        self_testing.save_answers(actor=person, answers=answers)
        test = self_testing.finish_self_test(actor=person)
        if "share_weeks" in row:
            until = world.in_weeks(row["share_weeks"])
            self_testing.share_self_test(actor=person, test=test, until_on=until)
