"""Words on paper in two languages: that of the reader, and the other beside it."""

from dataclasses import dataclass

from django.utils import translation


def other(language: str) -> str:
    """Return the second language of a paper."""
    return "en" if language == "nl" else "nl"


@dataclass(frozen=True)
class Both:
    """The same words in the language of the paper, and in the other one where they differ."""

    here: str
    there: str


def both(words: object, language: str) -> Both:
    """Say something twice; words that are equal in both languages once."""
    with translation.override(other(language)):
        there = str(words)
    with translation.override(language):
        here = str(words)
    return Both(here, there if there != here else "")
