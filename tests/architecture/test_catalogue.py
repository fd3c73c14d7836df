"""Every message exists in Dutch, finished and unbroken."""

import polib

from tests.architecture import catalogue


def test_the_dutch_catalogue_is_complete():
    assert catalogue.complaints() == []


def test_the_finder_sees_messages_of_source_and_templates():
    texts = {text for _context, text in catalogue.used()}
    assert "Dutch" in texts  # portal/settings.py
    assert len(texts) > 100


def test_faults_are_seen():
    def faults(**fields):
        return list(catalogue._faults(polib.POEntry(**fields), {"Portfolio"}))

    assert faults(msgid="Name", msgstr="Naam") == []
    assert faults(msgid="Name", msgstr="") == ["not translated"]
    assert faults(msgid="Name", msgstr="Name") == ["Dutch equals English"]
    assert faults(msgid="Portfolio", msgstr="Portfolio") == []
    assert faults(msgid="%(n)s days", msgstr="dagen") == ["other placeholders"]
    assert faults(msgid="Name", msgstr="Naam", flags=["fuzzy"]) == ["fuzzy"]
    plural = {"msgid": "%(n)s day", "msgid_plural": "%(n)s days"}
    assert faults(**plural, msgstr_plural={0: "%(n)s dag", 1: ""}) == ["not translated"]
