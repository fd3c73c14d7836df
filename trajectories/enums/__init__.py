"""Keys of the trajectory. Their words stand in `content/` and are read by `words`."""

from enum import StrEnum


class Status(StrEnum):
    """Where a trajectory stands; the same keys as `statuses` in the content."""

    REQUESTED = "requested"
    INTAKE_PLANNED = "intake_planned"
    INTAKE_DONE = "intake_done"
    CLIENT_ALIGNMENT = "client_alignment"
    AGREEMENT_PROPOSED = "agreement_proposed"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    CLOSING = "closing"
    CLOSED = "closed"
    COMPLETED = "completed"
    REFERRED_ELSEWHERE = "referred_elsewhere"
    STOPPED_EARLY = "stopped_early"
    WITHDRAWN = "withdrawn"


PREPARATION = (
    Status.REQUESTED,
    Status.INTAKE_PLANNED,
    Status.INTAKE_DONE,
    Status.CLIENT_ALIGNMENT,
    Status.AGREEMENT_PROPOSED,
)


# From here on neither view of the results is kept from the other.
LOOKED_BACK = (Status.CLOSED, Status.COMPLETED)


class ActorKind(StrEnum):
    """In which relation somebody makes a move."""

    PARTICIPANT = "participant"
    ADVISOR = "advisor"
    COORDINATOR = "coordinator"
    SYSTEM = "system"


class Side(StrEnum):
    """The two people who sign and rate."""

    PARTICIPANT = "participant"
    ADVISOR = "advisor"


class Route(StrEnum):
    """How somebody came; `referral_routes` in the content."""

    SELF = "self"
    MANAGER = "manager"
    HR = "hr"
    OTHER = "other"


class ReferralState(StrEnum):
    """What the one who invited knows of an invitation (decision 11)."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    STARTED = "started"
    ENDED = "ended"
    RECALLED = "recalled"


class TalkKind(StrEnum):
    """What a conversation is for; only `talk` and `final` count for the agreed number."""

    INTAKE = "intake"
    TALK = "talk"
    FINAL = "final"


class TalkState(StrEnum):
    """What became of a conversation."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    MISSED = "missed"


class Click(StrEnum):
    """Whether it clicks with the advisor, for the participant alone."""

    YES = "yes"
    UNSURE = "unsure"
    NO = "no"


class TalkMode(StrEnum):
    """Where people meet; `conversations` in the content."""

    FACE_TO_FACE = "face_to_face"
    ONLINE = "online"


class Notebook(StrEnum):
    """Whose notebook: the own ones are never seen by the other side."""

    OWN_PARTICIPANT = "own_participant"
    SHARED = "shared"
    OWN_ADVISOR = "own_advisor"


class Recipient(StrEnum):
    """As whom somebody gets a report-back."""

    MANAGER = "manager"
    HR = "hr"
    PAYER = "payer"


class Handling(StrEnum):
    """A point of the intake: done, or left out with a reason."""

    DONE = "done"
    SKIPPED = "skipped"


class TypedPage(StrEnum):
    """A page of the preparation that is kept while the advisor types."""

    INTAKE = "intake"
    CLIENT = "client"
    AGREEMENT = "agreement_edit"


class Progress(StrEnum):
    """How far a component is; one without a row is to do when it is standard, else not chosen."""

    TODO = "todo"
    BUSY = "busy"
    DONE = "done"
    SKIPPED = "skipped"


class ComponentClass(StrEnum):
    """`class` of a component in the content."""

    STANDARD = "standard"
    CHOICE = "choose_at_least_one"
    OPTIONAL = "optional"


class ToolKind(StrEnum):
    """What the tailoring rules suggest."""

    COMPONENT = "component"
    INSTRUMENT = "instrument"


class AssignmentState(StrEnum):
    """Whose move an assignment waits for; an open one waits for the participant."""

    OPEN = "open"
    HANDED_IN = "handed_in"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class PostKind(StrEnum):
    """What somebody added to an assignment."""

    HANDED_IN = "handed_in"
    ANSWERED = "answered"
    ASKED_AGAIN = "asked_again"


class Payer(StrEnum):
    """Who pays; anybody but the central budget sees cost and planning (decision 12)."""

    CENTRAL = "central"
    FACULTY = "faculty"
    DEPARTMENT = "department"
    PARTICIPANT = "participant"


def pairs(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """Return the keys as choices of a model field."""
    return [(member.value, member.value) for member in kind]
