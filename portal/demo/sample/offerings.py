"""The catalogue of the sample and the work of its editors."""

from datetime import timedelta

from catalog.enums import Status
from catalog.models import Offering
from catalog.queries.cards import card_of, with_parts
from catalog.services import cards, content, publishing
from portal import clock
from portal.demo.sample.story import acting, at
from portal.demo.sample.world import World
from portal.people.models import User


def make(world: World) -> None:
    """Load the offerings around the day of the sample, with what editors did with them."""
    content.load(today=world.today)
    _edits(world)


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
