"""Walking every page that an account reaches by links, one page for each name of an address."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation

from tests.browser import Visitor

# Not pages: they do something, or give a file.
NOT_PAGES = frozenset(
    {"language", "root", "documents:download", "catalog:feed", "delivery:attachment", "account_logout"}
)
LINKS = "{} a[href]"
HREFS = "all => all.map(a => a.href)"
# Words that occur in every English text and in no Dutch one, and the other way round.
FOREIGN = {
    "nl": re.compile(
        r"\b(the|and|your|you|with|from|this|that|these|are|not|save|cancel|search|sign|please|none|required|agreement|"
        r"trajectory|offering|offerings|enrol|edit|next|previous|advice|report|figures|quarter|none|yes|until)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(het|een|niet|jouw|jij|naar|zijn|wordt|worden|deze|voor|geen|alle|zoeken|opslaan|annuleren|gesprek|"
        r"traject|aanbod|inschrijven|overeenkomst|adviseur|leidinggevende|afdeling|vragenlijst|kwartaal)\b",
        re.IGNORECASE,
    ),
}
WORDS = """skip => {
  const found = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    if (text && !walker.currentNode.parentElement.closest(skip)) found.push(text);
  }
  for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
    for (const element of document.querySelectorAll(`body [${name}]`))
      if (!element.closest(skip)) found.push(element.getAttribute(name));
  return found;
}"""
# Somebody's own words, names and titles may be in any language; so may what says its language itself.
OWN_WORDS = "script, style, template, code, [data-dossier], [lang]:not(html), [data-own-words]"


def name_of(url: str, visitor: Visitor, language: str) -> str | None:
    """Return the name of one of the portal's own pages; None for another place, or a file."""
    if not url.startswith(visitor.address):
        return None
    try:
        with translation.override(language):
            name = resolve(urlsplit(url).path).view_name
    except Resolver404:
        return None  # static files; a dead link of the portal itself answers 404 when it is opened
    return None if name in NOT_PAGES else name


def links(visitor: Visitor, where: str) -> list[str]:
    """Return where the links in a part of the page lead."""
    return list(visitor.page.eval_on_selector_all(LINKS.format(where), HREFS))


def walk(visitor: Visitor, language: str) -> Iterator[str]:
    """Open the home page, each page of the menu, and one click further from each; yield their names."""
    known: set[str] = set()
    waiting = [(urljoin(visitor.address, f"/{language}/"), 0)]
    while waiting:
        url, depth = waiting.pop(0)
        name = name_of(url, visitor, language)
        if name is None or name in known:
            continue
        known.add(name)
        visitor.open(url)
        yield name
        if depth < 2:
            where = ("header", "main", "footer") if depth == 0 else ("main",)
            waiting += [(link, depth + 1) for part in where for link in links(visitor, part)]


def foreign_words(visitor: Visitor, language: str) -> list[str]:
    """Return the texts of the page that hold a word of the other language."""
    texts = visitor.page.evaluate(WORDS, OWN_WORDS)
    return [text[:120] for text in texts if FOREIGN[language].search(text)]


def glance(visitor: Visitor) -> list[str]:
    """Return what is wrong at a glance: sideways scrolling, and what the browser refused."""
    return visitor.complaints + visitor.too_wide()
