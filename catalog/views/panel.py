"""What the enrol panel of an offering shows."""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest

from catalog.enums import CERTAIN, Pot
from catalog.models import Enrolment, Offering, OfferingPot, Session
from catalog.queries.enrolments import my_enrolments, ways_to_pay
from catalog.queries.notices import answer_by, exact_message
from catalog.services.paying import CAREER_BUDGET
from catalog.services.places import may_come
from portal import clock
from portal.entitlements.queries.balances import balance
from portal.interface.registry import MenuItem, starts
from portal.people.models import User
from portal.people.queries import managers


@dataclass(frozen=True)
class Told:
    """Who hears of an enrolment: the sentence, and the message when there is one."""

    is_manager_told: bool
    sentence: str
    message: str
    managers: tuple[str, ...]


@dataclass(frozen=True)
class Budget:
    """What somebody's own budget holds in euros, now and after enrolling."""

    free: float
    after: float


@dataclass(frozen=True)
class Place:
    """A place or turn of one's own; of an offer also what follows when one takes it."""

    enrolment: Enrolment
    told: Told | None = None
    budget: Budget | None = None

    @property
    def asks(self) -> bool:
        """Whether the manager has to answer once the offer is taken."""
        return self.told is not None and self.enrolment.notice.needs_answer


@dataclass(frozen=True)
class Panel:
    """The enrol panel: dates, ways to pay, and what was chosen of them."""

    offering: Offering
    sessions: list[Session]
    ways: list[OfferingPot]
    session: Session | None = None
    way: OfferingPot | None = None
    told: Told | None = None
    enrolments: list[Place] = field(default_factory=list)
    budget: Budget | None = None
    may_come: bool = True
    is_kept: bool = False

    @property
    def start(self) -> MenuItem | None:
        """Where it begins, when that is a page of this portal."""
        return starts.get(self.offering.key or "")

    @property
    def turns(self) -> list[Enrolment]:
        """What ends with a place on another date: turns and offers of an offering that one attends once."""
        mine = [] if self.offering.is_repeatable else [place.enrolment for place in self.enrolments]
        return [one for one in mine if one.session != self.session]

    @property
    def can_enrol(self) -> bool:
        """Whether there is a date and a way to pay that can be chosen."""
        return (
            self.may_come
            and self.session is not None
            and self.session.takes_names
            and self.way is not None
            and not self.is_short
        )

    @property
    def waits(self) -> bool:
        """Whether one joins the queue of the chosen date."""
        return self.session is not None and not self.session.is_open and not self.is_kept

    @property
    def asks(self) -> bool:
        """Whether the manager has to answer first."""
        return self.way is not None and self.way.notice.needs_answer

    @property
    def asks_only_with(self) -> OfferingPot | None:
        """The one budget with which the manager has to answer, when there are others."""
        asking = [way for way in self.ways if way.notice.needs_answer]
        return asking[0] if len(asking) == 1 < len(self.ways) else None

    @property
    def answer_by(self) -> datetime | None:
        """Until when the manager could answer a request that is made now."""
        return answer_by(self.session, clock.now()) if self.session and self.asks and not self.waits else None

    @property
    def number(self) -> int:
        """Which number one becomes in the queue."""
        return self.session.waiting + 1 if self.session else 0

    @property
    def is_short(self) -> bool:
        """Whether the chosen budget holds too little."""
        return self.budget is not None and self.budget.after < 0


def panel(request: HttpRequest, offering: Offering) -> Panel:
    """Make the panel for this request; the chosen date and budget come from the address or the form."""
    sent = request.POST if request.method == "POST" else request.GET
    mine = my_enrolments(request.user, offering)
    sessions = _dates_left(offering, mine)
    ways = ways_to_pay(offering)
    session = _chosen_session(sessions, sent.get("session", ""))
    way = next((one for one in ways if one.pot == sent.get("pot")), ways[0] if ways else None)
    told = told_about(session, way, request.user) if session and way else None
    budget = own_budget(request.user, offering, way) if session else None
    may = not isinstance(request.user, User) or may_come(offering, request.user)
    places = places_of(mine, request.user)
    return Panel(offering, sessions, ways, session, way, told, places, budget, may)


def _dates_left(offering: Offering, mine: list[Enrolment]) -> list[Session]:
    """Return the dates that one can still choose: none besides a place in what one attends once."""
    if not offering.is_repeatable and any(enrolment.status in CERTAIN for enrolment in mine):
        return []
    taken = {enrolment.session_id for enrolment in mine}
    return [run for run in offering.sessions.all() if run.starts_at > clock.now() and run.pk not in taken]


def panel_of(actor: User, session: Session, pot: str) -> Panel:
    """Make the panel for one date that is kept for this person, and the budget they chose."""
    ways = ways_to_pay(session.offering)
    way = next((one for one in ways if one.pot == pot), ways[0] if ways else None)
    told = told_about(session, way, actor) if way else None
    budget = own_budget(actor, session.offering, way)
    mine = places_of(my_enrolments(actor, session.offering), actor)
    return Panel(session.offering, [session], ways, session, way, told, mine, budget, is_kept=True)


def places_of(enrolments: list[Enrolment], actor: object) -> list[Place]:
    """Return places and turns; with an offer who is told when one takes it, and what is left of the budget."""
    return [
        Place(one, told_about(one.session, one, actor), own_budget(actor, one.session.offering, one))
        if one.is_offered
        else Place(one)
        for one in enrolments
    ]


def has_other_price(request: HttpRequest, offering: Offering) -> bool:
    """Tell whether the page that was sent showed another price than that of now."""
    return request.POST.get("cost", str(offering.cost_eur)) != str(offering.cost_eur)


def own_budget(actor: object, offering: Offering, way: OfferingPot | Enrolment | None) -> Budget | None:
    """Return what the actor's own budget holds, when that is to pay."""
    if way is None or way.pot != Pot.OWN_BUDGET or not isinstance(actor, User):
        return None
    held = balance(actor, CAREER_BUDGET)
    free = (held.free if held else 0) / 100
    return Budget(free, free - offering.cost_eur)


def _chosen_session(sessions: list[Session], reference: str) -> Session | None:
    """Return the session asked for while it takes names, else the first with a place, else the first with a queue."""
    asked = next((run for run in sessions if run.reference == reference and run.takes_names), None)
    first = asked or next((run for run in sessions if run.is_open), None)
    return first or next((run for run in sessions if run.takes_names), None)


def told_about(session: Session, way: OfferingPot | Enrolment, actor: object) -> Told:
    """Return who hears of it when this person enrols so."""
    notice = way.notice
    if not notice.is_manager_told or not isinstance(actor, User):
        return Told(notice.is_manager_told, str(notice.shown), "", ())
    bosses = list(managers(actor))
    language = bosses[0].language if bosses else actor.language
    message = exact_message(notice, session, name=actor.full_name, language=language)
    names = tuple(boss.full_name for boss in bosses)
    return Told(is_manager_told=True, sentence=str(notice.shown), message=message, managers=names)
