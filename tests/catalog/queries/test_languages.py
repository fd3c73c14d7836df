"""In which language an item speaks to the reader."""

import pytest
from django.utils.translation import override

from catalog.queries.languages import found_in, lacking
from catalog.queries.search import search
from tests.factories import catalog

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "label"), [("nl", "en"), ("en", "")])
def test_an_item_whose_other_text_holds_the_word_says_so(language: str, label: str) -> None:
    """M3: a hit in the other language's text is labelled."""
    offering = catalog.offering("Rustig werken", summary_en="Learn to use zebrafish.", summary_nl="Leer het.")
    with override(language):
        assert found_in(offering, search("zebrafish")) == label
        assert found_in(offering, search("")) == ""


def test_an_item_without_a_title_in_the_language_of_the_page_says_so() -> None:
    offering = catalog.offering("Rustig werken")
    assert lacking(offering) == ""
    setattr(offering, "title_en", "")  # noqa: B010  the column is made by modeltranslation
    with override("en"):
        assert lacking(offering) == "nl"
    with override("nl"):
        assert lacking(offering) == ""
