"""The grammar of periods (decision 29): `2026Q3` is a quarter."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.utils.translation import gettext as _

PATTERN = re.compile(r"(20\d\d)Q([1-4])\Z")


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """One quarter of a calendar year."""

    year: int
    quarter: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026Q3`; raises ValueError for anything else."""
        match = PATTERN.match(text)
        if match is None:
            raise ValueError("A period looks like 2026Q3.")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the quarter that holds the day."""
        return cls(day.year, (day.month + 2) // 3)

    def __str__(self) -> str:
        """Write the period as it stands in addresses and releases."""
        return f"{self.year}Q{self.quarter}"

    @property
    def first_day(self) -> date:
        """Return the first day of the quarter."""
        return date(self.year, 3 * self.quarter - 2, 1)

    @property
    def next(self) -> "Period":
        """Return the quarter after this one."""
        return Period(self.year + self.quarter // 4, self.quarter % 4 + 1)

    @property
    def previous(self) -> "Period":
        """Return the quarter before this one."""
        return Period.of(self.first_day - timedelta(days=1))

    @property
    def last_day(self) -> date:
        """Return the last day of the quarter."""
        return self.next.first_day - timedelta(days=1)

    @property
    def label(self) -> str:
        """Return the name as people read it, in the active language."""
        ordinal = {1: _("1st quarter"), 2: _("2nd quarter"), 3: _("3rd quarter"), 4: _("4th quarter")}
        return f"{ordinal[self.quarter]} {self.year}"
