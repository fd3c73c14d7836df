"""The facets of the catalogue: their options, their conditions, and their counts in one query.

Options of one facet add up (or), facets narrow down (and). An option's count is what one would find with
it, given the choices in the other facets.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce
from itertools import combinations
from operator import add, and_, or_
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.enums import Form, Pot
from catalog.models import Audience, Kind, SearchDocument, Session, Theme
from catalog.queries.catalogue import upcoming_sessions
from portal import clock
from portal.organisation.models import Faculty

Words = str | Promise
Choices = Mapping[str, Sequence[str]]
UNIVERSITY = "university"
MOST_PICKED = 8
Picked = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Facet:
    """One way to narrow the list down. `column` tells what to count by; without it each option has a test."""

    name: str
    label: Words
    options: Callable[[], Iterable[tuple[str, Words]]]
    test: Callable[[str], Q]
    column: Callable[[], Any] | None = None
    is_open: bool = False


@dataclass
class Option:
    """One option as the page shows it."""

    value: str
    label: Words
    count: int = 0
    is_chosen: bool = False


@dataclass
class Counted:
    """A facet with its options counted."""

    facet: Facet
    options: list[Option] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether the page shows its options at once."""
        return self.facet.is_open or any(option.is_chosen for option in self.options)


def _each(column: str) -> Callable[[], Any]:
    return lambda: Func(F(column), function="unnest", output_field=CharField())


def _faculties() -> list[tuple[str, Words]]:
    rows = [(faculty.code, faculty.name) for faculty in Faculty.objects.all()]
    return [(UNIVERSITY, _("Whole university")), *rows]


def _faculty(value: str) -> Q:
    return Q(faculty__isnull=True) if value == UNIVERSITY else Q(faculty__code=value)


def _month_end(moment: datetime) -> datetime:
    here = moment.astimezone(clock.AMSTERDAM).date()
    later = (here.replace(day=1) + timedelta(days=32)).replace(day=1)
    return clock.local(later)


def _starts_before(end: datetime) -> Q:
    runs = upcoming_sessions().filter(offering=OuterRef("offering"), starts_at__lt=end)
    closes = Q(
        offering__closes_on__gte=clock.today(), offering__closes_on__lt=end.astimezone(clock.AMSTERDAM).date()
    )
    return Q(Exists(runs)) | closes


def _when(value: str) -> Q:
    if value == "month":
        return _starts_before(_month_end(clock.now()))
    if value == "quarter":
        return _starts_before(clock.now() + timedelta(days=92))
    dated = Session.objects.filter(offering=OuterRef("offering"))
    return Q(offering__isnull=False, offering__closes_on__isnull=True) & ~Q(Exists(dated))


FACETS = (
    Facet(
        "theme",
        _("Theme"),
        lambda: [(row.key, row.label) for row in Theme.objects.all()],
        lambda value: Q(theme__key=value),
        lambda: F("theme__key"),
        is_open=True,
    ),
    Facet(
        "audience",
        _("For whom"),
        lambda: [(row.key, row.label) for row in Audience.objects.all()],
        lambda value: Q(audiences__contains=[value]),
        _each("audiences"),
        is_open=True,
    ),
    Facet("faculty", pgettext_lazy("faculty", "From"), _faculties, _faculty, lambda: F("faculty__code")),
    Facet(
        "form",
        _("Form of the offering"),
        lambda: Form.choices,
        lambda value: Q(form=value),
        lambda: F("form"),
        is_open=True,
    ),
    Facet(
        "cost",
        _("Cost"),
        lambda: [choice for choice in Pot.choices if choice[0] != Pot.REFERRAL],
        lambda value: Q(pots__contains=[value]),
        _each("pots"),
    ),
    Facet(
        "language",
        _("Language"),
        lambda: [("nl", _("Dutch")), ("en", _("English"))],
        lambda value: Q(languages__contains=[value]),
        _each("languages"),
    ),
    Facet(
        "when",
        _("When"),
        lambda: [
            ("month", _("This month")),
            ("quarter", _("Within three months")),
            ("always", _("Always available")),
        ],
        _when,
    ),
    Facet(
        "kind",
        _("Kind"),
        lambda: [(row.key, row.label) for row in Kind.objects.all()],
        lambda value: Q(kind__key=value),
        lambda: F("kind__key"),
    ),
)
BY_NAME = {facet.name: facet for facet in FACETS}


