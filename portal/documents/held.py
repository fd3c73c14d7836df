"""A file that somebody handed in with a form that came back with a question: kept for an hour, for that person only.

A browser can't fill in a file again. So what was brought waits, encrypted, in the shared cache, under a token that only
the page knows; taking it removes it.
"""

import json
from base64 import b64decode, b64encode
from secrets import token_urlsafe

from django.core.cache import cache

from portal.privacy.fields import decrypt, encrypt

SECONDS = 3600
File = tuple[str, str, bytes]


def hold(owner: str, file: File) -> str:
    """Keep a file (name, media type, content) for its owner (a reference); return the token."""
    name, content_type, content = file
    token = token_urlsafe(18)
    cache.set(
        _key(owner, token), encrypt(json.dumps([name, content_type, b64encode(content).decode()])), SECONDS
    )
    return token


def take(owner: str, token: str) -> File | None:
    """Return the file and forget it; None when it is not there any more, or somebody else's."""
    key = _key(owner, token)
    kept = cache.get(key)
    if kept is None:
        return None
    cache.delete(key)
    name, content_type, content = json.loads(decrypt(kept))
    return name, content_type, b64decode(content)


def _key(owner: str, token: str) -> str:
    return f"held:{owner}:{token}"
