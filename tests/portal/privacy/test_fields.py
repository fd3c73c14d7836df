"""Encrypted fields: ciphertext in the database, text in Python, keys that rotate."""

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import FieldError, ImproperlyConfigured
from pytest_django.fixtures import Settings

from portal.privacy.fields import EncryptedJSONField, EncryptedTextField, decrypt, encrypt


def test_the_same_text_never_looks_the_same() -> None:
    """Equal texts can't be recognised in a dump."""
    assert encrypt("burn-out") != encrypt("burn-out")
    assert decrypt(encrypt("één Ünïcode\n")) == "één Ünïcode\n"


def test_a_new_key_opens_old_texts_and_an_unknown_key_does_not(settings: Settings) -> None:
    """Rotation: the new key comes first, the old one stays until all is written anew."""
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.ENCRYPTION_KEYS = [old]
    token = encrypt("plan B")
    settings.ENCRYPTION_KEYS = [new, old]
    assert decrypt(token) == "plan B"
    settings.ENCRYPTION_KEYS = [new]
    with pytest.raises(InvalidToken, match="No key"):
        decrypt(token)


def test_without_a_key_nothing_is_written(settings: Settings) -> None:
    """Better no text than a text in clear."""
    settings.ENCRYPTION_KEYS = []
    with pytest.raises(ImproperlyConfigured, match="PORTAL_ENCRYPTION_KEYS"):
        encrypt("plan B")


def test_text_and_json_come_back_as_they_went_in() -> None:
    """Both fields turn their value around."""
    text, data = EncryptedTextField(), EncryptedJSONField()
    stored = text.get_prep_value("mijn vraag")
    assert "vraag" not in stored
    assert text.from_db_value(stored) == "mijn vraag"
    assert text.get_prep_value("") == ""
    assert data.from_db_value(data.get_prep_value({"a": [1, None]})) == {"a": [1, None]}
    assert data.get_prep_value(None) is None


def test_looking_up_encrypted_text_is_refused() -> None:
    """A filter on ciphertext would silently find nothing."""
    field = EncryptedTextField(name="question")
    with pytest.raises(FieldError, match="question"):
        field.get_lookup("icontains")
    assert field.get_lookup("isnull") is not None
