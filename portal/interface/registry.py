"""What upper floors hang up on the ground floor: menu, cards and links.

Apps call `add` from `AppConfig.ready()`; pages read `items` in the given order.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

Words = str | Promise
Context = dict[str, Any]


def everyone(user: Any) -> bool:
    """Show to all, signed in or not."""
    return True


def signed_in(user: Any) -> bool:
    """Show to whoever is signed in."""
    return bool(user.is_authenticated)


@dataclass(frozen=True, kw_only=True)
class MenuItem:
    """One link in a menu or on a page of links."""

    key: str
    label: Words
    url_name: str
    order: int = 100
    visible: Callable[[Any], bool] = signed_in
    text: Words = ""
    icon: str = ""
    # Prefixes of url names ("trajectories:") on which this item is the current one.
    current: tuple[str, ...] = ()

    def url(self) -> str:
        """Return the address in the language of the page, or nothing when the page does not exist."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""


@dataclass(frozen=True, kw_only=True)
class HomeCard:
    """One section of a page of cards. `context` returns None when there is nothing to show."""

    key: str
    template: str
    context: Callable[[HttpRequest], Context | None]
    order: int = 100
    # A next step is the one filled panel: only the first that has something to say is shown.
    is_next_step: bool = False
    # Cards with the same name here stand side by side on a wide screen (the first one wider).
    row: str = ""


class Ordered(Protocol):
    """Anything with a key and a place."""

    @property
    def key(self) -> str:
        """Name it, once in a registry."""

    @property
    def order(self) -> int:
        """Place it among the others."""


Item = TypeVar("Item", bound=Ordered)


@dataclass
class Registry(Generic[Item]):
    """Things by key, in order; a key that is taken is a mistake in the code."""

    _items: dict[str, Item] = field(default_factory=dict)

    def add(self, item: Item) -> None:
        """Hang up one thing."""
        if item.key in self._items and self._items[item.key] != item:
            raise ValueError(f"{item.key} is registered twice")
        self._items[item.key] = item

    def remove(self, key: str) -> None:
        """Take one thing down, when it is there."""
        self._items.pop(key, None)

    def get(self, key: str) -> Item | None:
        """Return the thing with this key."""
        return self._items.get(key)

    def __iter__(self) -> Iterator[Item]:
        return iter(sorted(self._items.values(), key=lambda item: (item.order, item.key)))


menu: Registry[MenuItem] = Registry()
account: Registry[MenuItem] = Registry()
admin: Registry[MenuItem] = Registry()
footer: Registry[MenuItem] = Registry()
utility: Registry[MenuItem] = Registry()
search: Registry[MenuItem] = Registry()
# Where an offering begins inside the portal, by the key of the offering.
starts: Registry[MenuItem] = Registry()
home: Registry[HomeCard] = Registry()
mine: Registry[HomeCard] = Registry()
# Beside the sign-in form, and the state of the portal on the administrator's page.
sign_in: Registry[HomeCard] = Registry()
state: Registry[HomeCard] = Registry()

# By name, for templates of rooms below this one.
LINKS = {"account": account, "admin": admin, "footer": footer}
CARDS = {"home": home, "mine": mine, "sign_in": sign_in, "state": state}


def links(registry: Registry[MenuItem], user: Any) -> list[MenuItem]:
    """Return the items of a registry that this person sees and that lead somewhere."""
    return [item for item in registry if item.visible(user) and item.url()]


Filled = tuple[HomeCard, Context]


def cards(registry: Registry[HomeCard], request: HttpRequest) -> list[list[Filled]]:
    """Return the cards with something to say, in rows; at most one is the next step, and it comes first."""
    found = filled(registry, request)
    steps = [[pair] for pair in found if pair[0].is_next_step]
    rows: dict[str, list[Filled]] = {}
    for pair in found:
        if not pair[0].is_next_step:
            rows.setdefault(pair[0].row or pair[0].key, []).append(pair)
    return steps[:1] + list(rows.values())


def filled(registry: Registry[HomeCard], request: HttpRequest) -> list[Filled]:
    """Return the cards with something to say, one after the other."""
    return [(card, context) for card in registry if (context := card.context(request)) is not None]
