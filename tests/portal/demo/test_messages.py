"""Compiling the catalogues without gettext."""

import gettext
import os

from portal.demo.messages import compile_catalogues

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Name"\nmsgstr "{}"\n'


def test_compiles_what_is_new_or_changed(tmp_path):
    source = tmp_path / "nl" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO.format("Naam"))
    assert (compile_catalogues(tmp_path), compile_catalogues(tmp_path)) == (1, 0)
    source.write_text(PO.format("Náám"))
    os.utime(source, (4e9, 4e9))
    assert compile_catalogues(tmp_path) == 1
    with source.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Name") == "Náám"
    assert [path.name for path in source.parent.iterdir() if ".mo." in path.name] == []
