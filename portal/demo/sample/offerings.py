"""The catalogue of the sample, and Samira's place in a session."""

from catalog.enums import Pot
from catalog.models import Session
from catalog.services import content
from catalog.services.enrolling import enrol
from portal import clock
from portal.demo.sample.story import acting, at
from portal.demo.sample.world import World


def make(world: World) -> None:
    """Load the offerings around the day of the sample, and enrol Samira where networking is practised."""
    content.load(today=world.today)
    person = world.account("employee")
    session = _session()
    with acting(person, at(world.in_weeks(-1), 20)):
        enrol(session=session, pot=_pot(session), actor=person)


def _session() -> Session:
    ahead = Session.objects.filter(cancelled_at=None, enrol_until__gt=clock.now()).select_related("offering")
    rows = [row for row in ahead.order_by("starts_at") if row.free > 0 and _pot(row)]
    return next((row for row in rows if row.offering.key == "networking_at_ease"), rows[0])


def _pot(session: Session) -> str:
    """Return a way to pay of which the manager is told nothing; empty when there is none."""
    ways = session.offering.pots.select_related("notice").exclude(pot=Pot.REFERRAL)
    quiet = [way.pot for way in ways if not way.notice.is_manager_told and not way.notice.needs_answer]
    return quiet[0] if quiet else ""
