"""The independent book of a history: what happened, and which moves the table then allows."""

from copy import deepcopy
from dataclasses import dataclass, field

from trajectories.enums.words import content

TABLE = content("trajectory")["transitions"]
MOVES = {(row["from"], row["to"]): row for row in TABLE["moves"]}


@dataclass
class Book:
    """What is known to have happened in one trajectory of somebody who came of their own accord."""

    has_intake: bool = False
    is_recorded: bool = False
    has_agreement: bool = False
    signed: set[str] = field(default_factory=set)
    planned: dict[int, str] = field(default_factory=dict)
    held: list[str] = field(default_factory=list)
    components: bool = False
    has_step: bool = False
    rated: set[str] = field(default_factory=set)
    days_closed: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)

    def copy(self) -> "Book":
        """Return a book of one's own."""
        return deepcopy(self)

    def holds(self, guard: str, *, kind: str, reason: str, agreed: bool, is_over: bool) -> bool:
        """Tell whether a guard of the table holds, by what stands here."""
        talked = "talk" in self.held
        known = {
            "request_has_question": True,
            "route_and_frame_known": True,
            "advisor_assigned": True,
            "advisor_may_take_cases": True,
            "payer_signed": True,
            "intake_date_set": self.has_intake,
            "intake_aspects_handled": self.is_recorded,
            "confidentiality_explained": self.is_recorded,
            "agreement_complete": self.has_agreement,
            "agreement_signed_by_both": self.signed == {"participant", "advisor"},
            "no_open_conversations": not self.planned,
            "required_components_done": self.components and talked and self.has_step,
            "final_interview_held": "final" in self.held,
            "results_rated_by_both": self.rated == {"participant", "advisor"},
            "reason_given": bool(reason.strip()),
            "participant_agrees": kind == "participant" or agreed,
            "within_reopening_term": self.days_closed <= 30,
            "follow_up_answered_or_expired": is_over,
        }
        return known[guard]

    def allows(
        self,
        source: str,
        target: str,
        *,
        kind: str,
        reason: str = "",
        agreed: bool = False,
        is_over: bool = False,
    ) -> bool:
        """Tell whether the table has this move for this person, with every guard holding."""
        row = MOVES.get((source, target))
        if row is None or kind not in row["actor"] or row.get("applies_when") == "participant_referred":
            return False
        known = {"kind": kind, "reason": reason, "agreed": agreed, "is_over": is_over}
        return all(self.holds(guard, **known) for guard in row["guards"])  # type: ignore[arg-type]

    def arrive(self, source: str, target: str) -> None:
        """Write down what a move changes: a next round of ratings, a term that begins, signatures that lapse."""
        if source in ("closing", "closed") and target == "in_progress":
            self.rated = set()
        if target == "closed":
            self.days_closed = 0
        if target == "intake_done":
            self.signed = set()
            self.has_agreement = False
