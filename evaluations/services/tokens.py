"""Secret links. The token itself lives only in the encrypted mail; the database holds its hash."""

import secrets
from hashlib import sha256

TOKEN_BYTES = 32


def new_token() -> tuple[str, str]:
    """Return a random token of 256 bits and its hash."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    return token, hash_of(token)


def hash_of(token: str) -> str:
    """Return the hash under which a token is known. No salt: 256 random bits cannot be guessed."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
