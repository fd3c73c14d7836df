"""The catalogue of the sample, and Samira's place in a session."""

from datetime import timedelta

from catalog.enums import Pot, Status
from catalog.models import Offering, Session
from catalog.queries.cards import card_of, with_parts
from catalog.services import cards, content, publishing
from catalog.services.enrolling import enrol
from portal import clock
from portal.demo.sample.story import acting, at
from portal.demo.sample.world import World
from portal.people.models import User


def make(world: World) -> None:
    """Load the offerings around the day of the sample, and enrol Samira where networking is practised."""
    content.load(today=world.today)
    _edits(world)
    person = world.account("employee")
    session = _session()
    with acting(person, at(world.in_weeks(-1), 20)):
        enrol(session=session, pot=_pot(session), actor=person)


def _edits(world: World) -> None:
    """Everything has an owner; one card has versions, one is there in Dutch only in part, one is scheduled."""
    editor = world.account("editor")
    Offering.objects.update(owner=editor)
    rows = with_parts(Offering.objects.all()).in_bulk(field_name="key")
    with acting(editor, at(world.in_weeks(-2), 10)):
        _change(rows["networking_at_ease"], editor, keywords_nl="netwerken, borrel, kennismaken, LinkedIn")
    with acting(editor, at(world.in_weeks(-1), 11)):
        _change(
            rows["networking_at_ease"],
            editor,
            prerequisites_nl="Niets. Neem **visitekaartjes** mee als u die hebt.",
        )
        _change(rows["job_crafting_workshop"], editor, structure_en="")
    draft = Offering.objects.filter(status=Status.DRAFT).order_by("pk").first()
    if draft is not None:
        with acting(editor, at(world.today, 8)):
            publishing.publish(offering=draft, actor=editor, at=clock.local(world.in_weeks(1), 9))


def _change(offering: Offering, editor: User, **changes: str) -> None:
    now = with_parts(Offering.objects.all()).get(pk=offering.pk)
    fresh = {"review_on": max(now.review_on, clock.today() + timedelta(days=1)).isoformat()}
    cards.save_card(offering=now, card=card_of(now) | changes | fresh, seen=now.version, actor=editor)


def _session() -> Session:
    ahead = Session.objects.filter(cancelled_at=None, enrol_until__gt=clock.now()).select_related("offering")
    rows = [row for row in ahead.order_by("starts_at") if row.free > 0 and _pot(row)]
    return next((row for row in rows if row.offering.key == "networking_at_ease"), rows[0])


def _pot(session: Session) -> str:
    """Return a way to pay of which the manager is told nothing; empty when there is none."""
    ways = session.offering.pots.select_related("notice").exclude(pot=Pot.REFERRAL)
    quiet = [way.pot for way in ways if not way.notice.is_manager_told and not way.notice.needs_answer]
    return quiet[0] if quiet else ""
