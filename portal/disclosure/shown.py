"""What a reader gets: a value, a band, or the one mark for everything hidden."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure that may be read; low == high for a value, otherwise it lies in that band."""

    key: str
    low: Number
    high: Number

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError("A band's low end lies above its high end.")

    @property
    def is_exact(self) -> bool:
        """Whether this is one value."""
        return self.low == self.high


class Hidden(Enum):
    """The one mark: why a figure is hidden is never told, because the reason itself gives it away."""

    HIDDEN = "hidden"

    def __bool__(self) -> bool:
        return False


HIDDEN = Hidden.HIDDEN
Figure = Shown | Hidden


def value(key: str, number: Number) -> Shown:
    """Return a figure that is one value."""
    return Shown(key, number, number)
