"""The thresholds (decision 7). They can be raised, never lowered."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Rule:
    """How many people or answers must stand behind a figure.

    people: behind a count, and behind each side of a share of a fact.
    answers: behind an opinion. side: answers on each side of an opinion's share.
    dominance_percent: what the others must add up to, as a part of the largest amount of money.
    """

    people: int = 5
    answers: int = 10
    side: int = 3
    dominance_percent: int = 20

    def __post_init__(self) -> None:
        for field in fields(self):
            if getattr(self, field.name) < FLOORS[field.name]:
                raise ValueError(f"{field.name} can be raised, but not below {FLOORS[field.name]}.")


FLOORS = {"people": 5, "answers": 10, "side": 3, "dominance_percent": 20}
