"""The one door to simplemma: what forms a word takes in search, in Dutch and English at once.

A word is indexed and asked for under all its forms: as written, its lemma in either language, a light
stem (marked with `~`), and for Dutch compounds their parts (marked with `+`, they weigh less).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

STEM, PART = "~", "+"
_TOKEN = re.compile(r"[^\W_]+(?:[&'’-][^\W_]+)*", re.UNICODE)
_LINKS = ("", "s", "en", "e", "n", "er")
_SHORTEST, _SHORTEST_IN_KNOWN = 3, 5
_ENDINGS = ("heden", "ingen", "en", "es", "e", "s")
_SPELLING = str.maketrans({"’": "'", "‘": "'", "ĳ": "ij", "ı": "i", "ß": "ss"})

# Words that say nothing about what somebody looks for.
STOPWORDS = frozenset(
    word
    for word in (Path(__file__).parents[1] / "content" / "stopwords.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if not word.startswith("#")
)


def tidy(text: str) -> str:
    """Return text in lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.translate(_SPELLING).lower())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def tokens(text: str) -> list[str]:
    """Return the words of a text in order, tidied."""
    return _TOKEN.findall(tidy(text))


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each word of a text stands, with the tidied word."""
    for found in _TOKEN.finditer(text):
        yield found.start(), found.end(), tidy(found.group())


@lru_cache(maxsize=50_000)
def lemmas(word: str) -> frozenset[str]:
    """Return the word's lemmas in both languages, without the word itself."""
    import simplemma

    found = {tidy(simplemma.lemmatize(word, lang=language)) for language in ("nl", "en")}
    return frozenset(found - {word})


@lru_cache(maxsize=50_000)
def is_known(word: str) -> bool:
    """Tell whether a word is in the Dutch or English dictionary."""
    import simplemma

    return bool(simplemma.is_known(word, lang="nl") or simplemma.is_known(word, lang="en"))


@lru_cache(maxsize=50_000)
def _is_part(word: str, language: str) -> bool:
    """Tell whether a word can stand in a compound of that language."""
    import simplemma

    shortest = _SHORTEST if language == "nl" else _SHORTEST_IN_KNOWN
    return len(word) >= shortest and bool(simplemma.is_known(word, lang=language))


def stem(word: str) -> str:
    """Return a light stem: plural and inflection endings off, doubled letters single."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    word = re.sub(r"(aa|ee|oo|uu)([^aeiou])$", lambda hit: hit[1][0] + hit[2], word)
    return word[:-1] + {"z": "s", "v": "f"}.get(word[-1], word[-1])


@lru_cache(maxsize=50_000)
def parts(word: str) -> tuple[str, ...]:
    """Return the parts of a compound, Dutch or else English, or nothing.

    Words that the dictionary knows as a whole are only split into longer parts, so that `netwerk`
    does not become net and werk.
    """
    if "-" in word:
        return tuple(word.split("-"))
    return _split(word, "nl") or _split(word, "en")


def _split(word: str, language: str) -> tuple[str, ...]:
    """Return the fewest parts of which the dictionary of one language knows each."""
    shortest = _SHORTEST_IN_KNOWN if is_known(word) else _SHORTEST
    best: tuple[str, ...] = ()
    for at in range(len(word) - shortest, shortest - 1, -1):
        head = _head(word[:at], shortest, language)
        if not head:
            continue
        tail = word[at:]
        rest = (tail,) if _is_part(tail, language) else _split(tail, language)
        if rest and (not best or len(rest) + 1 < len(best)):
            best = (head, *rest)
    return best


def _head(text: str, shortest: int, language: str) -> str:
    """Return the first part without the letters that link it to the next one."""
    for link in _LINKS:
        bare = text.removesuffix(link) if link else text
        if len(bare) >= shortest and text.endswith(link) and _is_part(bare, language):
            return bare
    return ""


@lru_cache(maxsize=50_000)
def forms(word: str) -> frozenset[str]:
    """Return every form under which a word is indexed."""
    joined = word.replace("-", "")
    whole = {joined, *lemmas(joined)}
    found = whole | {STEM + stem(one) for one in whole}
    if "-" in word:
        return frozenset(found).union(*(forms(part) for part in parts(word)))
    for part in parts(word):
        own = {part, *lemmas(part)}
        found |= {PART + one for one in own} | {PART + STEM + stem(one) for one in own}
    return frozenset(found)


def content_words(text: str) -> list[str]:
    """Return a text's words without stopwords; all of them when it has nothing else."""
    found = tokens(text)
    return [word for word in found if word not in STOPWORDS] or found
