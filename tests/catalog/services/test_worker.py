"""The queue moved by the worker's own login, under its own policies, on real commits."""

from datetime import timedelta

from django.db import transaction

from catalog.enums import Pot
from catalog.models import Session
from catalog.services import approving, keeping, sessions
from portal import clock
from portal.delivery.running import run_next
from portal.people.enums import Role
from portal.people.models import User
from portal.privacy.viewer import viewing
from tests.catalog.services.test_approving import pot, question
from tests.catalog.services.world import asking, fresh, give_back, letters, take
from tests.factories import people
from tests.portal.delivery.conftest import as_worker


def work() -> None:
    """Take a turn as `portal_jobs`."""
    with as_worker():
        while run_next():
            pass
        keeping.keep_queues()
        while run_next():
            pass


def said_no(approval: object, manager: User) -> None:
    """Refuse as the manager."""
    with viewing(manager):
        approving.answer(approval=fresh(approval), is_yes=False, actor=manager, reason="Te duur.")


def test_offers_refusals_and_calling_off_under_the_workers_policies(committed) -> None:
    with transaction.atomic():
        run, person, manager = asking(seats=1)
        account = pot(person)
        waits, editor = people.employee("Wacht Er"), people.holder(Role.EDITOR)
    with transaction.atomic():
        asked, turn = take(run, person, Pot.DEPARTMENT), take(run, waits, Pot.FREE)
    with transaction.atomic():
        approval = question(asked)
    said_no(approval, manager)
    work()
    with transaction.atomic():
        assert [fresh(row).status for row in (asked, turn)] == ["refused", "offered"]
        assert fresh(account).free == 1_200_000
    with clock.frozen(clock.now() + timedelta(hours=49)):
        work()
    with transaction.atomic():
        assert (fresh(turn).status, letters(waits)) == ("lapsed", ["waiting", "offered", "offer_ended"])
        again = take(run, waits, Pot.FREE)
    with viewing(editor):
        sessions.call_off(session=Session.objects.get(pk=run.pk), actor=editor)
    work()
    with transaction.atomic():
        assert fresh(again).status == "cancelled"
        assert give_back(fresh(again)).status == "cancelled"
