"""Draft, schedule, publish, take off: by an editor and by the clock, which may come by twice."""

from datetime import timedelta
from typing import Any

import pytest

from catalog import errors
from catalog.enums import Act, Status
from catalog.models import Offering, SearchDocument
from catalog.queries.catalogue import documents_for, offering_page
from catalog.services import cards, enrolling, publishing, reviewing
from catalog.tasks import keep_cards
from catalog.workflow import MOVES
from portal import clock
from portal.delivery.models import Mail
from portal.people.enums import Role
from portal.people.models import User
from tests.factories import catalog, people
from tests.factories.database import as_owner

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def editor() -> User:
    return people.holder(Role.EDITOR, "Noor Kok")


def draft(editor: User, **fields: Any) -> Offering:
    """A draft in which nothing is missing."""
    return catalog.offering(owner=editor, status=Status.DRAFT, published_on=None, **fields)


def fresh(offering: Offering) -> Any:
    return Offering.objects.get(pk=offering.pk)


def is_found(offering: Offering) -> bool:
    return documents_for(None).filter(offering=offering).exists()


def test_a_draft_is_published_and_found_at_once(editor: User) -> None:
    row = draft(editor)
    assert not is_found(row)
    out = publishing.publish(offering=row, actor=editor)
    assert (out.status, out.published_on) == (Status.PUBLISHED, clock.today())
    assert is_found(row)


def test_what_is_missing_is_said_in_plain_words(editor: User) -> None:
    catalog.offering(owner=editor)
    made = cards.draft(kind=catalog.kind(), title_nl="Nieuw", title_en="", faculty="", actor=editor)
    with pytest.raises(errors.Incomplete) as refused:
        publishing.publish(offering=made, actor=editor)
    said = [str(gap.sentence) for gap in refused.value.gaps]
    assert said[0] == "Vul ‘Titel’ in het Engels in."
    assert fresh(made).status == Status.DRAFT


def test_the_clock_publishes_and_takes_off_once_each(editor: User) -> None:
    row, now = draft(editor), clock.now()
    publishing.publish(offering=row, actor=editor, at=now + HOUR, until=now + 3 * HOUR)
    keep_cards()
    assert fresh(row).status == Status.SCHEDULED
    for later, status in ((2, Status.PUBLISHED), (4, Status.ARCHIVED)):
        with clock.frozen(now + later * HOUR):
            keep_cards()
            keep_cards()
            assert fresh(row).status == status
    acts = list(row.versions.order_by("number").values_list("act", flat=True))
    assert acts == [Act.LOADED, Act.SCHEDULED, Act.PUBLISHED, Act.ARCHIVED]
    assert not SearchDocument.objects.filter(offering=row).exists()


def test_after_its_last_moment_it_is_gone_before_the_scan_comes_by(editor: User) -> None:
    run = catalog.session(catalog.offering(owner=editor))
    publishing.publish(offering=run.offering, actor=editor, until=clock.now() + HOUR)
    with clock.frozen(clock.now() + 2 * HOUR):
        assert not is_found(run.offering)
        assert offering_page(editor, run.offering.slug) is None
        with pytest.raises(errors.NotOnOffer):
            enrolling.enrol(session=run, pot="free", actor=people.employee())


@pytest.mark.parametrize(("at", "until"), [(-1, None), (2, 1), (None, -1)])
def test_a_moment_that_is_over_or_turned_around_is_refused(editor: User, at: int, until: int) -> None:
    at_moment, until_moment = (clock.now() + hours * HOUR if hours else None for hours in (at, until))
    with pytest.raises(errors.MomentPassed):
        publishing.publish(offering=draft(editor), actor=editor, at=at_moment, until=until_moment)


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("name", ["withdraw", "archive"])
def test_every_move_from_every_state(editor: User, name: str, status: Status) -> None:
    row = catalog.offering(owner=editor, status=status, publish_at=clock.now() + HOUR)
    act = getattr(publishing, name)
    if status in MOVES[name].sources:
        assert act(offering=row, actor=editor).status == MOVES[name].target
    else:
        with pytest.raises(errors.NotPossibleNow):
            act(offering=row, actor=editor)


def test_thirty_days_after_its_review_date_lists_leave_a_card_out_and_the_owner_is_told_once() -> None:
    """H3.1-08, L2: an expired item is flagged and its owner is mailed."""
    owner = people.employee("Iris Bol", language="en")
    row = catalog.offering("Oud nieuws", owner=owner, review_on=clock.today() - timedelta(days=30))
    keep_cards()
    assert is_found(row)
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert not is_found(row)
        shown = offering_page(None, row.slug)
        assert shown is not None
        assert shown.is_dropped
        keep_cards()
        keep_cards()
        reviewing.tell_owners()
    with as_owner():
        mail = Mail.objects.get(template="catalog/dropped")
    assert (mail.recipient, mail.language) == (owner, "en")
    assert mail.subject == "Please read again: Oud nieuws (en)"
    assert f"/en/manage-offerings/items/{row.slug}/" in mail.text


def test_without_an_owner_the_mailbox_is_told() -> None:
    row = catalog.offering(review_on=clock.today() - timedelta(days=31))
    assert reviewing.tell_owner(offering=row)
    with as_owner():
        assert Mail.objects.get(template="catalog/dropped").address == row.contact_mailbox
    assert not reviewing.tell_owner(offering=row)
