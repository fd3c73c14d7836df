"""What is known of a participant's situation, and what the tailoring rules make of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisors import queries as advisors
from portal.organisation import queries as organisation
from portal.organisation.enums import Contract, StaffGroup
from portal.people.models import User
from portal.privacy import wall
from trajectories.enums import Progress, Status, TalkKind, TalkState, ToolKind
from trajectories.enums.instruments import Instrument, instruments
from trajectories.enums.self_test import instrument
from trajectories.enums.words import Text, items
from trajectories.models import Situation, ToolChoice, Trajectory
from trajectories.queries.informing import is_required
from trajectories.queries.self_tests import weak_factors
from trajectories.workflow.components import SETTLED, component, components
from trajectories.workflow.tailoring import Profile, Suggestion, suggest, tailoring_rules

# From the intake on, until the trajectory is over.
TAILORED = (
    *(Status.INTAKE_DONE, Status.CLIENT_ALIGNMENT, Status.AGREEMENT_PROPOSED),
    *(Status.IN_PROGRESS, Status.ON_HOLD),
)
FIELDS = {StaffGroup.ACADEMIC: "academic_staff", StaffGroup.SUPPORT: "support_staff"}
CHOSEN = {"field": "fields", "career_phase": "career_phases", "participant_phase": "participant_phases"}


@dataclass(frozen=True)
class Suggested:
    """One suggestion as the page shows it: its name, its reasons and what was decided."""

    suggestion: Suggestion
    label: Text
    help: Text
    is_taken: bool | None = None
    instrument: Instrument | None = None


def situation(actor: User, case: Trajectory) -> Situation | None:
    """Return what the advisor noted of the participant's situation."""
    return wall.visible(Situation, actor).filter(trajectory=case).first()


def situation_facts(actor: User, case: Trajectory) -> dict[str, Any]:
    """Return what was noted, or what the appointment lets one expect."""
    noted = situation(actor, case)
    return noted.facts if noted else expected_facts(case.participant_id)


def known_facts(actor: User, case: Trajectory) -> dict[str, Any]:
    """Return the situation with the low factors of a self-test for as long as it is shared; they are not kept."""
    facts = situation_facts(actor, case)
    shown = weak_factors(case, actor)
    weak = [*facts.get("weak_career_factors", ()), *sorted(shown)]
    return {**facts, "weak_career_factors": list(dict.fromkeys(weak))}


def expected_facts(user_id: int) -> dict[str, Any]:
    """Return the field (and, for temporary academic staff, the phase) that the main appointment suggests."""
    appointment = organisation.appointments_of(user_id).first()
    if appointment is None:
        return {}
    is_early = appointment.staff_group == StaffGroup.ACADEMIC and appointment.contract == Contract.TEMPORARY
    field = FIELDS.get(StaffGroup(appointment.staff_group), "")
    if organisation.is_manager(user_id):
        field = "management"
    return {"field": field, "career_phase": "early_career" if is_early else ""}


def profile_of(case: Trajectory, facts: Mapping[str, Any]) -> Profile:
    """Return what the rules look at: the request, the frame, and the situation."""
    request = getattr(case, "request", None)
    chosen = {name: frozenset(filter(None, [facts.get(key)])) for key, name in CHOSEN.items()}
    return Profile(
        question_types=frozenset(request.question_types if request else ()),
        motives=frozenset({"required" if is_required(case.frame) else "voluntary"}),
        weak_career_factors=frozenset(facts.get("weak_career_factors", ())),
        **chosen,
    )


def choices(actor: User, case: Trajectory) -> dict[tuple[str, str], ToolChoice]:
    """Return what was decided, by kind and key."""
    rows = wall.visible(ToolChoice, actor).filter(trajectory=case)
    return {(row.kind, row.key): row for row in rows}


def suggested(
    case: Trajectory, facts: Mapping[str, Any], decided: Mapping[tuple[str, str], ToolChoice]
) -> list[Suggested]:
    """Return what the rules of this case suggest; what every trajectory has is left out."""
    found = suggest(profile_of(case, facts), case.rules_version)
    rows = (_row(one, case.rules_version, decided.get((one.kind, one.key))) for one in found)
    return [row for row in rows if row is not None]


def _row(one: Suggestion, version: int, choice: ToolChoice | None) -> Suggested | None:
    taken = choice.is_taken if choice else None
    if one.kind == ToolKind.INSTRUMENT:
        tool = instruments()[one.key]
        return Suggested(one, tool.label, tool.help, taken, tool)
    part = component(one.key, version)
    return None if part is None or part.is_standard else Suggested(one, part.label, part.help, taken)


def proposed_states(actor: User, case: Trajectory) -> dict[str, str]:
    """Return states that the advisor need only confirm, by the key of the component; nothing of it is kept.

    Before the final talk: what the rules suggest and nobody took or left is to do. After it: whatever belongs to the
    programme is done.
    """
    kept = {row.key: row.handling for row in case.componentstates.all()}
    if case.conversations.filter(kind=TalkKind.FINAL, state=TalkState.HELD).exists():
        standard = [part.key for part in components(case.rules_version) if part.is_standard]
        mine = {**dict.fromkeys(standard, Progress.TODO), **kept}
        return {key: Progress.DONE for key, state in mine.items() if state not in SETTLED}
    found = suggested(case, known_facts(actor, case), choices(actor, case))
    wanted = [row.suggestion for row in found if row.instrument is None and row.is_taken is None]
    return {one.key: Progress.TODO for one in wanted if one.key not in kept}


def taken_instruments(decided: Mapping[tuple[str, str], ToolChoice]) -> list[Instrument]:
    """Return the instruments that were chosen, in the order of the list."""
    keys = {key for (kind, key), row in decided.items() if kind == ToolKind.INSTRUMENT and row.is_taken}
    return [tool for key, tool in instruments().items() if key in keys]


def may_assign(actor: User, tool: Instrument) -> bool:
    """Tell whether the actor may give this instrument; a test asks for a qualification."""
    if not tool.needs_qualification:
        return True
    advisor = advisors.advisor_of(actor)
    return advisor is not None and advisor.is_test_qualified


def condition_words() -> dict[str, str]:
    """Return the words of every value that a rule may ask for, by its key."""
    lists = [items("trajectory", "tailoring_dimensions", name) for name in CHOSEN.values()]
    lists.append(items("intake", "participation_motives"))
    named = {item.key: str(item.label) for found in lists for item in found.values()}
    factors = {factor.key: str(factor.name) for factor in instrument().factors}
    asked = {key for rule in tailoring_rules() for key in rule.when.get("question_types", ())}
    questions = {row.key: str(row.label) for row in advisors.question_types(asked)}
    return {**factors, **questions, **named}


def situation_words(facts: Mapping[str, Any]) -> list[Text]:
    """Return what is known of the situation in words, in the order of the form."""
    found = [
        items("trajectory", "tailoring_dimensions", name)[facts[key]].label
        for key, name in CHOSEN.items()
        if facts.get(key)
    ]
    names = {factor.key: factor.name for factor in instrument().factors}
    return [*found, *(names[key] for key in facts.get("weak_career_factors", ()) if key in names)]
