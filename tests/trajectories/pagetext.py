"""The whole text of a page as its reader sees it, to be compared by equality."""

import re
from html import unescape

from django.http import HttpResponse
from django.utils.html import strip_tags

UNSEEN = re.compile(r"<template.*?</template>|<svg.*?</svg>", re.DOTALL)


def words(response: HttpResponse) -> str:
    """Return the text of the main part of a page, in single spaces."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    assert main, "the page has no main part"
    return _text(main.group())


def section(response: HttpResponse, label: str) -> str:
    """Return the text of the section that a heading labels; nothing when the page has no such section."""
    found = re.search(
        rf'<section[^>]*aria-labelledby="{label}".*?</section>', response.content.decode(), re.DOTALL
    )
    return _text(found.group()) if found else ""


def _text(html: str) -> str:
    return " ".join(unescape(strip_tags(UNSEEN.sub("", html).replace("<", " <"))).split())
