"""One trajectory told through the services: each act by its own person, at its own moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from portal import clock
from portal.demo.sample.world import World
from portal.people.models import User
from portal.privacy.viewer import viewing
from trajectories import services
from trajectories.enums import Handling, Notebook, Status, TalkKind
from trajectories.models import Conversation, Referral, Trajectory
from trajectories.queries.candidates import matches
from trajectories.queries.closing import results_to_rate
from trajectories.queries.facts import agreement_on_table, aspects_of, standard_components
from trajectories.queries.informing import is_required
from trajectories.queries.planning import agenda

# The direction that fits a question; the others look at the labour market.
DIRECTION = dict.fromkeys(("coaching_current_job", "rethink_current_job"), "growth_in_current_job")


@contextmanager
def acting(actor: User, moment: datetime) -> Iterator[None]:
    """Be somebody at a moment."""
    with clock.frozen(moment), viewing(actor):
        yield


class Story:
    """Tells a trajectory step by step; days are working days in Amsterdam."""

    def __init__(
        self, world: World, participant: User, kind: str, *, frame: str = "voluntary_policy"
    ) -> None:
        self.world = world
        self.participant = participant
        self.kind = kind
        self.frame = frame
        self.words = world.words("dossiers")
        self.case: Any = None
        self.advisor: Any = None

    def said(self, words: Any) -> str:
        """Return words in the participant's language; words in one language stay as they are."""
        return str(words[self.participant.language] if isinstance(words, dict) else words)

    def requested(self, day: date, *, question: str = "", wishes: str = "") -> "Story":
        """Ask for a trajectory; a required one starts with an invitation of HR."""
        referral = self._invited(day) if is_required(self.frame) else None
        with acting(self.participant, at(day, 8, 30)):
            self.case = services.request_trajectory(
                actor=self.participant,
                question=question or self.said(self.words["questions"][self.kind]),
                question_types=[self.kind],
                frame=self.frame,
                wishes=wishes,
                accepts_same_faculty=True,
                referral=referral,
            )
        return self

    def _invited(self, day: date) -> Referral:
        sender = self.world.account("hr")
        with acting(sender, at(day - timedelta(days=4), 9)):
            return services.refer(
                actor=sender,
                employee=self.participant,
                reason=self.said(self.words["invitation"]),
                frame=self.frame,
            )

    def _aligned(self, day: date) -> None:
        """Agree the three points with whoever invited."""
        points = {key: (self.said(words), True) for key, words in self.words["client"].items()}
        with acting(self.advisor, at(day, 9)):
            services.move(actor=self.advisor, trajectory=self.case, to=Status.CLIENT_ALIGNMENT)
            services.record_client_points(actor=self.advisor, trajectory=self.case, points=points)

    def assigned(self, day: date, advisor: User | None = None) -> "Story":
        """Let the coordinator give the request to this advisor, or to the one who fits best."""
        coordinator = self.world.account("coordinator")
        with acting(coordinator, at(day, 11)):
            fitting = [match.advisor for match in matches(self._fresh(coordinator)) if match.can_take_case]
            chosen = next(found for found in fitting if advisor is None or found.user_id == advisor.pk)
            services.assign_advisor(actor=coordinator, trajectory=self.case, advisor=chosen.reference)
        self.advisor = chosen.user
        return self

    def intake_planned(self, day: date, on: date) -> "Story":
        """Plan the intake."""
        with acting(self.advisor, at(day, 12)):
            services.plan_intake(
                actor=self.advisor,
                trajectory=self.case,
                place="B 2.14",
                **self._moment(on, 13),
            )
        return self

    def intake_done(self, day: date) -> "Story":
        """Record the intake, every point dealt with."""
        with acting(self.advisor, at(day, 15)):
            points = dict.fromkeys(aspects_of(self._fresh(self.advisor)), (Handling.DONE, ""))
            services.record_intake(actor=self.advisor, trajectory=self.case, aspects=points)
        return self

    def agreed(
        self, day: date, *, goal: str = "", results: tuple[str, ...] = (), signed: bool = True
    ) -> "Story":
        """Put the agreement on paper and, unless it waits, sign it on both sides."""
        if is_required(self.frame):
            self._aligned(day)
        agreement = {name: self.said(words) for name, words in self.words["agreement"].items()}
        values = {
            **agreement,
            "question_and_goal": goal or self.said(self.words["questions"][self.kind]),
            "expected_results": " ".join(results) or self.said(self.words["results"][0]),
            "starts_on": day,
            "ends_on": day + timedelta(days=120),
            "cost": 0,
            "talks": 5,
            "guidance_type": "career_advice",
        }
        texts = results or tuple(self.said(words) for words in self.words["results"])
        with acting(self.advisor, at(day, 10)):
            services.save_agreement(
                actor=self.advisor,
                trajectory=self.case,
                values=values,
                results=[(text, None) for text in texts],
            )
            services.propose_agreement(actor=self.advisor, trajectory=self.case)
        if signed:
            self._sign(self.advisor, at(day, 10, 30))
            self._sign(self.participant, at(day, 21))
        return self

    def _sign(self, actor: User, moment: datetime) -> None:
        with acting(actor, moment):
            case = self._fresh(actor)
            table = agreement_on_table(case)
            services.sign(actor=actor, trajectory=case, digest=table.digest if table else "")

    def talk(self, on: date, *, agreed: str = "", own: str = "", kind: str = TalkKind.TALK) -> "Story":
        """Plan a conversation and record what was agreed."""
        said = self.words["final"] if kind == TalkKind.FINAL else self.words["talks"][0]["agreed"]
        talk = self.planned(on - timedelta(days=6), on, kind=kind)
        with acting(self.advisor, at(on, 16)):
            services.record_conversation(
                actor=self.advisor, talk=talk, agreed=agreed or self.said(said), own=own
            )
        return self

    def planned(self, day: date, on: date, *, kind: str = TalkKind.TALK) -> Conversation:
        """Plan a conversation."""
        with acting(self.advisor, at(day, 12)):
            return services.plan_conversation(
                actor=self.advisor,
                trajectory=self.case,
                kind=kind,
                place="B 2.14",
                **self._moment(on, 14),
            )

    def _moment(self, on: date, hour: int) -> dict[str, Any]:
        """Return a moment on a day that was; of what still comes the advisor's first free time."""
        if on <= self.world.today:
            return {"starts_at": at(on, hour), "ends_at": at(on, hour + 1)}
        free = agenda(self._fresh(self.advisor)).free()
        span = next(span for span in free if span.day >= on)
        return {"starts_at": span.starts_at, "ends_at": span.ends_at}

    def note(self, actor: User, day: date, kind: Notebook, text: str) -> "Story":
        """Write in a notebook."""
        with acting(actor, at(day, 22)):
            services.write_note(actor=actor, trajectory=self.case, kind=kind, text=text)
        return self

    def closing(self, day: date) -> "Story":
        """Hold the final talk and go to closing."""
        self.talk(day, kind=TalkKind.FINAL)
        reason = self.said(self.words["skipped"])
        with acting(self.advisor, at(day, 16, 30)):
            states = dict.fromkeys(standard_components(), (Handling.DONE, ""))
            states[DIRECTION.get(self.kind, "labour_market_orientation")] = (Handling.DONE, "")
            states["instrument_package"] = states["action_plan"] = (Handling.SKIPPED, reason)
            services.settle_components(actor=self.advisor, trajectory=self.case, states=states)
            services.start_closing(actor=self.advisor, trajectory=self.case)
        return self

    def rated(self, actor: User, day: date, value: str, *, unplanned: Any = "") -> "Story":
        """Give one side's view of the results."""
        with acting(actor, at(day, 17)):
            case = self._fresh(actor)
            ratings = {result.reference: value for result in results_to_rate(case)}
            outcome = ("same_job_refreshed", ["sharpening_competences"]) if unplanned else None
            services.rate_results(
                actor=actor, trajectory=case, ratings=ratings, unplanned=self.said(unplanned), outcome=outcome
            )
        return self

    def discussed(self, day: date) -> "Story":
        """Write down what the two said about the closing."""
        with acting(self.advisor, at(day, 16)):
            answers = {key: self.said(words) for key, words in self.words["closing"]["discussion"].items()}
            services.discuss(actor=self.advisor, trajectory=self.case, answers=answers)
        return self

    def _fresh(self, actor: User) -> Trajectory:
        return Trajectory.objects.select_related("participant", "advisor").get(pk=self.case.pk)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return that hour of that day in Amsterdam."""
    return clock.local(day, hour, minute)


def workday(day: date) -> date:
    """Return the day itself, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
