"""The sample's content: complete in both languages, nothing said twice, nothing in the past."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from catalog import models
from catalog.enums import Status
from catalog.services import content
from portal import clock

TODAY = date(2026, 11, 21)
CARD = ("title", "summary", "description", "result", "content_and_instruments", "structure")
LINE_BREAK = re.compile(r"(?<=[.!?])\s+|\n+")
# Kinds that are pages over other data (decision 31), and the pseudo-kind of the guide.
PAGES_ONLY = {"intervention"}


def offerings():
    return content.read("offerings")["offerings"] + content.read("drafts")["offerings"]


def long_texts(row, language):
    best = row["best_moment"]
    texts = [row[field][language] for field in CARD] + [pair[language] for pair in best.values()]
    if "story" in row:
        texts.append(row["story"]["text"][language])
    return texts


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_field_of_the_card_is_filled(language):
    empty = [row["key"] for row in offerings() if not all(text.strip() for text in long_texts(row, language))]
    assert empty == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_two_offerings_share_a_sentence(language):
    owners: Counter[str] = Counter()
    for row in offerings():
        sentences = {part.strip() for text in long_texts(row, language) for part in LINE_BREAK.split(text)}
        owners.update(part for part in sentences if len(part.split()) >= 4)
    assert [sentence for sentence, times in owners.items() if times > 1] == []


def test_a_title_is_translated():
    assert [row["key"] for row in offerings() if row["title"]["nl"] == row["title"]["en"]] == []


def test_every_kind_has_offerings():
    used = {row["type"] for row in offerings()}
    assert {row["key"] for row in content.read("portal")["kinds"]} - used == PAGES_ONLY


def test_everyday_words_are_for_items_that_exist():
    keys = {row["key"] for row in offerings()}
    keys |= {row["key"] for row in content.read("interventions")["interventions"]}
    assert set(content.search_words()) <= keys


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_no_date_is_past(loaded, sample_day):
    before = snapshot()
    assert content.load(today=TODAY) == {"offerings": 119, "interventions": 22}
    assert snapshot() == before
    tomorrow = clock.local(TODAY + timedelta(days=1))
    assert not models.Session.objects.filter(starts_at__lt=tomorrow).exists()
    assert not models.Meeting.objects.filter(starts_at__lt=tomorrow).exists()
    assert not models.Offering.objects.filter(closes_on__lte=TODAY).exists()
    assert not models.Offering.objects.filter(starts_on__lte=TODAY).exists()
    assert models.Offering.objects.filter(status=Status.DRAFT).count() == 2
    assert models.Offering.objects.filter(review_on__lt=TODAY).count() == 4


@pytest.mark.django_db
def test_interventions_are_complete(loaded):
    source = content.read("interventions")["interventions"]
    for row in source:
        found = models.Intervention.objects.get(key=row["key"])
        steps = [step["title"]["nl"] for step in row["how_it_works"]]
        assert list(found.parts.filter(part="how").values_list("title_nl", flat=True)) == steps
        assert found.parts.filter(part="precondition").count() == len(row["preconditions"])
        assert found.parts.filter(part="watch_out").count() == len(row["watch_outs"])
        assert found.readings.count() == len(row["further_reading"])
        unchecked = {figure["label"]["en"] for figure in row["figures"] if figure["check_before_use"]}
        years = dict(found.figures.exclude(years="").values_list("label_en", "years"))
        assert set(years) >= unchecked


def snapshot():
    names = [
        "Offering",
        "Session",
        "Meeting",
        "SearchDocument",
        "SearchTerm",
        "SearchPhrase",
        "OfferingPot",
        "Intervention",
    ]
    names += ["InterventionPart", "InterventionFigure", "SynonymGroup"]
    return {name: getattr(models, name).objects.count() for name in names}, list(
        models.Session.objects.order_by("key").values_list("key", "starts_at", "held", "taken")
    )
