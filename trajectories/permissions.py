"""Who may what with a dossier: one relation table per model, from which the wall is made.

A manager, HR, an administrator, another advisor and a stranger stand in no relation, so they see nothing.
"""

from typing import Any

from django.db.models import DateField, Func, OuterRef, Q, Value

from advisors.enums import Kind
from advisors.models import Advisor
from portal.people.enums import Role
from portal.people.models import User
from portal.privacy import wall
from portal.privacy.wall import Relation
from trajectories.enums import (
    LOOKED_BACK,
    PREPARATION,
    ActorKind,
    Notebook,
    PostKind,
    ReferralState,
    Status,
    TalkKind,
)
from trajectories.models import (
    Agreement,
    Assignment,
    AssignmentFile,
    AssignmentPost,
    ClickCheck,
    ClientPoint,
    ComponentState,
    Conversation,
    Decline,
    Discussion,
    Goal,
    Handover,
    IntakeAspect,
    IntendedResult,
    LaterAddress,
    Move,
    NotebookEntry,
    NoteDraft,
    Nudge,
    Outcome,
    PageDraft,
    PayerView,
    Plan,
    PlanStep,
    Proposal,
    Rating,
    Referral,
    ReportBack,
    ReportDraft,
    Request,
    RequestDraft,
    SelfTest,
    SelfTestDraft,
    SelfTestShare,
    Signature,
    Situation,
    StepReminder,
    Suggestion,
    TakenTime,
    ToolChoice,
    Trajectory,
    WithdrawalCount,
    WorkbookChapter,
)
from trajectories.workflow import REOPENING_DAYS


def is_participant(viewer: Any) -> Q:
    """Match the person whose trajectory it is."""
    return Q(participant_id=viewer)


def is_advisor(viewer: Any) -> Q:
    """Match the advisor of the case while the role lasts; for one from outside, access ends with the case."""
    lasts = Q(ended_at__isnull=True) | _just_ended() | _is_internal()
    return Q(advisor_id=viewer) & wall.role(viewer, Role.ADVISOR) & lasts


def _is_internal() -> Q:
    return Q(wall.Some(Advisor.objects.filter(user_id=OuterRef("advisor_id"), kind=Kind.INTERNAL)))


def _just_ended() -> Q:
    """The day itself, so that whoever ends a case sees that it ended; closed: as long as it may be reopened."""
    reopening = Func(
        wall.TODAY,
        Value(REOPENING_DAYS),
        template="(%(expressions)s)",
        arg_joiner=" - ",
        output_field=DateField(),
    )
    return Q(ended_at__date__gte=wall.TODAY) | Q(status=Status.CLOSED, closed_at__date__gte=reopening)


def is_coordinator(viewer: Any) -> Q:
    """Match whoever coordinates the career service: phase, dates and load, never a text."""
    return wall.role(viewer, Role.COORDINATOR)


def is_assigning(viewer: Any) -> Q:
    """Match a coordinator, for as long as nobody has been assigned (decision 27)."""
    return Q(status=Status.REQUESTED, advisor__isnull=True) & wall.role(viewer, Role.COORDINATOR)


def _has_left(_viewer: Any) -> Q:
    """Match what is still being prepared for somebody whose account has ended."""
    return Q(
        wall.Some(User.objects.filter(pk=OuterRef("participant_id"), is_active=False)), status__in=PREPARATION
    )


def _both_rated(viewer: Any) -> Q:
    """Match the two once both views are in, or the case was closed without one of them."""
    rated = Q(participant_rated_at__isnull=False, advisor_rated_at__isnull=False)
    return (rated | Q(status__in=LOOKED_BACK)) & (is_participant(viewer) | is_advisor(viewer))


def _narrow(relation: Relation, condition: Q) -> Relation:
    return lambda viewer: condition & relation(viewer)


def _since(moment: str) -> Relation:
    """Match the advisor of the case; what was written before they came needs the participant's consent."""

    def holds(viewer: Any) -> Q:
        reach = Q(may_read_back=True) | Q(assigned_at__lte=OuterRef(moment))
        rows = Trajectory.objects.filter(reach, is_advisor(viewer), pk=OuterRef("trajectory_id"))
        return Q(wall.Some(rows))

    return holds


participant = wall.through("trajectory", Trajectory, is_participant)
advisor = wall.through("trajectory", Trajectory, is_advisor)
assigning = wall.through("trajectory", Trajectory, is_assigning)
coordinator = wall.through("trajectory", Trajectory, is_coordinator)
BOTH = {"participant": participant, "advisor": advisor}
ONLY_ADVISOR = {"advisor": advisor}

wall.protect(
    Trajectory,
    read={"participant": is_participant, "advisor": is_advisor, "coordinator": is_coordinator},
    insert={"participant": is_participant},
    delete={},
    jobs={"left": _has_left},
    figures=(
        *("id", "faculty", "department", "route", "frame", "status"),
        *("requested_at", "assigned_at", "started_at", "closed_at", "ended_at"),
    ),
)
wall.protect(RequestDraft, read={"owner": lambda v: Q(user_id=v)})


