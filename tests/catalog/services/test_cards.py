"""Saving, restoring, copying a card; every save is a version, and nobody writes over another."""

from typing import Any

import pytest

from catalog import errors
from catalog.enums import Act, Status
from catalog.models import Offering, SearchDocument
from catalog.queries.cards import card_of, flat, merge, whole, with_parts
from catalog.services import cards
from portal import clock
from portal.people.enums import Role
from portal.people.models import User
from tests.factories import catalog, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return people.holder(Role.EDITOR, "Noor Kok")


def loaded(offering: Offering) -> Any:
    """Return a card as the pages read it."""
    return with_parts(Offering.objects.all()).get(pk=offering.pk)


def save(offering: Offering, actor: User, seen: int | None = None, **changes: Any) -> Any:
    """Save a card with a few changes."""
    row = loaded(offering)
    seen = row.version if seen is None else seen
    return cards.save_card(offering=row, card=card_of(row) | changes, seen=seen, actor=actor)


def test_a_card_comes_back_from_its_plain_data_as_it_was(editor: User) -> None:
    row = loaded(catalog.offering(owner=editor))
    before = card_of(row)
    assert whole(flat(before)) == before
    copy = cards.create(card=before, actor=editor)
    assert card_of(loaded(copy)) == before
    assert copy.status == Status.DRAFT


def test_saving_writes_a_version_and_keeps_search_up_to_date(editor: User) -> None:
    row = catalog.offering(owner=editor)
    saved = save(row, editor, title_nl="Vlot vergaderen")
    assert [(one.number, one.act, one.saved_by) for one in saved.versions.all()] == [
        (2, Act.SAVED, editor),
        (1, Act.LOADED, None),
    ]
    assert SearchDocument.objects.get(offering=row).dutch_title == "vlot vergaderen"
    assert save(row, editor).version == 2


def test_who_started_from_an_older_version_is_told_and_nothing_is_written(editor: User) -> None:
    row = catalog.offering(owner=editor)
    save(row, editor, title_nl="Eerste")
    with pytest.raises(errors.Stale):
        save(row, editor, seen=1, title_nl="Tweede")
    assert loaded(row).title_nl == "Eerste"


def test_a_published_card_is_not_saved_with_a_hole(editor: User) -> None:
    """L2: owner and review date are required."""
    row = catalog.offering(owner=editor)
    with pytest.raises(errors.Incomplete) as refused:
        save(
            row,
            editor,
            title_en="",
            result_nl="",
            result_en="",
            owner="",
            review_on=clock.today().isoformat(),
        )
    assert [gap.field for gap in refused.value.gaps] == ["title_en", "result_nl", "owner", "review_on"]
    assert save(row, editor, result_en="").version == 2


def test_an_earlier_version_comes_back_but_owner_and_review_date_stay(editor: User) -> None:
    row = catalog.offering("Oud", owner=editor)
    later = clock.today().replace(year=clock.today().year + 2).isoformat()
    save(row, editor, title_nl="Nieuw", review_on=later)
    back: Any = cards.restore(offering=loaded(row), number=1, seen=2, actor=editor)
    assert (back.title_nl, back.version, back.review_on.isoformat()) == ("Oud", 3, later)
    assert back.versions.first().act == Act.RESTORED


def test_a_copy_is_a_draft_with_its_own_address(editor: User) -> None:
    row = catalog.offering("Netwerken", owner=editor)
    catalog.session(row)
    copy: Any = cards.duplicate(offering=loaded(row), actor=editor)
    assert (copy.status, copy.title_nl, copy.sessions.count()) == (Status.DRAFT, "Netwerken (kopie)", 0)
    assert copy.slug == "netwerken-kopie"
    assert cards.duplicate(offering=loaded(row), actor=editor).slug == "netwerken-kopie-2"


def test_an_editor_of_one_faculty_writes_for_that_faculty_only() -> None:
    """H3.2-01: a faculty editor edits own items only."""
    science, law = people.faculty("SCI"), people.faculty("LAW")
    editor = people.holder(Role.EDITOR, of=science)
    own, other = (catalog.offering(owner=editor, faculty=faculty) for faculty in (science, law))
    assert save(own, editor, title_nl="Van ons").version == 2
    with pytest.raises(Offering.DoesNotExist):
        save(other, editor, title_nl="Van hen")
    with pytest.raises(errors.OtherFaculty):
        save(own, editor, faculty="LAW")


def test_two_changes_of_different_parts_go_together_and_of_the_same_part_clash() -> None:
    before = {"title_nl": "a", "cost_eur": 0, "details": {"gig": {"weeks": 2, "places": 1}}}
    mine = {"title_nl": "mijn", "cost_eur": 0, "details": {"gig": {"weeks": 3, "places": 1}}}
    theirs = {"title_nl": "hun", "cost_eur": 10, "details": {"gig": {"weeks": 2, "places": 5}}}
    joined, taken, both = merge(before, mine, theirs)
    assert joined == {"title_nl": "mijn", "cost_eur": 10, "details": {"gig": {"weeks": 3, "places": 5}}}
    assert (sorted(taken), both) == (["cost_eur", "details.gig.places"], ["title_nl"])
