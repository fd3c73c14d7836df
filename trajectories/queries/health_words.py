"""Whether a text may say something about somebody's health (J10). Pure: words from the content, both languages."""

import re
from collections.abc import Iterable
from functools import cache
from unicodedata import combining, normalize

from trajectories.enums.words import content

MOST = 5


def _plain(text: str) -> str:
    """Lower case without accents, letter for letter as long as the text."""
    return "".join(
        normalize("NFD", letter)[0].lower()[:1] if not combining(letter) else letter for letter in text
    )


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    shapes = (re.escape(_plain(word)).replace(r"\*", r"\w*").replace(r"\-", r"[-‐ ]?") for word in words)
    return re.compile(rf"\b(?:{'|'.join(sorted(shapes, key=len, reverse=True))})\b")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = content("health_words")
    return _pattern([*lists["nl"], *lists["en"]]), _pattern(lists["fine"])


def found_in(text: str) -> list[str]:
    """Return the words, as they were typed, that may be about health: each once, the first few only."""
    wanted, fine = _patterns()
    # Words that are fine are blanked out, at the same length, so that places stay the same.
    plain = fine.sub(lambda match: " " * len(match.group()), _plain(text))
    typed = [text[match.start() : match.end()] for match in wanted.finditer(plain)]
    return list({word.lower(): word for word in typed}.values())[:MOST]