def _advises_invited(viewer: Any) -> Q:
    """Match the advisor of the case that came from an invitation."""
    return Q(wall.Some(Request.objects.filter(referral=OuterRef("pk"), trajectory__advisor_id=viewer)))


def _may_recall(viewer: Any) -> Q:
    """Match the referrer, for as long as there is no answer."""
    return Q(referrer_id=viewer, state__in=[ReferralState.SENT, ReferralState.RECALLED])


EMPLOYEE = {"employee": lambda v: Q(employee_id=v)}
# The referrer sees the state on the row itself and stands in no relation to the case (decision 11).
wall.protect(
    Referral,
    read={**EMPLOYEE, "referrer": lambda v: Q(referrer_id=v), "advisor": _advises_invited},
    insert={"referrer": lambda v: Q(referrer_id=v)},
    update={**EMPLOYEE, "advisor": _advises_invited, "referrer": _may_recall},
    delete={},
)
# Who declined a required trajectory: for the coordinator, without who asked or why (decision 26).
wall.protect(Decline, read={**EMPLOYEE, "coordinator": is_coordinator}, insert=EMPLOYEE, insert_only=True)
# Raised by the function that erases; read by nobody but the figures.
wall.protect(WithdrawalCount, read={"nobody": lambda v: Q(pk__in=[])}, write={}, figures=("period", "number"))
wall.protect(
    Request,
    read={**BOTH, "coordinator": assigning},
    write={"participant": participant},
    figures=("trajectory", "question_types"),
)
wall.protect(
    Suggestion, read={"participant": participant, "coordinator": assigning}, write={"coordinator": assigning}
)
# The coordinator hands over; who comes and what may be read back is the participant's say.
wall.protect(
    Handover,
    read={**BOTH, "coordinator": coordinator},
    write={"participant": participant, "coordinator": coordinator},
    delete={},
)
wall.protect(
    IntakeAspect,
    read={"participant": participant, "advisor": _since("handled_at")},
    write={"advisor": _since("handled_at")},
)
wall.protect(PageDraft, read={"author": lambda v: Q(author_id=v) & advisor(v)})
wall.protect(ClientPoint, read=BOTH, write=ONLY_ADVISOR)
PROPOSED = Q(proposed_at__isnull=False)
AGREEMENT = {
    "participant": _narrow(participant, PROPOSED),
    # A version that was never proposed is its writer's alone, also for the advisor who comes after.
    "advisor": lambda v: (PROPOSED | Q(written_by_id=v)) & advisor(v),
}
wall.protect(Agreement, read=AGREEMENT, write={"advisor": lambda v: Q(written_by_id=v) & advisor(v)})
wall.protect(
    Signature,
    read=BOTH,
    insert={name: _narrow(held, Q(side=name)) for name, held in BOTH.items()},
    insert_only=True,
)
wall.protect(
    PayerView,
    read={
        **BOTH,
        "payer": lambda v: Q(payer_id=v, shown_at__isnull=False, taken_back_at__isnull=True),
    },
    insert=ONLY_ADVISOR,
    delete={},
)
wall.protect(
    IntendedResult,
    read={
        **wall.through_all("agreement", Agreement, AGREEMENT),
        "namer": lambda v: Q(named_by_id=v) & (participant(v) | advisor(v)),
        "other": wall.through("trajectory", Trajectory, _both_rated),
    },
    write={"advisor": advisor, "participant": lambda v: Q(named_by_id=v) & participant(v)},
)
wall.protect(
    Rating,
    read={
        "rater": lambda v: Q(rater_id=v) & (participant(v) | advisor(v)),
        "other": wall.through("trajectory", Trajectory, _both_rated),
    },
    write={"rater": lambda v: Q(rater_id=v) & (participant(v) | advisor(v))},
)
AFTER_BOTH = wall.through("trajectory", Trajectory, _both_rated)
wall.protect(
    Outcome,
    read={"participant": participant, "other": AFTER_BOTH},
    write={"participant": participant},
)
# Of an earlier round too, once written; nobody writes before both have rated.
wall.protect(Discussion, read=BOTH, write={"both": AFTER_BOTH})
wall.protect(LaterAddress, read={"participant": participant})
wall.protect(Nudge, read=BOTH, insert=ONLY_ADVISOR, insert_only=True)
# What a coordinator moves; handing over a proposed agreement takes it back by itself.
COORDINATING = Q(kind=ActorKind.COORDINATOR) | Q(kind=ActorKind.SYSTEM, target=Status.INTAKE_DONE)
wall.protect(
    Move,
    read={**BOTH, "coordinator": lambda v: Q(actor_id=v) & COORDINATING & coordinator(v)},
    insert={**BOTH, "coordinator": coordinator},
    insert_only=True,
)
wall.protect(Proposal, read={**BOTH, "proposer": lambda v: Q(proposed_by_id=v) & coordinator(v)})
wall.protect(Conversation, read={**BOTH, "coordinator": _narrow(coordinator, Q(kind=TalkKind.INTAKE))})
# Kept by a trigger and read through `trajectories_taken`: times of others, never with whom.
wall.closed(TakenTime)
wall.protect(ClickCheck, read={"participant": participant}, delete={})


