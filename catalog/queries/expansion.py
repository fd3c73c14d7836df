"""Reads a query: its concepts, and the variants under which each of them is searched."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from catalog.models import SearchDocument, SearchTerm, SynonymGroup
from catalog.queries import words
from catalog.queries.spelling import nearest

# How much each kind of variant counts beside the word as written.
LEMMA, STEM, INSIDE, PART, BOTH_PARTS, SYNONYM, TYPO, START = 1.0, 0.95, 0.9, 0.22, 0.6, 0.85, 0.8, 0.5
# How much rare words weigh more than common ones.
RARE = 0.5
# How much a word counts that is in no title and among no search words.
NO_TOPIC = 0.75
_PREFIX_FROM = 4


@dataclass
class Concept:
    """One thing that was asked for, with everything under which it is searched."""

    said: str
    words: tuple[str, ...]
    variants: dict[str, float] = field(default_factory=dict)
    weight: float = 1.0
    also: list[str] = field(default_factory=list)
    correction: str = ""
    # Every form that counts as a hit, for highlighting.
    forms: set[str] = field(default_factory=set)

    def add(self, expression: str, weight: float) -> None:
        """Search under this too; the greatest weight counts."""
        if expression:
            self.variants[expression] = max(weight, self.variants.get(expression, 0))

    def add_form(self, form: str, weight: float) -> None:
        """Search under one form of a word."""
        self.add(quoted(form), weight)
        self.forms.add(form)

    @property
    def any_variant(self) -> str:
        """One expression for all variants."""
        return " | ".join(f"({expression})" for expression in self.variants)


class Uses(NamedTuple):
    """In how many items a word occurs, and in how many as a topic."""

    documents: int
    topics: int


@dataclass(frozen=True)
class Group:
    """A group of synonyms with its terms cut into words."""

    terms: tuple[tuple[str, ...], ...]
    shown: tuple[str, ...]


def concepts(text: str) -> list[Concept]:
    """Return the concepts of a query: phrases that have synonyms first, then the other words."""
    said = words.tokens(text)
    groups = _groups()
    found: list[Concept] = []
    covered: set[int] = set()
    for start, end in _phrases(said, groups):
        if not covered & set(range(start, end)):
            covered |= set(range(start, end))
            found.append(_phrase_concept(tuple(said[start:end])))
    wanted = set(words.content_words(text))
    rest = [word for at, word in enumerate(said) if at not in covered and (word in wanted)]
    if found:
        rest = [word for word in rest if word not in words.STOPWORDS]
    found += [_word_concept(word) for word in dict.fromkeys(rest)]
    for concept in found:
        _add_synonyms(concept, groups)
    _weigh(found, groups)
    return found


def quoted(form: str) -> str:
    """Return a form as PostgreSQL reads a lexeme."""
    return "'" + form.replace("\\", "").replace("'", "''") + "'"


def _any(forms: Iterable[str]) -> str:
    return " | ".join(quoted(form) for form in sorted(forms))


def whole_forms(word: str) -> frozenset[str]:
    """Return the forms of the word itself, not of its parts."""
    bare = word.replace("-", "")
    return frozenset(form for form in words.forms(bare) if not form.startswith(words.PART))


def _phrase(said: Iterable[str]) -> str:
    """Return the expression for words one after the other, each in any of its forms."""
    return " <-> ".join(f"({_any(whole_forms(word))})" for word in said)


def _together(said: Iterable[str]) -> str:
    """Return the expression for words in the same item, also as parts of compounds."""
    return " & ".join(f"({_any(whole_forms(word) | _inside(word))})" for word in said)


def _inside(word: str) -> frozenset[str]:
    """Return the forms under which a word stands inside compounds."""
    return frozenset(words.PART + form for form in whole_forms(word))


def _word_concept(word: str) -> Concept:
    concept = Concept(word, (word,))
    for form in whole_forms(word):
        concept.add_form(form, STEM if form.startswith(words.STEM) else LEMMA)
    for form in _inside(word):
        concept.add_form(form, INSIDE)
    parts = words.parts(word)
    if parts:
        concept.add(_together(parts), BOTH_PARTS)
        for part in parts:
            for form in whole_forms(part) | _inside(part):
                concept.add(quoted(form), PART)
    return concept


def _phrase_concept(said: tuple[str, ...]) -> Concept:
    if len(said) == 1:
        return _word_concept(said[0])
    concept = Concept(" ".join(said), said)
    concept.add(_phrase(said), LEMMA)
    content = [word for word in said if word not in words.STOPWORDS]
    concept.forms.update(*(whole_forms(word) for word in content))
    if content:
        concept.add(_together(content), BOTH_PARTS)
    return concept


def _groups() -> list[Group]:
    return [
        Group(tuple(tuple(words.tokens(term)) for term in (*dutch, *english)), (*dutch, *english))
        for dutch, english in SynonymGroup.objects.values_list("dutch", "english")
    ]


def _same(one: str, other: str) -> bool:
    return one == other or bool(whole_forms(one) & whole_forms(other))


def _stands_at(said: tuple[str, ...] | list[str], term: tuple[str, ...], at: int) -> bool:
    return at + len(term) <= len(said) and all(_same(said[at + i], word) for i, word in enumerate(term))


def _phrases(said: list[str], groups: list[Group]) -> list[tuple[int, int]]:
    """Return where terms of several words stand in a query, longest first."""
    found = {
        (at, at + len(term))
        for group in groups
        for term in group.terms
        if len(term) > 1
        for at in range(len(said) - len(term) + 1)
        if _stands_at(said, term, at)
    }
    return sorted(found, key=lambda span: (span[0] - span[1], span[0]))


def _add_synonyms(concept: Concept, groups: list[Group]) -> None:
    for group in groups:
        if not any(
            len(term) == len(concept.words) and _stands_at(concept.words, term, 0) for term in group.terms
        ):
            continue
        for term, shown in zip(group.terms, group.shown, strict=True):
            if not (len(term) == len(concept.words) and _stands_at(concept.words, term, 0)):
                for expression in _term(term):
                    concept.add(expression, SYNONYM)
                concept.forms.update(*(whole_forms(word) for word in term if word not in words.STOPWORDS))
                concept.also.append(shown)


def _term(term: tuple[str, ...]) -> list[str]:
    """Return the expressions for a term: each form of a single word, or the words one after the other."""
    return [quoted(form) for form in whole_forms(term[0])] if len(term) == 1 else [_phrase(term)]


def _weigh(found: list[Concept], groups: list[Group]) -> None:
    """Give each concept its weight. Words that nobody uses are put right first."""
    known = _documents({form for concept in found for word in concept.words for form in _all_forms(word)})
    total = max(SearchDocument.objects.count(), 1)
    for concept in found:
        said = [word for word in concept.words if word not in words.STOPWORDS] or list(concept.words)
        uses = [_uses(word, known) for word in said]
        if len(concept.words) == 1 and _is_strange(said[0], known):
            _correct(concept, groups)
            right = concept.correction
            uses = [_uses(right, _documents(_all_forms(right)))] if right else uses
        concept.weight = max(_weight(use, total) for use in uses)


def _is_strange(word: str, known: dict[str, Uses]) -> bool:
    """Tell whether a word is neither in the catalogue nor in the dictionary, or in neither by its parts."""
    if any(form in known for form in whole_forms(word) | _inside(word)):
        return False
    return not words.is_known(word) or not _uses(word, known).documents


def _weight(use: Uses, total: int) -> float:
    """Return how much a word says: rare ones more, and words that are no topic of anything less."""
    rarity = math.log(1 + total / max(use.documents, 1))
    return float(rarity**RARE) * (1.0 if use.topics else NO_TOPIC)


def _all_forms(word: str) -> frozenset[str]:
    own = whole_forms(word) | _inside(word)
    return own.union(*(_all_forms(part) for part in words.parts(word)))


def _uses(word: str, known: dict[str, Uses]) -> Uses:
    """Return how often a word occurs; a compound counts by its rarest part."""
    found = [known[form] for form in whole_forms(word) | _inside(word) if form in known]
    if found:
        return Uses(max(use.documents for use in found), max(use.topics for use in found))
    parts = [use for part in words.parts(word) if (use := _uses(part, known)).documents]
    return min(parts, default=Uses(0, 0))


def _documents(forms: Iterable[str]) -> dict[str, Uses]:
    rows = SearchTerm.objects.filter(term__in=list(forms)).values_list("term", "documents", "topics")
    return {term: Uses(documents, topics) for term, documents, topics in rows}


def _correct(concept: Concept, groups: list[Group]) -> None:
    """Search under the nearest words of the catalogue instead, or under words that begin so."""
    word = concept.words[0]
    near = [] if concept.also else nearest(word)
    for other, distance in near:
        meant = _word_concept(other)
        _add_synonyms(meant, groups)
        for expression, weight in meant.variants.items():
            concept.add(expression, weight * TYPO / distance)
        concept.forms |= meant.forms
    if near:
        concept.correction = near[0][0]
    elif len(word) >= _PREFIX_FROM:
        concept.add(f"{quoted(word)}:*", START)
