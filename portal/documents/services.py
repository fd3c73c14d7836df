"""Keeping files that a job made."""

import base64
from hashlib import sha256

from portal.documents.models import Document
from portal.people.models import User

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def keep_document(*, owner: User | None, name: str, content: bytes, content_type: str = PDF) -> Document:
    """Keep a file, encrypted, for its owner; `name` is a neutral file name without names of people.

    Only the owner can open it afterwards. Without owner it is for a command that knows its reference.
    """
    document = Document(
        owner=owner,
        name=name,
        content_type=content_type,
        encoded=base64.b64encode(content).decode("ascii"),
        digest=sha256(content).hexdigest(),
        size=len(content),
    )
    # No RETURNING: who keeps a file need not be able to read it.
    Document.objects.bulk_create([document], ignore_conflicts=True)
    return document
