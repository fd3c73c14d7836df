"""Text that was pasted: control signs go out, and what a word processor wrapped around the words.

Everything here reads the text once from left to right: what somebody pastes may be large and broken.
"""

import re
from collections.abc import Iterator
from html import unescape

SIGNS = ("<!--[if", "<o:p", "<w:", "<?xml:namespace", "mso-", "class=mso", 'class="mso', "class='mso")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b\u2060\ufeff]")
LINE = re.compile(r"\r\n?|[\x0b\x0c\u0085\u2028\u2029]")
TAG = re.compile(r"<[^<>]*>")
NAME = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
BREAKS = {"p", "div", "br", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol"}
SILENT = {"style", "script", "xml", "head", "title"}


def clean(text: str) -> str:
    """Return the text with plain line ends and without signs that nobody sees."""
    return CONTROL.sub("", LINE.sub("\n", text)).replace("\xa0", " ")


def has_word_markup(text: str) -> bool:
    """Tell whether a word processor's markup came along."""
    small = text.lower()
    return "<" in small and ">" in small and any(sign in small for sign in SIGNS)


def without_markup(text: str) -> str:
    """Return the words only, one paragraph on each line."""
    parts = "".join(_words("".join(_outside_comments(text))))
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in parts.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _outside_comments(text: str) -> Iterator[str]:
    place = 0
    while (start := text.find("<!--", place)) >= 0 and (end := text.find("-->", start)) >= 0:
        yield text[place:start]
        place = end + 3
    # A comment that never ends hides nothing.
    yield text[place:]


def _words(text: str) -> Iterator[str]:
    """Yield the words between the tags, and a new line where a paragraph or an item of a list begins or ends."""
    silent, place = 0, 0
    for tag in TAG.finditer(text):
        if not silent:
            yield _flat(text[place : tag.start()])
        place = tag.end()
        found = NAME.match(tag.group())
        name, is_end = found.group(1).lower() if found else "", tag.group().startswith("</")
        if name in SILENT:
            silent = max(0, silent - 1) if is_end else silent + 1
        elif name == "li":
            yield "" if is_end else "\n- "
        elif name in BREAKS and (is_end or name == "br"):
            yield "\n"
    yield _flat(text[place:])


def _flat(text: str) -> str:
    """Return the words on one line: line ends inside a paragraph are the word processor's own."""
    return re.sub(r"\s+", " ", unescape(text))
