"""Questions about files."""

import base64
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from portal.documents.models import Document
from portal.privacy import wall
from portal.privacy.fields import decrypt
from portal.privacy.lookup import get_visible


def documents_of(actor: Any) -> QuerySet[Document]:
    """Return someone's own files, newest first, without their contents."""
    return wall.visible(Document, actor).defer("encoded")


def get_document(actor: Any, reference: str) -> Document:
    """Return someone's own file, else raise Http404."""
    return get_visible(Document, actor, reference)


def ownerless_content(reference: str) -> bytes | None:
    """Return a file that was made for a command, which knows its reference; None when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("select documents_ownerless(%s)", [reference])
        encoded: str | None = cursor.fetchone()[0]
    return base64.b64decode(decrypt(encoded)) if encoded else None
