"""What people are told by mail: one neutral subject, one sentence, the way to the portal."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.delivery.attachment import Attachment
from portal.delivery.calendar import invitation
from portal.delivery.outbox import queue_mail
from portal.interface import moments
from portal.people.enums import Role
from portal.people.models import User
from portal.people.queries import has_role, holders
from trajectories.enums import ActorKind, Status, TalkMode, TalkState
from trajectories.models import (
    Conversation,
    Move,
    Nudge,
    PayerView,
    Proposal,
    Referral,
    ReportBack,
    ReportDraft,
    SelfTestShare,
    Signature,
    Trajectory,
)

# To whom and what, by the status at which a trajectory arrives.
ARRIVED: dict[str, str | Promise] = {
    Status.INTAKE_DONE: gettext_lazy("The first conversation has been recorded. The agreement comes next."),
    Status.CLIENT_ALIGNMENT: gettext_lazy("Your advisor now talks with the person who referred you."),
    Status.AGREEMENT_PROPOSED: gettext_lazy("An agreement is ready for you to read and sign."),
    Status.IN_PROGRESS: gettext_lazy("You can start: the conversations and your own plan come next."),
    Status.ON_HOLD: gettext_lazy("There is a pause now. Either of you can go on whenever you want."),
    Status.CLOSING: gettext_lazy("You are rounding off. Say what you think of each result."),
    Status.CLOSED: gettext_lazy("It is rounded off. You can read back what you agreed and wrote."),
    Status.STOPPED_EARLY: gettext_lazy("It was stopped earlier than agreed."),
    Status.WITHDRAWN: gettext_lazy("The request was withdrawn."),
    Status.REFERRED_ELSEWHERE: gettext_lazy("You agreed on help from somebody else."),
}
BACK: dict[tuple[str, str], str | Promise] = {
    (Status.AGREEMENT_PROPOSED, Status.INTAKE_DONE): gettext_lazy(
        "The agreement needs another look before it is signed."
    ),
    (Status.ON_HOLD, Status.IN_PROGRESS): gettext_lazy("The pause is over."),
    (Status.CLOSING, Status.IN_PROGRESS): gettext_lazy(
        "You go on for a while: the rounding off was taken back."
    ),
    (Status.CLOSED, Status.IN_PROGRESS): gettext_lazy("It was opened again."),
}

ASSIGNED = gettext_lazy(
    "An advisor has been found for you. Plan a first talk at a free time, or wait for the invitation."
)
# Pages without a case in their address.
LISTS = frozenset({"trajectories:board", "trajectories:desk"})


def tell(
    case: Trajectory, to: User, key: str, sentence: str | Promise, *, page: str = "trajectories:page"
) -> None:
    """Queue one mail about a case; who has left gets none."""
    if not to.is_active:
        return
    with translation.override(to.language):
        url = _url(page, case)
    _note(to, f"trajectory:{case.reference}:{key}:{to.reference}", sentence, url)


def invited(referral: Referral) -> None:
    """Tell an employee that there is an invitation, without saying what or from whom."""
    with translation.override(referral.employee.language):
        url = reverse("trajectories:invitation", args=[referral.reference])
    sentence = gettext_lazy("Somebody suggests something to you. You decide.")
    _note(referral.employee, f"referral:{referral.reference}:sent", sentence, f"{settings.BASE_URL}{url}")


def recalled(referral: Referral) -> None:
    """Tell the employee that an invitation was taken back."""
    with translation.override(referral.employee.language):
        url = reverse("trajectories:invitation", args=[referral.reference])
    sentence = gettext_lazy("Something that was suggested to you was taken back. You need not do anything.")
    _note(referral.employee, f"referral:{referral.reference}:recalled", sentence, f"{settings.BASE_URL}{url}")


def answered(referral: Referral) -> None:
    """Tell who invited that there is an answer; which one stands in the portal."""
    with translation.override(referral.referrer.language):
        url = reverse("trajectories:referrals")
    sentence = gettext_lazy("An invitation of yours has been answered.")
    _note(referral.referrer, f"referral:{referral.reference}:answered", sentence, f"{settings.BASE_URL}{url}")


def to_pay(view: PayerView) -> None:
    """Ask the payer to look; what for stands in the portal."""
    with translation.override(view.payer.language):
        url = reverse("trajectories:payer", args=[view.reference])
    sentence = gettext_lazy("Something waits for your signature.")
    _note(view.payer, f"payer:{view.reference}", sentence, f"{settings.BASE_URL}{url}")


def _note(to: User, key: str, sentence: str | Promise, url: str) -> None:
    """Queue one mail with a neutral subject in the recipient's language."""
    with translation.override(to.language):
        context = {"sentence": str(sentence), "url": url}
    queue_mail(
        key=key,
        to=to,
        template="trajectories/step",
        context=context,
        neutral=True,
    )


