"""Where histories begin: a few walks through the services, and small changes that bring each guard near."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import F

from advisors.models import Certificate
from portal import clock
from portal.privacy.viewer import viewing
from tests.factories.database import as_owner
from tests.factories.trajectories import RESULTS, TERMS
from trajectories import services
from trajectories.enums import Status
from trajectories.enums.words import items
from trajectories.models import ComponentState, Conversation, Request, Trajectory
from trajectories.queries.closing import results_to_rate

Change = Callable[[Any], None]


@dataclass(frozen=True)
class Start:
    """A walk, the status at which it ends, and what is changed before the history begins."""

    walk: str
    status: Status
    change: Change = field(default=lambda _history: None)


def _without_question(history: Any) -> None:
    history.book.holes.add("question")
    with as_owner():
        Request.objects.filter(trajectory=history.pk).update(question="")


def _without_frame(history: Any) -> None:
    history.book.holes.add("frame")
    with as_owner():
        Trajectory.objects.filter(pk=history.pk).update(frame="")


def _lapsed(history: Any) -> None:
    history.book.holes.add("room")
    with as_owner():
        of_all = Certificate.objects.filter(advisor__in=history.others)
        of_all.update(valid_until=clock.today() - timedelta(days=1))


def _closed_for(days: int) -> Change:
    def change(history: Any) -> None:
        ago = timedelta(days=days - history.book.days_closed)
        history.book.days_closed = days
        with as_owner():
            Trajectory.objects.filter(pk=history.pk).update(
                closed_at=F("closed_at") - ago, ended_at=F("ended_at") - ago
            )

    return change


def _one_rated(who: str) -> Change:
    def change(history: Any) -> None:
        person = history.people[who]
        with viewing(person):
            case = Trajectory.objects.get(pk=history.pk)
            ratings = {row.reference: "achieved" for row in results_to_rate(case)}
            services.rate_results(actor=person, trajectory=case, ratings=ratings, unplanned="Een netwerk.")
        history.book.rated.add(who)

    return change


def _silent_for(days: int) -> Change:
    def change(history: Any) -> None:
        _one_rated("advisor")(history)
        history.book.days_asked = days
        ago = timedelta(days=days)
        with as_owner():
            Trajectory.objects.filter(pk=history.pk).update(
                status_since=F("status_since") - ago, advisor_rated_at=F("advisor_rated_at") - ago
            )

    return change


def _one_signed(who: str) -> Change:
    def change(history: Any) -> None:
        person = history.people[who]
        with viewing(person):
            case = Trajectory.objects.get(pk=history.pk)
            services.sign(actor=person, trajectory=case, digest=case.agreements.latest("number").digest)
        history.book.signed.add(who)

    return change


def _both_signed(history: Any) -> None:
    _one_signed("participant")(history)
    _one_signed("advisor")(history)


def _all_talks_planned(history: Any) -> None:
    for days in (2, 3):
        _open_talk(history, days)
    assert history.book.is_full


def _open_talk(history: Any, days: int = 2) -> None:
    person, starts = history.people["advisor"], clock.now() + timedelta(days=days)
    with viewing(person):
        talk = services.plan_conversation(
            actor=person,
            trajectory=Trajectory.objects.get(pk=history.pk),
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            extra_reason="Nodig.",
        )
    history.book.planned[talk.pk] = talk.kind


def _talk_to_record(history: Any) -> None:
    """It was yesterday, and the advisor has not written down yet what was agreed."""
    _open_talk(history)
    ago = timedelta(days=3)
    with as_owner():
        open_talks = Conversation.objects.filter(trajectory=history.pk, state="planned")
        open_talks.update(starts_at=F("starts_at") - ago, ends_at=F("ends_at") - ago)


def _component_open(history: Any) -> None:
    history.book.components = False
    with as_owner():
        ComponentState.objects.filter(trajectory=history.pk, key="plan_support").update(handling="busy")


def _without_final(history: Any) -> None:
    """Nobody came to the final talk, though the advisor calls that component done."""
    person = history.people["advisor"]
    history.book.held.remove("final")
    with as_owner():
        final = Conversation.objects.filter(trajectory=history.pk, kind="final")
        final.update(state="missed")
    with viewing(person):
        case, states = Trajectory.objects.get(pk=history.pk), {"final_interview": ("done", "")}
        services.settle_components(actor=person, trajectory=case, states=states)


def _points_open(history: Any) -> None:
    """The agreement is written, but one of the points with the client was taken back."""
    person, today = history.people["advisor"], clock.today()
    values = {**TERMS, "starts_on": today, "ends_on": today + timedelta(days=90), "payer": "central"}
    with viewing(person):
        case = Trajectory.objects.get(pk=history.pk)
        services.save_agreement(actor=person, trajectory=case, values=values, results=RESULTS)
        points = dict.fromkeys(list(items("intake", "client_alignment_points"))[1:], ("Afgesproken.", True))
        services.record_client_points(actor=person, trajectory=case, points=points)
    history.book.points_agreed, history.book.has_agreement = False, True
    history.book.agreed_talks = TERMS["talks"]


def _pause(history: Any) -> None:
    person = history.people["participant"]
    with viewing(person):
        services.pause(actor=person, trajectory=Trajectory.objects.get(pk=history.pk), reason="Even niet.")


def _stop(history: Any) -> None:
    person = history.people["participant"]
    with viewing(person):
        services.stop_early(actor=person, trajectory=Trajectory.objects.get(pk=history.pk), reason="Klaar.")


STARTS = {
    "unassigned": Start("requested", Status.REQUESTED),
    "assigned": Start("assigned", Status.REQUESTED),
    "without question": Start("assigned", Status.REQUESTED, _without_question),
    "without frame": Start("assigned", Status.REQUESTED, _without_frame),
    "lapsed": Start("assigned", Status.REQUESTED, _lapsed),
    "intake planned": Start("intake_planned", Status.INTAKE_PLANNED),
    "intake done": Start("intake_done", Status.INTAKE_DONE),
    "referred": Start("referred", Status.INTAKE_DONE),
    "aligned": Start("client_alignment", Status.CLIENT_ALIGNMENT),
    "aligned, point open": Start("client_alignment", Status.CLIENT_ALIGNMENT, _points_open),
    "proposed": Start("agreement_proposed", Status.AGREEMENT_PROPOSED),
    "one signed": Start("agreement_proposed", Status.AGREEMENT_PROPOSED, _one_signed("participant")),
    "with a payer": Start("with a payer", Status.AGREEMENT_PROPOSED, _one_signed("advisor")),
    "payer waits": Start("with a payer", Status.AGREEMENT_PROPOSED, _both_signed),
    "begun": Start("in_progress", Status.IN_PROGRESS),
    "paused": Start("in_progress", Status.ON_HOLD, _pause),
    "ready": Start("ready", Status.IN_PROGRESS),
    "ready, open talk": Start("ready", Status.IN_PROGRESS, _open_talk),
    "ready, all talks planned": Start("ready", Status.IN_PROGRESS, _all_talks_planned),
    "ready, talk to record": Start("ready", Status.IN_PROGRESS, _talk_to_record),
    "ready, component open": Start("ready", Status.IN_PROGRESS, _component_open),
    "ready, no final talk": Start("ready", Status.IN_PROGRESS, _without_final),
    "stopped": Start("ready", Status.STOPPED_EARLY, _stop),
    "closing": Start("closing", Status.CLOSING),
    "participant rated": Start("closing", Status.CLOSING, _one_rated("participant")),
    "advisor rated": Start("closing", Status.CLOSING, _one_rated("advisor")),
    "silent": Start("closing", Status.CLOSING, _silent_for(28)),
    "silent, not for long": Start("closing", Status.CLOSING, _silent_for(27)),
    "closed": Start("closed", Status.CLOSED),
    "closed, surveys planned": Start("closed", Status.CLOSED, lambda history: history.do_jobs()),
    "closed for 30 days": Start("closed", Status.CLOSED, _closed_for(30)),
    "closed for 31 days": Start("closed", Status.CLOSED, _closed_for(31)),
}
