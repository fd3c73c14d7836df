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
    return " ".join(unescape(strip_tags(UNSEEN.sub("", main.group()).replace("<", " <"))).split())
