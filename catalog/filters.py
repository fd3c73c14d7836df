"""The state of the catalogue page in its address."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.queries import facets
from catalog.queries.listing import Asked, Listing

LONGEST = 200


def asked(query: QueryDict) -> Asked:
    """Read the question from the address; what makes no sense in it is ignored."""
    chosen = {}
    for facet in facets.FACETS:
        values = query.getlist(facet.name)
        known = {value for value, _label in facet.options()} if values else set()
        chosen[facet.name] = [value for value in dict.fromkeys(values) if value in known]
    text = query.get("q", "").replace("\x00", " ")[:LONGEST].strip()
    return Asked(text, chosen, query.get("sort", ""), query.get("page", "1"))


@dataclass(frozen=True)
class Chip:
    """A chosen option with the address of the same page without it."""

    label: str | Promise
    url: str
    name: str
    value: str


def address(question: Asked, *, without: tuple[str, str] | None = None, **changes: str) -> str:
    """Return the address of a question, with one option left out or other values changed."""
    query = QueryDict(mutable=True)
    query["q"] = changes.pop("q", question.text)
    for name, values in question.chosen.items():
        query.setlist(name, [value for value in values if (name, value) != without])
    query["sort"] = changes.pop("sort", question.sort)
    for name, value in changes.items():
        query[name] = value
    for name in [name for name in query if not any(query.getlist(name))]:
        del query[name]
    return "?" + query.urlencode()


def chips(question: Asked) -> list[Chip]:
    """Return a chip for each chosen option."""
    found = []
    for facet in facets.FACETS:
        values = question.chosen.get(facet.name)
        labels = dict(facet.options()) if values else {}
        for value in values or ():
            url = address(question, without=(facet.name, value))
            found.append(Chip(labels[value], url, facet.name, value))
    return found


def sorts(question: Asked) -> list[Chip]:
    """Return the ways to sort, each with its address; the one in force has no address."""
    labels = {"best": _("Best match first"), "date": _("Starting soonest"), "new": _("Newest first")}
    return [
        Chip(label, "" if question.order == name else address(question, sort=name), "sort", name)
        for name, label in labels.items()
        if name != "best" or question.text
    ]


@dataclass(frozen=True)
class KindLink:
    """A kind of offering above the list, with its number."""

    label: str | Promise
    count: int
    url: str
    is_chosen: bool


def kind_links(found: Listing) -> list[KindLink]:
    """Return the kinds above the list: all of them, then each that has a hit, most hits first; or none."""
    options = next(counted.options for counted in found.facets if counted.facet.name == "kind")
    if not any(one.count for one in options):
        return []
    chosen = found.asked.chosen.get("kind", ())
    bare = Asked(found.asked.text, {**found.asked.chosen, "kind": []}, found.asked.sort)
    everything = KindLink(_("Everything"), sum(one.count for one in options), address(bare), not chosen)
    rest = [
        KindLink(one.label, one.count, address(bare, kind=one.value), one.is_chosen)
        for one in sorted(options, key=lambda one: -one.count)
    ]
    return [everything, *rest]


@dataclass(frozen=True)
class Drop:
    """The filters to take off, one when one is enough, with what one then finds."""

    chips: list[Chip]
    count: int
    url: str

    @property
    def names(self) -> str:
        """The filters by name: one, or "one and the other"."""
        return str(_(" and ")).join(f"‘{chip.label}’" for chip in self.chips)


def drop(found: Listing) -> Drop | None:
    """Return the filter without which most is found, or else the two; None when that does not help."""
    helping = {taken: count for taken, count in found.without.items() if count}
    best = min(helping, key=lambda taken: (len(taken), -helping[taken]), default=None)
    if best is None:
        return None
    off = [chip for chip in chips(found.asked) if (chip.name, chip.value) in best]
    rest = Asked(found.asked.text, facets.left(found.asked.chosen, best), found.asked.sort)
    return Drop(off, helping[best], address(rest))
