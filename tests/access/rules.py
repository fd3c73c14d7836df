"""Words for the access matrix: who may open an address, and in which relation to its object."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.access.outcome import Outcome

VISITOR = "visitor"
EVERYONE = frozenset({"*"})
Arguments = Callable[[Mapping[str, Any]], dict[str, Any]]


def nothing(world: Mapping[str, Any]) -> dict[str, Any]:
    """An address without arguments."""
    return {}


@dataclass(frozen=True, slots=True)
class Address:
    """What one address answers: to whom it is open, and what the others hear."""

    opens_to: frozenset[str]
    others: Outcome = Outcome.FORBIDDEN
    visitor: Outcome = Outcome.SIGN_IN
    arguments: Arguments = field(default=nothing)
    method: str = "get"
    but: Mapping[str, Outcome] = field(default_factory=dict)
    data: Arguments = field(default=nothing)

    def expected(self, persona: str) -> Outcome:
        """Return the outcome for this persona."""
        if persona == VISITOR:
            return self.visitor
        if persona in self.but:
            return self.but[persona]
        is_open = self.opens_to == EVERYONE or persona in self.opens_to
        return Outcome.OPEN if is_open else self.others


def anybody(arguments: Arguments = nothing, method: str = "get") -> Address:
    """Open to all, signed in or not."""
    return Address(EVERYONE, visitor=Outcome.OPEN, arguments=arguments, method=method)


def signed_in(arguments: Arguments = nothing, method: str = "get") -> Address:
    """Open to all who have signed in."""
    return Address(EVERYONE, arguments=arguments, method=method)


def roles(*personas: str, arguments: Arguments = nothing, method: str = "get") -> Address:
    """Open to some roles; the others hear that it is not for them."""
    return Address(frozenset(personas), arguments=arguments, method=method)


def related(
    *personas: str, arguments: Arguments, method: str = "get", refused: tuple[str, ...] = ()
) -> Address:
    """Open in some relations to the object; `refused` know of it, to the others it does not exist."""
    but = dict.fromkeys(refused, Outcome.FORBIDDEN)
    return Address(frozenset(personas), Outcome.UNKNOWN, arguments=arguments, method=method, but=but)
