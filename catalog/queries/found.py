"""What a search finds, as plain data for commands."""

from itertools import islice

from catalog.queries.listing import Result, results
from catalog.queries.search import search

Item = dict[str, str | None]
LONGEST_WHY = 300


def found_items(text: str, limit: int) -> list[Item]:
    """Return key, slug, title, summary and kind of what is found, best first, in the language in force."""
    return [_item(result) for result in results(islice(search(text).keys, limit))]


def _item(result: Result) -> Item:
    kind = result.document.kind.key
    if result.offering:
        one = result.offering
        return {"key": one.key, "slug": one.slug, "title": str(one.title), "summary": str(one.summary), "kind": kind}
    other = result.intervention
    assert other is not None  # a document is of an offering or of an intervention (constraint)
    why = str(other.why)[:LONGEST_WHY]
    return {"key": other.key, "slug": other.slug, "title": str(other.title), "summary": why, "kind": kind}
