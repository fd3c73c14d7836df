"""What people do with the catalogue of the sample: places, turns, an offer, requests to a manager, bookmarks."""

from datetime import date

from catalog.enums import Answer, Pot
from catalog.models import Approval, Enrolment, Offering, Session
from catalog.services import approving, waiting
from catalog.services.bookmarks import keep
from catalog.services.enrolling import enrol
from portal import clock
from portal.demo.sample.entitlements import as_owner
from portal.demo.sample.story import acting, at
from portal.demo.sample.world import World
from portal.organisation.queries import managed_by
from portal.people.models import User

KEPT = ("lunch_walk", "job_crafting_workshop", "info_career_budget")
WHY = {
    "nl": "In die week is de jaarafsluiting. Kies gerust een datum in het voorjaar.",
    "en": "That is the week of the annual accounts. Do choose a date in spring.",
}


def make(world: World) -> None:
    """Samira has a place, waits, and is offered one; two of her colleagues have asked their manager."""
    person, manager = world.account("employee"), world.account("manager")
    team = User.objects.filter(pk__in=managed_by(manager.pk)).exclude(pk=person.pk)
    colleagues = list(team.order_by("pk")[:2])
    _take(person, "networking_at_ease_run_2", Pot.OWN_BUDGET, world.in_weeks(-1))
    for waits in (*colleagues[:1], person):
        _take(waits, "grip_on_diary_run_1", Pot.FREE, world.in_weeks(-1))
    _offered(_take(person, "shadow_study_advisor_run_1", Pot.FREE, world.in_weeks(-1)), world.today)
    for asks in colleagues:
        _take(asks, "plain_writing_run_1", Pot.DEPARTMENT, world.in_weeks(-1))
    for asks in colleagues[:1]:
        refused = _take(asks, "project_work_basics_run_1", Pot.DEPARTMENT, world.in_weeks(-2))
        _refuse(refused, manager, world.in_weeks(-1))
    with acting(person, at(world.in_weeks(-1), 21)):
        for offering in Offering.objects.filter(key__in=KEPT).order_by("key"):
            keep(offering=offering, actor=person)


def _take(person: User, run: str, pot: str, day: date) -> Enrolment:
    with acting(person, at(day, 20)):
        session = Session.objects.select_related("offering").get(key=run)
        return enrol(session=session, pot=pot, actor=person, may_wait=True)


def _offered(turn: Enrolment, day: date) -> None:
    """Somebody whom the organiser had put on the list can't come: the place goes to who waits longest."""
    Session.objects.filter(pk=turn.session_id).update(held=turn.session.held - 1)
    with as_owner(), clock.frozen(at(day, 8)):
        waiting.fill(session=turn.session)


def _refuse(enrolment: Enrolment, manager: User, day: date) -> None:
    with acting(manager, at(day, 10)):
        asked = Approval.objects.get(enrolment=enrolment, answer=Answer.ASKED)
        approving.answer(approval=asked, is_yes=False, reason=WHY[manager.language], actor=manager)
