"""Files that people bring: judged by name and content, never larger than agreed, never on the disk in clear."""

import zipfile
from io import BytesIO

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig

from portal.documents import incoming
from portal.documents.incoming import LARGEST, OPEN_TEXT, MemoryUpload, kind_of


def packed(*names, **more):
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, words in more.items():
            file.writestr(name, words)
        for name in names:
            file.writestr(name, "x")
    return made.getvalue()


WORD = packed("[Content_Types].xml", "word/document.xml")
GOOD = {
    "brief.pdf": b"%PDF-1.7\n%...",
    "brief.docx": WORD,
    "brief.odt": packed("content.xml", mimetype=OPEN_TEXT),
    "brief.txt": "Één regel\r\n\tin\u00adgesprongen, vijf\u00a0euro\n".encode(),
    "leeg einde.TXT": b"\xef\xbb\xbfmet merk vooraan",
    "beeld.png": b"\x89PNG\r\n\x1a\n....",
    "beeld.jpg": b"\xff\xd8\xff\xe0....",
    "BEELD.JPEG": b"\xff\xd8\xff\xe1....",
}
BAD = {
    "programma.exe": b"MZ\x90\x00",
    "pagina.html": b"<html>",
    "tekening.svg": b"<svg/>",
    "oud.doc": b"\xd0\xcf\x11\xe0",
    "zonder ending": b"%PDF-1.7",
    "vermomd.pdf": b"MZ\x90\x00",
    "vermomd.png": b"%PDF-1.7",
    "vermomd.txt": b"MZ\x90\x00\x03",
    "stuurtekens.txt": b"tekst\x1b[2J",
    "vermomd.docx": packed("iets.txt"),
    "macro.docx": packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "macro.docm": WORD,
    "vermomd.odt": WORD,
    "kapot.docx": WORD[:-20],
    "brief.pdf.exe": b"%PDF-1.7",
}


@pytest.mark.parametrize("name", GOOD)
def test_allowed_kinds_are_recognised(name):
    kind = kind_of(name, GOOD[name])
    assert kind is not None
    assert name.lower().endswith(kind.endings)


@pytest.mark.parametrize("name", BAD)
def test_everything_else_is_refused(name):
    assert kind_of(name, BAD[name]) is None


def test_no_kind_is_one_that_a_browser_runs():
    types = {kind.content_type for kind in incoming.KINDS}
    assert not any(word in kind for kind in types for word in ("html", "svg", "script"))


def handed_over(size):
    handler = MemoryUpload()
    handler.new_file("upload", "brief.txt", "text/plain", size, None, None)
    piece = b"a" * 65536
    for start in range(0, size, len(piece)):
        handler.receive_data_chunk(piece[: size - start], start)
    return handler.file_complete(size)


def test_a_file_stays_in_memory_up_to_the_largest_size():
    found = handed_over(LARGEST)
    assert (found.size, len(found.read())) == (LARGEST, LARGEST)


def test_of_a_file_that_is_too_large_only_its_size_is_kept():
    found = handed_over(LARGEST + 1)
    assert (found.size, found.read()) == (LARGEST + 1, b"")


def test_a_request_without_end_is_not_read():
    with pytest.raises(RequestDataTooBig):
        MemoryUpload().handle_raw_input(None, {}, incoming.LARGEST_REQUEST + 1, b"")


def test_no_other_handler_writes_uploads_to_the_disk():
    assert settings.FILE_UPLOAD_HANDLERS == ["portal.documents.incoming.MemoryUpload"]