def step_is_due(participant: User, on: date) -> None:
    """Remind somebody of a date that they set: one mail a day, which does not say of what."""
    with translation.override(participant.language):
        url = reverse("trajectories:own")
    sentence = gettext_lazy(
        "You set yourself a date that is near or has just passed. No hurry: move it if you like."
    )
    _note(participant, f"dates:{participant.reference}:{on}", sentence, f"{settings.BASE_URL}{url}")


def report_drafted(case: Trajectory, draft: ReportDraft) -> None:
    """Tell the participant that there is a draft to decide on."""
    sentence = gettext_lazy("There is a text for you to read. Nothing goes out unless you release it.")
    tell(case, case.participant, f"report-{draft.reference}", sentence, page="trajectories:report")


def report_withdrawn(case: Trajectory, draft: ReportDraft, by: User) -> None:
    """Tell the other that the draft goes nowhere."""
    for person in _both(case):
        if person.pk != by.pk:
            sentence = gettext_lazy("A text that was being written has been withdrawn. Nothing goes out.")
            tell(case, person, f"report-{draft.reference}-withdrawn", sentence, page="trajectories:report")


def report_released(case: Trajectory, report: ReportBack) -> None:
    """Tell the recipient, without saying from whom or what, that there is something to read; and the advisor."""
    with translation.override(report.recipient.language):
        url = reverse("trajectories:report_back", args=[report.reference])
    sentence = gettext_lazy("Somebody has released a text to you, and to you alone.")
    _note(report.recipient, f"report:{report.reference}", sentence, f"{settings.BASE_URL}{url}")
    if case.advisor:
        told = gettext_lazy("The participant has released the text.")
        tell(case, case.advisor, f"report-{report.reference}-released", told, page="trajectories:report")


def moved(case: Trajectory, row: Move) -> None:
    """Tell the other people of the case about a move; a step that follows by itself is told to both."""
    sentence = BACK.get((row.source, row.target)) or ARRIVED.get(row.target)
    # An agreement that goes back by itself does so because another advisor comes: that is told already.
    is_handover = row.kind == ActorKind.SYSTEM and row.target == Status.INTAKE_DONE
    if sentence is None or is_handover:
        return
    for person in _both(case):
        if person.pk != row.actor_id or row.kind == "system":
            tell(case, person, row.reference, sentence)


def something_shared(share: SelfTestShare) -> None:
    """Tell the advisor, once per sharing, that there is something to read; not what, nor whose."""
    sentence = gettext_lazy("A participant has shared something with you.")
    tell(share.trajectory, share.advisor, f"shared-{share.reference}", sentence)


def nobody_came(case: Trajectory, talk: Conversation) -> None:
    """Tell the participant that the first talk may be planned anew."""
    sentence = gettext_lazy("The first talk did not take place. Plan another time; nobody minds.")
    tell(case, case.participant, f"missed-{talk.reference}", sentence, page="trajectories:plan_intake")


def proposed(case: Trajectory, row: Proposal) -> None:
    """Ask the participant to answer."""
    tell(case, case.participant, row.reference, gettext_lazy("Your advisor asks you something. You decide."))


def requested(case: Trajectory) -> None:
    """Confirm the request, and tell the coordinators that there is one, without saying whose."""
    tell(
        case,
        case.participant,
        "requested",
        gettext_lazy("We received your question and answer by the promised day."),
    )
    for person in holders(Role.COORDINATOR):
        if person.pk != case.participant_id:
            sentence = gettext_lazy("A new request waits for an advisor.")
            tell(case, person, "to-assign", sentence, page="trajectories:board")


def suggested(case: Trajectory) -> None:
    """Tell the participant that there are advisors to choose from."""
    count = f"suggested-{case.version}"
    tell(case, case.participant, count, gettext_lazy("There are advisors from whom you can choose."))


def assigned(case: Trajectory) -> None:
    """Tell both that they were brought together."""
    key = f"assigned-{case.version}"
    tell(case, case.participant, key, ASSIGNED)
    if case.advisor:
        tell(case, case.advisor, key, gettext_lazy("There is a new case for you. Plan the intake."))


def other_advisor_asked(case: Trajectory) -> None:
    """Tell the coordinators that a participant asks for another advisor."""
    _tell_coordinators(case, f"alone-{case.version}")


def alone(case: Trajectory) -> None:
    """Tell the participant and the coordinators that the advisor can't go on; once for each advisor of a case."""
    key = f"alone-since-{case.assigned_at:%Y%m%d%H%M%S}"
    told = gettext_lazy("Your advisor can't go on. The career service looks for another advisor for you.")
    tell(case, case.participant, key, told)
    _tell_coordinators(case, key)


