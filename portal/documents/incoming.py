"""Files that people bring: how large, of which kinds, and kept in memory only until they are encrypted.

A file is judged by its content as well as its name. Nothing that somebody brings is ever shown in the
browser: it is handed back as a download.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from unicodedata import category
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

LARGEST = 10 * 1024 * 1024
# Beyond this the rest is not even read.
LARGEST_REQUEST = 64 * 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name endings, its media type, and how its content is recognised."""

    endings: tuple[str, ...]
    content_type: str
    fits: Callable[[bytes], bool]


def _zip_names(content: bytes) -> set[str]:
    try:
        return set(ZipFile(BytesIO(content)).namelist())
    except (BadZipFile, ValueError, OSError):
        return set()


def _is_word(content: bytes) -> bool:
    names = _zip_names(content)
    return {"[Content_Types].xml", "word/document.xml"} <= names and "word/vbaProject.bin" not in names


def _is_open_text(content: bytes) -> bool:
    # The first entry of the format is stored, not packed, so that it stands at a fixed place.
    return content[30:].startswith(b"mimetype" + OPEN_TEXT.encode()) and "content.xml" in _zip_names(content)


def _is_text(content: bytes) -> bool:
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not any(category(sign) == "Cc" and sign not in "\r\n\t\f" for sign in words)


KINDS = (
    Kind((".pdf",), "application/pdf", lambda content: content.startswith(b"%PDF-")),
    Kind((".docx",), OFFICE, _is_word),
    Kind((".odt",), OPEN_TEXT, _is_open_text),
    Kind((".txt",), "text/plain; charset=utf-8", _is_text),
    Kind((".png",), "image/png", lambda content: content.startswith(b"\x89PNG\r\n\x1a\n")),
    Kind((".jpg", ".jpeg"), "image/jpeg", lambda content: content.startswith(b"\xff\xd8\xff")),
)
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)


def kind_of(name: str, content: bytes) -> Kind | None:
    """Return the kind of a file when its name and its content agree; None for everything else."""
    named = (kind for kind in KINDS if name.lower().endswith(kind.endings))
    return next((kind for kind in named if kind.fits(content)), None)


class MemoryUpload(FileUploadHandler):
    """Keeps an uploaded file in memory, never on the disk in clear; of one that is too large nothing is kept.

    Such a file arrives with its true size and no content, so that a form can refuse it and keep the rest.
    """

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Refuse a request of which the end would take too long to read."""
        if content_length > LARGEST_REQUEST:
            raise RequestDataTooBig("The request is larger than the portal takes.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin anew."""
        super().new_file(*args, **kwargs)
        self.kept, self.size = BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, as long as the whole is not too large."""
        self.size += len(raw_data)
        if self.size <= LARGEST:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Hand over the file."""
        kept = self.kept if self.size <= LARGEST else BytesIO()
        kept.seek(0)
        return InMemoryUploadedFile(
            file=kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=self.size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
