"""The stories that histories go on from: walked through the services once, with the book of each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from advisors.models import Advisor
from portal import clock
from portal.people.enums import Role
from portal.people.models import User
from portal.privacy.viewer import viewing
from tests.factories import advisors, people, trajectories
from tests.factories.database import as_owner
from tests.trajectories.histories.book import BOTH, Book, Note
from tests.trajectories.histories.running import STANDARD
from trajectories import services
from trajectories.enums import Route, TalkKind
from trajectories.models import Conversation, NotebookEntry

Story = trajectories.Story
INTAKE: dict[str, Any] = {"has_intake": True, "is_recorded": True, "is_explained": True}
PROPOSED = {**INTAKE, "has_agreement": True, "agreed_talks": trajectories.TERMS["talks"]}
SIGNED = {**INTAKE, "signed": BOTH, "agreed_talks": trajectories.TERMS["talks"]}
READY = {**SIGNED, "has_step": True, "components": True}


@dataclass(frozen=True)
class Begun:
    """A story that was told up to somewhere, with its book."""

    pk: int
    people: dict[str, User]
    others: list[Advisor]
    book: Book


def _to(status: str) -> Callable[[Story], object]:
    return lambda told: trajectories.advance(told, status)


def _unassigned(told: Story) -> None:
    trajectories.advance(told, "requested")
    told.open()


def _with_payer(told: Story) -> None:
    trajectories.advance(told, "intake_done")
    told.propose(payer="department", cost=900)


def _ready(told: Story) -> None:
    trajectories.advance(told, "in_progress")
    told.talk()
    told.plan()
    told.talk("Samen teruggekeken.", TalkKind.FINAL)
    with told.acting(told.advisor.user) as actor:
        states = dict.fromkeys(STANDARD, ("done", ""))
        services.settle_components(actor=actor, trajectory=told.trajectory, states=states)


WALKS: dict[str, tuple[Callable[[Story], object], dict[str, Any]]] = {
    "requested": (_unassigned, {"holes": {"advisor"}}),
    "assigned": (_to("assigned"), {}),
    "intake_planned": (_to("intake_planned"), {"has_intake": True}),
    "intake_done": (_to("intake_done"), INTAKE),
    "referred": (_to("intake_done"), {**INTAKE, "is_referred": True}),
    "client_alignment": (_to("client_alignment"), {**INTAKE, "is_referred": True, "points_agreed": True}),
    "agreement_proposed": (_to("agreement_proposed"), PROPOSED),
    "with a payer": (_with_payer, {**PROPOSED, "has_payer": True}),
    "in_progress": (_to("in_progress"), SIGNED),
    "ready": (_ready, READY),
    "closing": (_to("closing"), READY),
    "closed": (_to("closed"), {**READY, "rated": BOTH}),
}


def walk_all(*names: str) -> dict[str, Begun]:
    """Tell these stories (default all); the advisor is from outside, and two more could take over."""
    coordinator = people.holder(Role.COORDINATOR, "Karim Haddad")
    payer = people.employee("Hanneke Bos", code="LAW")
    ours = [
        advisors.external(name, maximum_caseload=30) for name in ("Yara Koster", "Bas Vermeer", "Noor Aydin")
    ]
    begun = {}
    for number, name in enumerate(names or WALKS):
        walk, known = WALKS[name]
        told = trajectories.story(
            participant=people.employee(f"Deelnemer {number}", manager=payer),
            advisor=ours[0],
            coordinator=coordinator,
            # Each at another hour, because they share an advisor.
            moment=clock.now() - timedelta(days=45, hours=2 * number),
            route=Route.MANAGER if known.get("is_referred") else Route.SELF,
        )
        walk(told)
        roles = {"advisor": ours[0].user, "coordinator": coordinator, "payer": payer}
        people_of = {"participant": told.participant, **roles}
        begun[name] = Begun(told.trajectory.pk, people_of, ours, _book(told, known))
    return begun


def _book(told: Story, known: dict[str, Any]) -> Book:
    case = told.trajectory
    with as_owner():
        rows = list(Conversation.objects.filter(trajectory=case.pk))
        notes = [
            Note(row.kind, row.text, row.author_id, 0)
            for row in NotebookEntry.objects.filter(trajectory=case.pk)
        ]
    with viewing(told.participant):
        days = (clock.today() - case.closed_at.date()).days if case.closed_at else 0
    return Book(
        **known,
        held=[row.kind for row in rows if row.is_counted],
        notes=notes,
        planned={row.pk: row.kind for row in rows if row.state == "planned"},
        days_closed=days,
    ).copy()
