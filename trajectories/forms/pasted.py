"""Text that was pasted: control signs go out, and what a word processor wrapped around the words."""

import re
from html.parser import HTMLParser

SIGNS = re.compile(
    r"<(?:!(?:--)?\[if|\??xml|o:p|w:|m:|[a-z][^>]{0,400}(?:mso-|class=[\"']?mso))", re.IGNORECASE
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b\u2060\ufeff]")
LINE = re.compile(r"\r\n?|[\x0b\x0c\u0085\u2028\u2029]")
BREAKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol"}
SILENT = {"style", "script", "xml", "head", "title"}


class _Words(HTMLParser):
    """Collects the words of marked-up text, with a new line where a paragraph ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        """Begin a line or a list item, or something that is no text."""
        if tag in SILENT:
            self._silent += 1
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag == "br":
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a paragraph, a cell, or something that is no text."""
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "td":
            self.parts.append("\t")
        elif tag in BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep words; line ends inside a paragraph are the word processor's own."""
        if not self._silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def clean(text: str) -> str:
    """Return the text with plain line ends and without signs that nobody sees."""
    return CONTROL.sub("", LINE.sub("\n", text)).replace("\xa0", " ")


def has_word_markup(text: str) -> bool:
    """Tell whether a word processor's markup came along."""
    return bool(SIGNS.search(text))


def without_markup(text: str) -> str:
    """Return the words only, one paragraph on each line."""
    reader = _Words()
    reader.feed(text)
    reader.close()
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