def _writes(viewer: Any) -> Q:
    own = Q(kind=Notebook.OWN_PARTICIPANT) & participant(viewer)
    shared = Q(kind=Notebook.SHARED) & (participant(viewer) | advisor(viewer))
    return Q(author_id=viewer) & (own | shared | (Q(kind=Notebook.OWN_ADVISOR) & advisor(viewer)))


wall.protect(
    NotebookEntry,
    read={
        "participant": _narrow(participant, Q(kind__in=[Notebook.OWN_PARTICIPANT, Notebook.SHARED])),
        "advisor": _narrow(_since("written_at"), Q(kind=Notebook.SHARED)),
        "advisor's own": lambda v: Q(kind=Notebook.OWN_ADVISOR, author_id=v) & advisor(v),
    },
    write={"author": _writes},
)
# A draft is its writer's alone, in the shared notebook too.
wall.protect(NoteDraft, read={"author": _writes})
PLAN = {"participant": participant, "advisor": _narrow(advisor, Q(is_shared=True))}
OF_PLAN = wall.through_all("plan", Plan, PLAN)
OF_STEP = wall.through_all("step", PlanStep, OF_PLAN)
wall.protect(Plan, read=PLAN, write={"participant": participant})
for part in (Goal, PlanStep):
    # The advisor helps to write a shared plan, and takes nothing out of it.
    wall.protect(part, read=OF_PLAN, delete={"participant": OF_PLAN["participant"]})
# A day and whose it is, no text: the scan may see every row.
wall.protect(StepReminder, read=OF_STEP, jobs={"scan": wall.everyone})
wall.protect(
    ReportDraft,
    read={"participant": _narrow(participant, Q(handed_at__isnull=False)), "advisor": advisor},
    insert=ONLY_ADVISOR,
)
# Exactly the released text, for the one person whom the participant named.
wall.protect(
    ReportBack,
    read={**BOTH, "recipient": lambda v: Q(recipient_id=v)},
    insert={"participant": lambda v: Q(participant_id=v) & participant(v)},
    insert_only=True,
)
wall.protect(ComponentState, read=BOTH, write=ONLY_ADVISOR)


def _owns(viewer: Any) -> Q:
    return Q(owner_id=viewer)


def _shown(viewer: Any) -> Q:
    """Match the advisor with whom it was shared, while still the advisor of the case and until the day set."""
    lasts = Q(withdrawn_at__isnull=True, until_on__gte=wall.TODAY)
    return lasts & Q(advisor_id=viewer) & advisor(viewer)


OWNER = {"owner": _owns}
wall.protect(SelfTestDraft, read=OWNER)
# An outcome is made and erased, never changed.
wall.protect(
    SelfTest,
    read=OWNER,
    insert={"owner": lambda v: _owns(v) & (Q(trajectory__isnull=True) | participant(v))},
    update={},
)
wall.protect(
    SelfTestShare,
    read={**OWNER, "advisor": _shown},
    write=OWNER,
    insert={"owner": lambda v: _owns(v) & participant(v) & wall.through("test", SelfTest, _owns)(v)},
)
wall.protect(Situation, read=BOTH, write=ONLY_ADVISOR)
wall.protect(ToolChoice, read=BOTH, write=ONLY_ADVISOR)
# What was handed in stands: nobody changes or removes it, the advisor who left the case reads it no more.
wall.protect(Assignment, read=BOTH, insert=ONLY_ADVISOR, update=BOTH, delete={})


def _posts(viewer: Any) -> Q:
    handed_in = Q(kind=PostKind.HANDED_IN) & participant(viewer)
    answered = Q(kind__in=[PostKind.ANSWERED, PostKind.ASKED_AGAIN]) & advisor(viewer)
    return Q(author_id=viewer) & (handed_in | answered)


wall.protect(AssignmentPost, read=BOTH, insert={"author": _posts}, update={}, delete={})
wall.protect(
    AssignmentFile,
    read=BOTH,
    insert={"author": wall.through("post", AssignmentPost, _posts)},
    update={},
    delete={},
)
# The workbook is the participant's; the advisor reads the chapters that are shared now.
wall.protect(
    WorkbookChapter,
    read={"participant": participant, "advisor": _narrow(advisor, Q(is_shared=True))},
    write={"participant": participant},
)
