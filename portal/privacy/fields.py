"""Model fields whose contents the database never sees in clear."""

import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models


@lru_cache(maxsize=4)
def _ring(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured("PORTAL_ENCRYPTION_KEYS holds no key.")
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    """Encrypt text with the newest key."""
    return _ring(tuple(settings.ENCRYPTION_KEYS)).encrypt(text.encode()).decode("ascii")


def decrypt(token: str) -> str:
    """Decrypt text with whichever key fits; InvalidToken when none does."""
    try:
        return _ring(tuple(settings.ENCRYPTION_KEYS)).decrypt(token.encode("ascii")).decode()
    except InvalidToken:
        raise InvalidToken("No key in PORTAL_ENCRYPTION_KEYS opens this text.") from None


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that is encrypted at rest; it can't be filtered or sorted in the database."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in; empty text stays empty."""
        return encrypt(str(value)) if value not in (None, "") else value

    def from_db_value(self, value: str | None, *args: Any) -> Any:
        """Decrypt on the way out."""
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse lookups: equal texts have different ciphertexts."""
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is encrypted and can't be looked up by {lookup_name}.")


class EncryptedJSONField(EncryptedTextField):
    """A JSON value that is encrypted at rest."""

    # What the type checker reads: any JSON value goes in and comes out, not only text.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt the JSON text."""
        return None if value is None else encrypt(json.dumps(value))

    def from_db_value(self, value: str | None, *args: Any) -> Any:
        """Decrypt and parse."""
        return json.loads(decrypt(value)) if value else None

    def to_python(self, value: Any) -> Any:
        """Leave parsed values as they are."""
        return value

    def value_to_string(self, obj: models.Model) -> str:
        """Serialise as JSON text."""
        return json.dumps(self.value_from_object(obj))
