"""Trajectories in any status, walked there through the services as the people themselves.

story = trajectories.story()                  # people, nothing asked yet
case = trajectories.trajectory("in_progress") # a case in that status
story = trajectories.walk("closed")           # the same, with its people
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from advisors.models import Advisor
from portal import clock
from portal.people.enums import Role
from portal.people.models import User
from portal.people.queries import managers
from portal.privacy.readlog import record_read
from portal.privacy.viewer import viewing
from tests.factories import advisors, memory, people
from tests.factories.writing import Writing
from trajectories import services
from trajectories.enums import Notebook, Route, Status, TalkKind
from trajectories.enums.self_test import instrument
from trajectories.enums.words import items
from trajectories.models import (
    Assignment,
    PayerView,
    Referral,
    SelfTest,
    SelfTestShare,
    Trajectory,
)
from trajectories.queries.closing import results_to_rate
from trajectories.queries.facts import agreement_on_table, aspects_of
from trajectories.queries.workbook import chapters
from trajectories.services import self_testing
from trajectories.services.assignments import Upload

MAIN_LINE = (
    "requested",
    "intake_planned",
    "intake_done",
    "agreement_proposed",
    "in_progress",
    "closing",
    "closed",
)
# The statuses beside the main line (`assigned` is a request that has its advisor), and where one turns off.
TURNS = {
    "assigned": "requested",
    "withdrawn": "requested",
    "client_alignment": "intake_done",
    "referred_elsewhere": "intake_done",
    "on_hold": "in_progress",
    "stopped_early": "in_progress",
    "completed": "closed",
}
QUESTION = "Hoe vind ik werk met onderzoeksdata dat bij mij past?"
TERMS: dict[str, Any] = {
    "question_and_goal": "Uitzoeken of werk met onderzoeksdata past.",
    "expected_results": "Een keuze die de deelnemer zelf kan uitleggen.",
    "way_of_working": "Gesprekken, opdrachten en een dag meelopen.",
    "reporting_and_feedback": "Niemand hoort iets, tenzij de deelnemer dat wil.",
    "cost": 0,
    "talks": 4,
    "participant_input": "Tussen de gesprekken twee uur per week.",
    "advisor_input": "Voorbereiden, doorvragen en binnen drie dagen antwoord.",
    "guidance_type": "career_advice",
    "replacement": "Een collega neemt het over, na overleg.",
}
OUTCOME = ("new_role_inside", ("sharpening_competences",))
RESULTS = (("Een beeld van drie functies die passen.", 2), ("Een plan met data.", 4))


@dataclass
class Story(Writing):
    """The people of one case, the case, and the moment at which the next step is taken."""

    participant: User
    advisor: Advisor
    coordinator: User
    moment: datetime
    case: Trajectory | None = None
    route: str = Route.SELF
    frame: str = "voluntary_policy"
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def trajectory(self) -> Trajectory:
        """The case as its participant sees it now."""
        assert self.case is not None
        with viewing(self.participant):
            return Trajectory.objects.select_related("participant", "advisor", "faculty").get(pk=self.case.pk)

    @contextmanager
    def acting(self, actor: User, days: int = 1) -> Iterator[User]:
        """Act as somebody at this moment; afterwards it is some days later."""
        with clock.frozen(self.moment), viewing(actor):
            yield actor
        self.moment += timedelta(days=days)

    def request(self, **fields: Any) -> None:
        """Ask."""
        kinds = [kind.key for kind in self.advisor.question_types.all()][:1]
        words = {"question": QUESTION, "question_types": kinds, "frame": self.frame, "route": self.route}
        if self.route in (Route.MANAGER, Route.HR) and "referral" not in fields:
            fields["referral"] = self.invite()
        with self.acting(self.participant) as actor:
            self.case = services.request_trajectory(actor=actor, **{**words, **fields})

    def invite(self) -> Referral:
        """Let the manager, or HR, invite; somebody without a manager gets one."""
        if self.route == Route.HR:
            sender = people.holder(Role.HR, "Els Prins")
        else:
            sender = managers(self.participant).first() or self._new_manager()
        with self.acting(sender, days=0) as actor:
            return services.refer(
                actor=actor, employee=self.participant, reason="Misschien iets voor jou.", frame=self.frame
            )

    def _new_manager(self) -> User:
        manager = people.employee("Hanneke Bos", code="LAW")
        self.participant.appointments.update(manager=manager)
        return manager

    def assign(self) -> None:
        """Let the coordinator give it to the advisor."""
        with self.acting(self.coordinator) as actor:
            services.assign_advisor(actor=actor, trajectory=self.trajectory, advisor=self.advisor.reference)

    def plan_intake(self) -> None:
        """Let the advisor plan the intake, five days on."""
        starts = self.moment + timedelta(days=5)
        with self.acting(self.advisor.user, days=6) as actor:
            services.plan_intake(
                actor=actor, trajectory=self.trajectory, starts_at=starts, ends_at=starts + timedelta(hours=1)
            )

    def record_intake(self) -> None:
        """Let the advisor record every point."""
        case = self.trajectory
        aspects = {key: ("done", f"Besproken: {key}.") for key in aspects_of(case)}
        with self.acting(self.advisor.user) as actor:
            services.record_intake(actor=actor, trajectory=case, aspects=aspects)

    def align(self) -> None:
        """Let the advisor agree the three points with the client."""
        points = {key: (f"Afgesproken: {key}.", True) for key in items("intake", "client_alignment_points")}
        with self.acting(self.advisor.user) as actor:
            services.move(actor=actor, trajectory=self.trajectory, to=Status.CLIENT_ALIGNMENT)
            services.record_client_points(actor=actor, trajectory=self.trajectory, points=points)

    def propose(self, **terms: Any) -> None:
        """Let the advisor write and propose the agreement."""
        if self.trajectory.is_referred and self.trajectory.status == Status.INTAKE_DONE:
            self.align()
        day = self.moment.date()
        values = {**TERMS, "starts_on": day, "ends_on": day + timedelta(days=120), **terms}
        with self.acting(self.advisor.user) as actor:
            services.save_agreement(actor=actor, trajectory=self.trajectory, values=values, results=RESULTS)
            services.propose_agreement(actor=actor, trajectory=self.trajectory)

    def sign(self) -> None:
        """Let both sign."""
        for person in (self.participant, self.advisor.user):
            with self.acting(person) as actor:
                agreement = agreement_on_table(self.trajectory)
                assert agreement is not None
                services.sign(actor=actor, trajectory=self.trajectory, digest=agreement.digest)

    def pay(self, payer: User) -> None:
        """Let the payer sign, and the worker start the trajectory."""
        with self.acting(payer) as actor:
            view = PayerView.objects.get(payer=actor, signed_at__isnull=True)
            services.sign_as_payer(actor=actor, view=view, digest=view.digest)
        with self.acting(self.advisor.user, days=0) as actor:
            services.start_when_signed(actor=actor, trajectory=self.trajectory)

    def talk(
        self, agreed: str = "Volgende keer: een dag meelopen.", kind: str = TalkKind.TALK, own: str = ""
    ) -> None:
        """Plan a conversation and record it a week later."""
        starts = self.moment + timedelta(days=6)
        with self.acting(self.advisor.user, days=7) as actor:
            talk = services.plan_conversation(
                actor=actor,
                trajectory=self.trajectory,
                starts_at=starts,
                ends_at=starts + timedelta(hours=1),
                kind=kind,
            )
        with self.acting(self.advisor.user) as actor:
            services.record_conversation(actor=actor, talk=talk, agreed=agreed, own=own)

    def plan(
        self, letter: str = "A", title: str = "Datasteward worden", steps: tuple[str, ...] = ("Meelopen",)
    ) -> None:
        """Let the participant write a plan."""
        with self.acting(self.participant) as actor:
            plan = services.set_plan(actor=actor, trajectory=self.trajectory, letter=letter, title=title)
            for number, text in enumerate(steps, start=1):
                due = self.moment.date() + timedelta(days=7 * number)
                services.add_step(actor=actor, plan=plan, text=text, due_on=due)

    def note(
        self, kind: str = Notebook.SHARED, text: str = "Een notitie.", *, by: User | None = None
    ) -> None:
        """Let somebody write a note."""
        writer = by or (self.advisor.user if kind == Notebook.OWN_ADVISOR else self.participant)
        with self.acting(writer, days=0) as actor:
            services.write_note(actor=actor, trajectory=self.trajectory, kind=kind, text=text)

    def tailor(self) -> None:
        """Let the advisor note the situation and take one suggestion of each kind."""
        with self.acting(self.advisor.user, days=0) as actor:
            case = self.trajectory
            facts = {"field": "support_staff", "participant_phase": "market_orientation_internal"}
            services.note_situation(actor=actor, trajectory=case, facts=facts)
            for kind, key in (("component", "labour_market_orientation"), ("instrument", "job_map")):
                services.choose_tool(actor=actor, trajectory=case, kind=kind, key=key, take=True)

    def assignment(self, title: str = "Functieplattegrond", **given: Any) -> Assignment:
        """Let the advisor give an assignment."""
        with self.acting(self.advisor.user) as actor:
            words = {"title": title, "task": "Kies drie functies.", "due_on": self.moment.date(), **given}
            return services.give_assignment(actor=actor, trajectory=self.trajectory, **words)

    def hand_in(self, row: Assignment, text: str = "Drie functies.", upload: Upload | None = None) -> None:
        """Let the participant hand something in."""
        with self.acting(self.participant) as actor:
            services.hand_in(actor=actor, assignment=row, text=text, upload=upload)

    def workbook(self, key: str = "who_am_i", *, share: bool = False, text: str = "Ik help graag.") -> None:
        """Let the participant write in a chapter."""
        with self.acting(self.participant, days=0) as actor:
            case, answers = self.trajectory, {chapters()[key].prompts[0].key: text}
            services.save_chapter(actor=actor, trajectory=case, key=key, answers=answers)
            services.share_chapter(actor=actor, trajectory=case, key=key, share=share)

    def close(self) -> None:
        """Talk, plan, final talk, components, and on to closing."""
        self.talk()
        self.plan()
        self.talk("Samen teruggekeken.", TalkKind.FINAL)
        done = ("self_analysis", "instrument_package", "plan_support", "labour_market_orientation")
        states = dict.fromkeys(done, ("done", ""))
        with self.acting(self.advisor.user) as actor:
            services.settle_components(actor=actor, trajectory=self.trajectory, states=states)
            services.start_closing(actor=actor, trajectory=self.trajectory)

    def rate(self, *people: User, value: str = "achieved") -> None:
        """Let these people (default both) give their view of the results."""
        for person in people or (self.advisor.user, self.participant):
            with self.acting(person) as actor:
                ratings = {result.reference: value for result in results_to_rate(self.trajectory)}
                outcome = OUTCOME if person == self.participant else None
                case = self.trajectory
                services.rate_results(actor=actor, trajectory=case, ratings=ratings, outcome=outcome)

    def look_back(self, email: str = "samira@example.com") -> None:
        """Let the advisor write down what was discussed, and the participant leave an address."""
        with self.acting(self.advisor.user) as actor:
            answers = {"what_worked": "Een dag meelopen gaf de doorslag."}
            services.discuss(actor=actor, trajectory=self.trajectory, answers=answers)
        with self.acting(self.participant) as actor:
            services.keep_address(actor=actor, trajectory=self.trajectory, email=email, agrees=True)

    def open(self) -> None:
        """Let the coordinator read the request, which is logged."""
        with self.acting(self.coordinator, days=0) as actor:
            record_read(
                actor=actor,
                subject=self.participant,
                dossier=self.trajectory.reference,
                what="request",
                relation="coordinator",
            )

    def end(self, status: str) -> None:
        """Take one of the side roads; a request that is withdrawn was opened before."""
        if self.trajectory.status == Status.REQUESTED:
            self.open()
        with self.acting(self.participant) as actor:
            services.move(actor=actor, trajectory=self.trajectory, to=status, reason="Een reden.")

    def refer_elsewhere(self) -> None:
        """Let the advisor propose help from somebody else, and the participant agree."""
        with self.acting(self.advisor.user) as actor:
            row = services.propose_move(
                actor=actor,
                trajectory=self.trajectory,
                to=Status.REFERRED_ELSEWHERE,
                reason="Past beter elders.",
            )
        with self.acting(self.participant) as actor:
            services.answer_proposal(actor=actor, proposal=row, agrees=True)

    def complete(self) -> None:
        """End it, as the follow-up would."""
        with self.acting(self.participant) as actor:
            services.complete(actor=actor, trajectory=self.trajectory)


def story(**given: Any) -> Story:
    """Bring a participant, an advisor and a coordinator together, about four months ago unless `moment` says."""
    return (None if given else memory.again("")) or _people_of(given)


def _people_of(given: dict[str, Any]) -> Story:
    given.setdefault("moment", clock.now() - timedelta(days=120))
    if "participant" not in given:
        given["participant"] = people.employee("Samira el Idrissi")
    if "advisor" not in given:
        given["advisor"] = advisors.advisor("Mirjam de Wit")
    if "coordinator" not in given:
        given["coordinator"] = people.holder(Role.COORDINATOR, "Karim Haddad")
    return Story(**given)


def advance(told: Story, status: str) -> Story:
    """Walk a story on to a status."""
    for step in MAIN_LINE[: MAIN_LINE.index(TURNS.get(status, status)) + 1]:
        _step(told, step)
    return _turn(told, status)


def _turn(told: Story, status: str) -> Story:
    """Leave the main line for a status beside it."""
    turns = {
        "assigned": told.assign,
        "client_alignment": told.align,
        "referred_elsewhere": told.refer_elsewhere,
        "completed": told.complete,
    }
    if status in turns:
        turns[status]()
    elif status in TURNS:
        told.end(status)
    return told


def _step(told: Story, status: str) -> None:
    if status == "intake_planned":
        told.assign()
    steps = {
        "requested": told.request,
        "intake_planned": told.plan_intake,
        "intake_done": told.record_intake,
        "agreement_proposed": told.propose,
        "in_progress": told.sign,
        "closing": told.close,
        "closed": told.rate,
    }
    steps[status]()


def walk(status: str = "in_progress", **given: Any) -> Story:
    """Tell a story up to a status; a referred one when the status asks for it."""
    if status == "client_alignment":
        given = {"route": Route.MANAGER, **given}
    kept = None if given else memory.again(TURNS.get(status, status))
    return advance(_people_of(given), status) if kept is None else _turn(kept, status)


def learn() -> None:
    """Walk one case along the main line and keep it at each status, for `story` and `walk`."""
    one = _people_of({})
    memory.keep("", one)
    for status in MAIN_LINE:
        _step(one, status)
        memory.keep(status, one)


def trajectory(status: str = "in_progress", **given: Any) -> Trajectory:
    """Return a case in that status, as its participant sees it."""
    return walk(status, **given).trajectory


def self_test(person: User, *, moment: datetime | None = None, usual: int = 3, **scores: int) -> SelfTest:
    """Let somebody take the self-test: each factor gets that score, `usual` where none is given."""
    answers = {
        row.key: 6 - scores.get(factor.key, usual) if row.is_reversed else scores.get(factor.key, usual)
        for factor in instrument().factors
        for row in factor.statements
    }
    with clock.frozen(moment or clock.now()), viewing(person):
        self_testing.save_answers(actor=person, answers=answers)
        return self_testing.finish_self_test(actor=person)


def shared_self_test(told: Story, *, days: int = 30, **scores: Any) -> SelfTestShare:
    """Let the participant take a self-test and show it to the advisor for some days."""
    test = self_test(told.participant, **scores)
    until = clock.today() + timedelta(days=days)
    with viewing(told.participant):
        return self_testing.share_self_test(actor=told.participant, test=test, until_on=until)
