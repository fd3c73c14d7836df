"""Search over the sample's catalogue: quality on the half not tuned on, variants, and odd queries."""

import json
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command

from catalog.queries import quality
from catalog.queries.found import found_items
from catalog.queries.search import search
from catalog.services.content import FOLDER

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(loaded, sample_day):
    """The sample, on its day."""


def keys(text):
    return [item["key"] for item in found_items(text, 5)]


def test_quality_on_both_halves_and_on_other_questions(catalogue):
    rows = yaml.safe_load((FOLDER / "search_queries.yaml").read_text())["queries"]
    tuned, judged = quality.halves(rows)
    assert len(tuned) == len(judged) == 60
    own = yaml.safe_load(Path(__file__).with_name("employee_queries.yaml").read_text())["queries"]
    for half in (tuned, judged, own):
        rates = quality.rates(quality.judge(half, lambda text, _language: keys(text)))
        assert rates["first"] >= 0.85
        assert rates["first_five"] >= 0.97


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("P&O gesprek voorbereiden", "annual_talk_prep"),
        ("loopbaanadviezen", "career_advice_trajectory"),
        ("excell", "spreadsheet_insight"),
        ("UTQ", "teaching_qualification"),
        ("Dutch classes", "dutch_at_work_b1"),
        ("jobcrafting", "job_crafting_workshop"),
    ],
)
def test_one_finds_what_one_means(catalogue, query, first):
    assert first in keys(query)[:2]


@pytest.mark.parametrize("query", ["zweefvliegen", "barbecue", "teambuilding"])
def test_a_word_that_exists_is_not_put_right_into_quite_another(catalogue, query):
    found = search(query)
    assert (found.keys, found.corrected) == ([], "")


def test_synonyms_that_editors_add_count_at_once(catalogue):
    from catalog.models import SynonymGroup

    assert keys("borreltraining")[:1] != ["coaching_dyke_walk"]
    SynonymGroup.objects.create(key="zwabber", dutch=["zwabberen"], english=["walking coaching"])
    found = search("zwabberen")
    assert keys("zwabberen")[0] == "coaching_dyke_walk"
    assert found.also_searched == ["walking coaching"]


@pytest.mark.parametrize(
    "query", ["", "   ", "'", "a & | ! ( ) : *", "\\", "%", "ß" * 300, "&&&", "--", "'; drop table x"]
)
def test_odd_queries_find_something_or_nothing_but_never_fail(catalogue, query):
    assert isinstance(search(query).keys, list)


def test_the_command_answers_in_json(catalogue, capsys, tmp_path):
    call_command("search_offerings", "netwerken", "--language", "en", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert set(answer[0]) == {"key", "slug", "title", "summary", "kind"}
    assert answer[0]["title"] == "Networking without the awkwardness"
    file = tmp_path / "queries.txt"
    file.write_text("nl\tBKO\nen\tcareer talk\n")
    call_command("search_offerings", file=file)
    many = json.loads(capsys.readouterr().out)
    assert list(many) == ["BKO", "career talk"]
    assert many["BKO"][0]["key"] == "teaching_qualification"


def test_the_quality_command_gives_both_halves(catalogue, capsys, tmp_path):
    rows = yaml.safe_load((FOLDER / "search_queries.yaml").read_text())["queries"]
    few = tmp_path / "few.yaml"
    few.write_text(yaml.safe_dump({"queries": rows[::10]}))
    call_command("search_quality", str(few), "--json", "--misses")
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"tuned_on", "judged_on", "misses"}
    assert answer["tuned_on"]["queries"] + answer["judged_on"]["queries"] == len(rows[::10])
