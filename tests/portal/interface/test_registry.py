"""Registries: order, doubles, what is hidden, one next step."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from portal.interface.registry import Filled, HomeCard, MenuItem, Registry, cards, everyone, links


def item(key: str, **fields) -> MenuItem:
    return MenuItem(**{"key": key, "label": key, "url_name": "home", "visible": everyone, **fields})


def card(key: str, says: dict[str, str] | None = None, **fields) -> HomeCard:
    return HomeCard(**{"key": key, "template": f"{key}.html", "context": lambda request: says, **fields})


def keys(rows: list[list[Filled]]) -> list[list[str]]:
    return [[entry.key for entry, _context in row] for row in rows]


def test_items_come_in_order_whatever_the_order_of_registration():
    registry: Registry[MenuItem] = Registry()
    for key, order in (("b", 20), ("c", 10), ("a", 20)):
        registry.add(item(key, order=order))
    assert [entry.key for entry in registry] == ["c", "a", "b"]


def test_a_key_that_is_taken_is_refused_and_the_same_thing_twice_is_not():
    registry: Registry[MenuItem] = Registry()
    registry.add(item("a"))
    registry.add(item("a"))
    with pytest.raises(ValueError, match="a is registered twice"):
        registry.add(item("a", order=3))


def test_links_leave_out_what_is_not_for_this_person_and_what_leads_nowhere():
    registry: Registry[MenuItem] = Registry()
    registry.add(item("for all"))
    registry.add(item("signed in", visible=lambda user: user.is_authenticated))
    registry.add(item("not built", url_name="no_such_page"))
    assert [entry.key for entry in links(registry, AnonymousUser())] == ["for all"]


def test_cards_without_anything_to_say_are_left_out():
    registry: Registry[HomeCard] = Registry()
    registry.add(card("silent"))
    registry.add(card("speaks", {}))
    assert keys(cards(registry, HttpRequest())) == [["speaks"]]


def test_only_the_first_next_step_is_shown_and_it_comes_first():
    registry: Registry[HomeCard] = Registry()
    registry.add(card("card", {}, order=1))
    registry.add(card("later", {}, order=30, is_next_step=True))
    registry.add(card("silent", None, order=10, is_next_step=True))
    registry.add(card("first", {}, order=20, is_next_step=True))
    assert keys(cards(registry, HttpRequest())) == [["first"], ["card"]]


def test_cards_of_one_row_stand_together_at_the_place_of_the_first():
    registry: Registry[HomeCard] = Registry()
    for key, order, row in (("soon", 1, "now"), ("themes", 2, ""), ("left", 3, "now")):
        registry.add(card(key, {}, order=order, row=row))
    assert keys(cards(registry, HttpRequest())) == [["soon", "left"], ["themes"]]