def _tell_coordinators(case: Trajectory, key: str) -> None:
    """Tell the coordinators that a case needs another advisor, without saying whose."""
    for person in holders(Role.COORDINATOR):
        if person.pk != case.participant_id:
            sentence = gettext_lazy("A case needs another advisor.")
            tell(case, person, key, sentence, page="trajectories:board")


def handed_over(case: Trajectory, before: User) -> None:
    """Tell the participant, the new advisor and the one of before that somebody else goes on."""
    key = f"handover-{case.version}"
    told = gettext_lazy("Another advisor goes on with you. You decide whether that is right.")
    tell(case, case.participant, key, told)
    if case.advisor:
        tell(case, case.advisor, key, gettext_lazy("You take over a case. Plan the next talk."))
    if has_role(before, Role.ADVISOR):
        gone = gettext_lazy("Somebody else goes on with a case of yours. You can't open it any more.")
        tell(case, before, key, gone, page="trajectories:desk")


def signed(case: Trajectory, row: Signature) -> None:
    """Tell the one who has not signed yet that the other has."""
    for person in _both(case):
        if person.pk != row.user_id:
            tell(
                case,
                person,
                row.reference,
                gettext_lazy("The agreement was signed by the other. It waits for you."),
            )


def rated(case: Trajectory, side: str) -> None:
    """Ask the other for their view of the results; what the first thinks stays hidden."""
    other = case.advisor if side == "participant" else case.participant
    if other:
        sentence = gettext_lazy("The other has given a view of the results. Yours is asked now.")
        tell(case, other, f"rated-{case.round}", sentence)


def quiet(row: Nudge) -> None:
    """Ask the participant how things are, because nothing is planned."""
    case = row.trajectory
    sentence = gettext_lazy("It has been quiet for a while. Do you want to plan a conversation?")
    tell(case, case.participant, f"quiet-{row.reference}", sentence)


def stalled(advisor: User, nudges: Sequence[Nudge]) -> None:
    """Tell an advisor in how many cases nothing is planned; which ones stands on the desk."""
    with translation.override(advisor.language):
        sentence = ngettext(
            "Nothing is planned with %(number)s of your participants. Your desk shows with whom.",
            "Nothing is planned with %(number)s of your participants. Your desk shows with whom.",
            len(nudges),
        ) % {"number": len(nudges)}
        url = f"{settings.BASE_URL}{reverse('trajectories:desk')}"
    _note(advisor, f"stalled:{nudges[0].reference}", sentence, url)


def appointment(talk: Conversation, *, called_off: bool = False) -> None:
    """Send both a calendar invitation, its change or its cancellation, under a neutral title."""
    case = talk.trajectory
    for person, other in ((case.participant, talk.advisor), (talk.advisor, case.participant)):
        if not person.is_active:
            continue
        with translation.override(person.language):
            context, file = _appointment(talk, person, other, called_off=called_off)
        queue_mail(
            key=f"conversation:{talk.reference}:{talk.sequence}:{person.reference}",
            to=person,
            template="trajectories/appointment",
            context=context,
            attachments=[file],
        )


def _appointment(
    talk: Conversation, person: User, other: User, *, called_off: bool
) -> tuple[dict[str, Any], Attachment]:
    cancelled = called_off or talk.state == TalkState.CANCELLED
    title = _("Appointment with %(name)s") % {"name": other.full_name}
    where = talk.place or (_("Online") if talk.mode == TalkMode.ONLINE else _("In person"))
    url = _url("trajectories:page", talk.trajectory)
    sentence = _("This appointment does not take place.") if cancelled else _("You have an appointment.")
    if talk.sequence and not cancelled:
        sentence = _("The appointment was moved.")
    file = invitation(
        uid=f"{talk.reference}@{settings.BASE_URL.partition('://')[2]}",
        sequence=talk.sequence,
        method="CANCEL" if cancelled else "REQUEST",
        starts_at=talk.starts_at,
        ends_at=talk.ends_at,
        title=title,
        place=where,
        description="",
        organiser=talk.advisor,
        attendee=person,
        url=url,
    )
    when = f"{moments.weekday(talk.starts_at)}, {moments.until(talk.starts_at, talk.ends_at)}"
    return {"title": title, "sentence": sentence, "when": when, "where": where, "url": url}, file


def _url(page: str, case: Trajectory) -> str:
    path = reverse(page) if page in LISTS else reverse(page, args=[case.reference])
    return f"{settings.BASE_URL}{path}"


def _both(case: Trajectory) -> list[User]:
    return [person for person in (case.participant, case.advisor) if person]
