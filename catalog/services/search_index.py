"""Keeps the words and facets by which the catalogue is searched. Run by every save of content."""

from collections import Counter, defaultdict
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import Cast

from catalog.enums import Actor, Status
from catalog.models import (
    Intervention,
    Kind,
    Offering,
    SearchDocument,
    SearchPhrase,
    SearchTerm,
    SynonymGroup,
)
from catalog.queries import words

# Weight of a field: A title, B search words and kind, C what it brings and for whom, D the rest.
OFFERING_FIELDS = {
    "A": ("title",),
    "B": ("keywords",),
    "C": ("summary", "result", "fits_when"),
    "D": ("description", "content", "structure", "prerequisites", "story", "owner_role"),
}
# In titles and search words every word counts, so that "what do I want" is found as it stands.
SPOKEN = "AB"
_GAP, _LAST, _PER_WORD = 20, 16_000, 200
LANGUAGES = ("nl", "en")
INTERVENTION = "intervention"
LONGEST_PHRASE, LONGEST_TERM = 200, 80

Texts = dict[str, list[str]]


def _pairs(item: Any, field: str) -> list[str]:
    """Return a field's text in both languages; the base column is never read."""
    return [getattr(item, f"{field}_{language}") or "" for language in LANGUAGES]


def offering_texts(offering: Offering) -> Texts:
    """Return an offering's texts per weight."""
    texts = {
        weight: [text for field in fields for text in _pairs(offering, field)]
        for weight, fields in OFFERING_FIELDS.items()
    }
    texts["B"] += _pairs(offering.kind, "label")
    texts["D"] += _pairs(offering.kind, "description") + _pairs(offering.provider, "label")
    for audience in offering.audiences.all():
        texts["D"] += _pairs(audience, "label")
    for session in offering.sessions.all():
        texts["D"] += _pairs(session, "title")
    if offering.faculty:
        texts["D"] += _pairs(offering.faculty, "name")
    return texts


def intervention_texts(intervention: Intervention) -> Texts:
    """Return an intervention's texts per weight."""
    steps = [text for part in intervention.parts.all() for text in _pairs(part, "points")]
    heads = [text for part in intervention.parts.all() for text in _pairs(part, "title")]
    return {
        "A": _pairs(intervention, "title"),
        "B": _pairs(intervention, "keywords"),
        "C": _pairs(intervention, "why") + heads,
        "D": steps + _pairs(intervention.domain, "label") + _pairs(intervention.domain, "source_name"),
    }


def vector_text(texts: Texts) -> str:
    """Return texts per weight as PostgreSQL writes a tsvector, with every form at the word's place."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    place = 1
    for weight in sorted(texts):
        for text in texts[weight]:
            before = ""
            for word in words.tokens(text):
                place = min(place + 1, _LAST)
                if weight in SPOKEN or word not in words.STOPWORDS:
                    for form in words.forms(word) | joined(before, word, weight):
                        places[form].append(f"{place}{weight}")
                before = word
            place += _GAP
    return " ".join(f"{_quoted(form)}:{','.join(at[:_PER_WORD])}" for form, at in places.items())


def joined(before: str, word: str, weight: str) -> set[str]:
    """Return two words of a title or search phrase as one, for people who write them so: jobcrafting."""
    if weight not in SPOKEN or not before or words.STOPWORDS & {before, word}:
        return set()
    return {before + word}


def _quoted(form: str) -> str:
    return "'" + form.replace("\\", "").replace("'", "''") + "'"


def _offering_facets(offering: Offering) -> dict[str, Any]:
    return {
        "kind": offering.kind,
        "theme": offering.theme,
        "audiences": [audience.key for audience in offering.audiences.all()],
        "languages": offering.languages,
        "faculty": offering.faculty,
        "form": offering.form,
        "pots": [pot.pot for pot in offering.pots.all()],
    }


def _intervention_facets(intervention: Intervention, kind: Kind) -> dict[str, Any]:
    audience = "managers" if intervention.actor == Actor.EMPLOYER else "all_employees"
    return {"kind": kind, "theme": None, "audiences": [audience], "languages": list(LANGUAGES)}


def _document(texts: Texts, facets: dict[str, Any], keywords: list[str], **item: Any) -> None:
    vector = Cast(Value(vector_text(texts)), SearchVectorField())
    dutch, english = (words.tidy(title) for title in texts["A"])
    values = {"vector": vector, "dutch_title": dutch, "english_title": english, **facets}
    document = SearchDocument.objects.update_or_create(**item, defaults=values)[0]
    spoken = [dutch, english, *(words.tidy(word) for text in keywords for word in text.split(","))]
    phrases = {" ".join(words.tokens(phrase))[:LONGEST_PHRASE] for phrase in spoken} - {""}
    document.phrases.all().delete()
    SearchPhrase.objects.bulk_create([SearchPhrase(document=document, text=text) for text in sorted(phrases)])


def _offerings() -> QuerySet[Offering]:
    rows = Offering.objects.select_related("kind", "theme", "provider", "faculty")
    return rows.filter(status=Status.PUBLISHED).prefetch_related("audiences", "sessions", "pots")


@transaction.atomic
def index_offering(*, offering: Offering, actor: object) -> None:
    """Bring the words and facets of one offering up to date; a draft can't be found."""
    found = _offerings().filter(pk=offering.pk).first()
    if found is None:
        SearchDocument.objects.filter(offering=offering).delete()
        return
    _document(offering_texts(found), _offering_facets(found), _pairs(found, "keywords"), offering=found)


@transaction.atomic
def rebuild(*, actor: object = None) -> int:
    """Make the whole index and lexicon anew; returns how many items can be found."""
    seen: Counter[str] = Counter()
    topics: Counter[str] = Counter()
    kept = []
    for offering in _offerings():
        texts = offering_texts(offering)
        _document(texts, _offering_facets(offering), _pairs(offering, "keywords"), offering=offering)
        seen.update(_vocabulary(texts))
        topics.update(_vocabulary(texts, SPOKEN))
        kept.append(offering.pk)
    SearchDocument.objects.filter(offering__isnull=False).exclude(offering__in=kept).delete()
    kind = Kind.objects.filter(key=INTERVENTION).first()
    for intervention in Intervention.objects.select_related("domain").prefetch_related("parts"):
        texts = intervention_texts(intervention)
        if kind:
            facets = _intervention_facets(intervention, kind)
            _document(texts, facets, _pairs(intervention, "keywords"), intervention=intervention)
            seen.update(_vocabulary(texts))
            topics.update(_vocabulary(texts, SPOKEN))
    _lexicon(seen, topics)
    return SearchDocument.objects.count()


def _vocabulary(texts: Texts, weights: str = "ABCD") -> set[str]:
    """Return all forms that occur in one item, in the fields of these weights."""
    found = {word for weight in weights for text in texts[weight] for word in words.tokens(text)}
    return {form for word in found for form in words.forms(word)}


def _lexicon(seen: Counter[str], topics: Counter[str]) -> None:
    """Replace the lexicon."""
    SearchTerm.objects.all().delete()
    for dutch, english in SynonymGroup.objects.values_list("dutch", "english"):
        # Not in any item, but put right when misspelt: its synonyms are.
        seen.update({word: 0 for term in (*dutch, *english) for word in words.tokens(term)})
    rows = [
        SearchTerm(
            term=form, documents=times, topics=topics[form], is_word=form[0] not in words.STEM + words.PART
        )
        for form, times in seen.items()
        if len(form) <= LONGEST_TERM
    ]
    SearchTerm.objects.bulk_create(rows, batch_size=2000)
