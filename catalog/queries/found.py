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
    one = result.offering or result.intervention
    if one is None:
        raise LookupError("A search document is of an offering or of an intervention.")
    text = str(getattr(one, "summary", "") or getattr(one, "why", ""))[:LONGEST_WHY]
    kind = result.document.kind.key
    return {"key": one.key, "slug": one.slug, "title": str(one.title), "summary": text, "kind": kind}
