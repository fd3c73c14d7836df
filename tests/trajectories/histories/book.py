"""The independent book of a history: what happened, and which moves the table then allows."""

from copy import deepcopy
from dataclasses import dataclass, field

from trajectories.enums.words import content

TABLE = content("trajectory")["transitions"]
MOVES = {(row["from"], row["to"]): row for row in TABLE["moves"]}
BOTH = {"participant", "advisor"}
REOPENING_DAYS = 30
SILENT_DAYS = 28


@dataclass(frozen=True)
class Note:
    """A note: in which notebook, its text, whose, and under which advisor (their number)."""

    kind: str
    text: str
    author: int
    era: int


@dataclass
class Book:
    """What is known to have happened in one trajectory."""

    # What is wanting for good: `question`, `frame`, `room` (the advisor may take none), `advisor`.
    holes: set[str] = field(default_factory=set)
    is_referred: bool = False
    has_payer: bool = False
    has_paid: bool = False
    has_intake: bool = False
    is_recorded: bool = False
    is_explained: bool = False
    points_agreed: bool = False
    has_agreement: bool = False
    signed: set[str] = field(default_factory=set)
    agreed_talks: int | None = None
    planned: dict[int, str] = field(default_factory=dict)
    held: list[str] = field(default_factory=list)
    components: bool = False
    has_step: bool = False
    rated: set[str] = field(default_factory=set)
    days_closed: int = 0
    # Since the participant was asked for a view.
    days_asked: int = 0
    is_silent: bool = False
    notes: list[Note] = field(default_factory=list)
    era: int = 0
    reads_back: bool = False

    def copy(self) -> "Book":
        """Return a book of one's own."""
        return deepcopy(self)

    def holds(self, guard: str, *, kind: str, reason: str, agreed: bool, is_over: bool) -> bool:
        """Tell whether a guard of the table holds, by what stands here."""
        known = {
            # After assigning, the database keeps the text from a coordinator: then it rests on the form.
            "request_has_question": "question" not in self.holes or kind == "coordinator",
            "route_and_frame_known": "frame" not in self.holes,
            "advisor_assigned": "advisor" not in self.holes,
            "advisor_may_take_cases": "room" not in self.holes,
            "intake_date_set": self.has_intake,
            "intake_aspects_handled": self.is_recorded,
            "confidentiality_explained": self.is_explained,
            "client_points_agreed": self.points_agreed,
            "agreement_complete": self.has_agreement,
            "agreement_signed_by_both": self.signed == BOTH,
            "payer_signed": self.has_paid or not self.has_payer,
            "no_open_conversations": not self.planned,
            "required_components_done": self.components and "talk" in self.held and self.has_step,
            "final_interview_held": "final" in self.held,
            "results_rated_by_both": self.rated == BOTH or self.closes_alone,
            "reason_given": bool(reason.strip()),
            "participant_agrees": kind == "participant" or agreed,
            "within_reopening_term": self.days_closed <= REOPENING_DAYS,
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
        if row is None or kind not in row["actor"]:
            return False
        if row.get("applies_when") not in (None, f"participant_{'' if self.is_referred else 'not_'}referred"):
            return False
        known = {"kind": kind, "reason": reason, "agreed": agreed, "is_over": is_over}
        return all(self.holds(guard, **known) for guard in row["guards"])  # type: ignore[arg-type]

    def arrive(self, source: str, target: str) -> None:
        """Write down what a move changes: a next round of ratings, a term that begins, signatures that lapse."""
        if source in ("closing", "closed") and target == "in_progress":
            self.rated = set()
        if target == "closed":
            self.days_closed = 0
        if target == "closing":
            self.days_asked = 0
        if target == "intake_done":
            self.signed = set()
            self.has_agreement = self.has_paid = self.has_payer = False

    def hand_over(self, source: str) -> None:
        """Write down that another advisor came: an unfinished intake is held anew."""
        self.era += 1
        self.reads_back = False
        if source in ("requested", "intake_planned"):
            self.is_recorded = self.is_explained = False

    @property
    def closes_alone(self) -> bool:
        """Tell whether the advisor, who gave a view, says that the participant was silent for long enough."""
        return self.is_silent and self.rated == {"advisor"} and self.days_asked >= SILENT_DAYS

    def seen_by(self, kind: str, person: int) -> list[str]:
        """Return the texts that this side may read now."""
        if kind == "participant":
            return sorted(note.text for note in self.notes if note.kind != "own_advisor")
        shared = [n for n in self.notes if n.kind == "shared" and (self.reads_back or n.era == self.era)]
        own = [n for n in self.notes if n.kind == "own_advisor" and n.author == person]
        return sorted(note.text for note in shared + own)

    @property
    def is_full(self) -> bool:
        """Tell whether one more conversation is one more than agreed."""
        used = len(self.held) + sum(kind != "intake" for kind in self.planned.values())
        return self.agreed_talks is not None and used >= self.agreed_talks
