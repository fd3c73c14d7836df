"""The machine of phases as data: moves, actors, guards and what each says is missing.

Buttons, services, the database's own check, the strip, the tests and `docs/trajectory.md` read this table.
Nothing here knows a model: a guard looks at `Facts`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from trajectories.enums import ActorKind, Side, Status
from trajectories.enums.words import Text, content, text

CURRENT_RULES = 1
REOPENING_DAYS = 30
START = Status.REQUESTED


@dataclass(frozen=True)
class Facts:
    """What the guards need to know of one trajectory at one moment."""

    referred: bool = False
    payer_is_someone_else: bool = False
    has_question: bool = False
    route_and_frame_known: bool = False
    advisor_assigned: bool = False
    advisor_may_take_cases: bool = False
    intake_date_set: bool = False
    open_aspects: int = 1
    confidentiality_explained: bool = False
    client_points_open: int = 3
    agreement_gaps: int = 1
    signed_by: frozenset[str] = frozenset()
    payer_signed: bool = False
    open_conversations: int = 0
    open_components: int = 1
    final_interview_held: bool = False
    rated_by: frozenset[str] = frozenset()
    participant_is_silent: bool = False
    reason: str = ""
    days_since_closing: int | None = None
    follow_up_over: bool = False
    participant_agrees: bool = False


BOTH = frozenset(Side)


def _closes_alone(facts: Facts) -> bool:
    """Tell whether the advisor's view is in and nobody need wait for the participant's any more."""
    return facts.participant_is_silent and Side.ADVISOR in facts.rated_by


GUARDS: dict[str, Callable[[Facts], bool]] = {
    "request_has_question": lambda f: f.has_question,
    "route_and_frame_known": lambda f: f.route_and_frame_known,
    "advisor_assigned": lambda f: f.advisor_assigned,
    "advisor_may_take_cases": lambda f: f.advisor_may_take_cases,
    "intake_date_set": lambda f: f.intake_date_set,
    "intake_aspects_handled": lambda f: f.open_aspects == 0,
    "confidentiality_explained": lambda f: f.confidentiality_explained,
    "client_points_agreed": lambda f: f.client_points_open == 0,
    "agreement_complete": lambda f: f.agreement_gaps == 0,
    "agreement_signed_by_both": lambda f: f.signed_by >= BOTH,
    "payer_signed": lambda f: f.payer_signed,
    "no_open_conversations": lambda f: f.open_conversations == 0,
    "required_components_done": lambda f: f.open_components == 0,
    "final_interview_held": lambda f: f.final_interview_held,
    "results_rated_by_both": lambda f: f.rated_by >= BOTH or _closes_alone(f),
    "reason_given": lambda f: bool(f.reason.strip()),
    "within_reopening_term": lambda f: (
        f.days_since_closing is not None and f.days_since_closing <= REOPENING_DAYS
    ),
    "follow_up_answered_or_expired": lambda f: f.follow_up_over,
    "participant_agrees": lambda f: f.participant_agrees,
}
CONDITIONS: dict[str, Callable[[Facts], bool]] = {
    "always": lambda f: True,
    "participant_referred": lambda f: f.referred,
    "participant_not_referred": lambda f: not f.referred,
    "payer_is_someone_else": lambda f: f.payer_is_someone_else,
}


@dataclass(frozen=True)
class Guard:
    """A condition with the sentence for when it does not hold."""

    key: str
    sentence: Text
    applies_when: str = "always"

    def holds(self, facts: Facts) -> bool:
        """Tell whether the move is not held up by this guard."""
        return not CONDITIONS[self.applies_when](facts) or GUARDS[self.key](facts)


@dataclass(frozen=True)
class Move:
    """One legal move."""

    source: Status
    target: Status
    actors: frozenset[ActorKind]
    guards: tuple[Guard, ...]
    applies_when: str = "always"

    @property
    def needs_reason(self) -> bool:
        """Tell whether the form must ask for a reason."""
        return any(guard.key == "reason_given" for guard in self.guards)

    @property
    def needs_consent(self) -> bool:
        """Tell whether the participant must agree first."""
        return any(guard.key == "participant_agrees" for guard in self.guards)


@dataclass(frozen=True)
class Phase:
    """One of the six phases that people see (decision 25)."""

    key: str
    label: Text
    statuses: tuple[Status, ...]


@dataclass(frozen=True)
class Offer:
    """A move that somebody could make, with what is still missing for it."""

    move: Move
    missing: tuple[Guard, ...]


@dataclass(frozen=True)
class Rules:
    """One version of the whole table."""

    version: int
    labels: dict[Status, Text]
    moves: tuple[Move, ...]
    phases: tuple[Phase, ...]

    def between(self, source: str, target: str) -> Move | None:
        """Return the move from one status to the other, if there is one."""
        return next((m for m in self.moves if m.source == source and m.target == target), None)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return all legal pairs, for the check in the database."""
        return tuple((m.source.value, m.target.value) for m in self.moves)

    def phase_of(self, status: str) -> Phase | None:
        """Return the shown phase of a status; none for the three early ends."""
        return next((p for p in self.phases if status in p.statuses), None)


def missing(move: Move, facts: Facts) -> tuple[Guard, ...]:
    """Return the guards that hold a move up, in the order of the table."""
    return tuple(guard for guard in move.guards if not guard.holds(facts))


def applies(move: Move, facts: Facts) -> bool:
    """Tell whether a move exists at all for this kind of case."""
    return CONDITIONS[move.applies_when](facts)


def moves_for(status: str, actor: str, facts: Facts, version: int = CURRENT_RULES) -> Iterator[Offer]:
    """Yield what somebody in this relation could do next, blocked moves included."""
    for move in rules(version).moves:
        if move.source == status and actor in move.actors and applies(move, facts):
            yield Offer(move, missing(move, facts))


def _move(raw: dict[str, Any], guards: dict[str, Guard]) -> Move:
    return Move(
        source=Status(raw["from"]),
        target=Status(raw["to"]),
        actors=frozenset(ActorKind(kind) for kind in raw["actor"]),
        guards=tuple(guards[key] for key in raw["guards"]),
        applies_when=raw.get("applies_when", "always"),
    )


def table_of(version: int = CURRENT_RULES) -> dict[str, Any]:
    """Return the content of one version of the rules, as it stands in its file."""
    return content("trajectory" if version == CURRENT_RULES else f"trajectory-{version}")


@cache
def rules(version: int = CURRENT_RULES) -> Rules:
    """Read one version of the table; a case keeps the version it started with."""
    raw = table_of(version)
    table = raw["transitions"]
    guards = {
        g["key"]: Guard(g["key"], text(g["missing"]), g.get("applies_when", "always"))
        for g in table["guards"]
    }
    return Rules(
        version=version,
        labels={Status(item["key"]): text(item["label"]) for item in raw["statuses"]["items"]},
        moves=tuple(_move(move, guards) for move in table["moves"]),
        phases=tuple(
            Phase(p["key"], text(p["label"]), tuple(Status(s) for s in p["statuses"]))
            for p in table["shown_phases"]
        ),
    )
