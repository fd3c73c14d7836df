"""Every mail of the portal: it has a subject, and Dutch for all its texts."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from portal.delivery import letters
from portal.delivery.texts import untranslated

FOLDER = Path(settings.BASE_DIR) / "templates" / "emails"
LETTERS = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.glob("*/*.txt"))


def test_there_are_letters():
    assert "people/password_reset.txt" in LETTERS


@pytest.mark.parametrize("name", LETTERS)
def test_letter_has_its_subject_and_all_its_dutch(name):
    template = letters._engine().get_template(f"emails/{name}").template
    assert untranslated(template, "nl") == []
    assert re.match(r"({% load [\w ]+ %})*Subject: .+\n\n", template.source)