def condition(chosen: Choices, *, without: str = "") -> Q:
    """Return the filter for what was chosen, leaving one facet out."""
    tests = [
        reduce(or_, (facet.test(value) for value in chosen[facet.name]))
        for facet in FACETS
        if facet.name != without and chosen.get(facet.name)
    ]
    return reduce(and_, tests, Q())


def _branches(rows: QuerySet[SearchDocument], facet: Facet, chosen: Choices) -> Iterable[Any]:
    found = rows.filter(condition(chosen, without=facet.name)).order_by()
    name = Value(facet.name, output_field=CharField())
    if facet.column is not None:
        yield (
            found.annotate(facet=name, option=facet.column())
            .values("facet", "option")
            .annotate(number=Count("pk"))
            .values_list("facet", "option", "number")
        )
        return
    for value, _label in facet.options():
        yield _number(found.filter(facet.test(value)), facet.name, value)


def counts(rows: QuerySet[SearchDocument], chosen: Choices) -> dict[tuple[str, str], int]:
    """Return the count of every option of every facet, in one query."""
    first, *rest = (branch for facet in FACETS for branch in _branches(rows, facet, chosen))
    return {
        (name, UNIVERSITY if option is None else option): number
        for name, option, number in first.union(*rest, all=True)
    }


def counted(rows: QuerySet[SearchDocument], chosen: Choices) -> list[Counted]:
    """Return the facets for the page: options that lead somewhere or are chosen, with their counts."""
    found = counts(rows, chosen)
    shown = []
    for facet in FACETS:
        picked = set(chosen.get(facet.name, ()))
        options = [
            Option(value, label, found.get((facet.name, value), 0), value in picked)
            for value, label in facet.options()
        ]
        shown.append(Counted(facet, [one for one in options if one.count or one.is_chosen]))
    return shown


def without_each(rows: QuerySet[SearchDocument], chosen: Choices) -> dict[Picked, int]:
    """Return how many items there are without each chosen option, and without each two of them; one query."""
    picked = [(name, value) for name, values in chosen.items() for value in values][:MOST_PICKED]
    sets: list[Picked] = [frozenset(pair) for size in (1, 2) for pair in combinations(picked, size)]
    branches = [
        _number(rows.filter(condition(left(chosen, taken_off))).order_by(), "without", str(place))
        for place, taken_off in enumerate(sets)
    ]
    if not branches:
        return {}
    first, *others = branches
    return {sets[int(place)]: number for _name, place, number in first.union(*others, all=True)}


def left(chosen: Choices, taken_off: Picked) -> Choices:
    """Return what is left of the choices when some are taken off."""
    return {
        name: [value for value in values if (name, value) not in taken_off] for name, values in chosen.items()
    }


def met(rows: QuerySet[SearchDocument], chosen: Choices) -> dict[int, int]:
    """Return for each item in how many facets it meets the choice; one query."""
    tests = [condition({name: values}) for name, values in chosen.items() if values]
    passed = (Case(When(test, then=Value(1)), default=Value(0)) for test in tests)
    return dict(rows.annotate(met=reduce(add, passed, Value(0))).values_list("pk", "met"))


def _number(found: QuerySet[SearchDocument], name: str, value: str) -> Any:
    """Return the query for how many items there are, under the name of a facet and an option."""
    facet, option = (Value(text, output_field=CharField()) for text in (name, value))
    rows = found.annotate(facet=facet, option=option).values("facet", "option")
    return rows.annotate(number=Count("pk")).values_list("facet", "option", "number")
