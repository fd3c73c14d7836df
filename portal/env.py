"""Typed readers for the environment. A wrong value stops the start and names the variable."""

import os
from base64 import urlsafe_b64decode
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})
KEY_BYTES = 32
CONNECT_SECONDS = 5


def text(name: str, default: str = "") -> str:
    """Return the variable's text, stripped."""
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    """Read yes/no, true/false, on/off or 1/0."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    value = raw.strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {raw!r}.")


def number(name: str, default: int, *, low: int = 0, high: int | None = None) -> int:
    """Read a whole number within [low, high]."""
    raw = text(name)
    if not raw:
        return default
    try:
        value = int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}.") from None
    if value < low or (high is not None and value > high):
        raise ImproperlyConfigured(f"{name} must lie between {low} and {high or 'any'}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """Read a list parted by commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """Read one of the allowed words."""
    value = text(name, default) or default
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def keys(name: str) -> list[str]:
    """Read keys for `Fernet`, the newest first. The value is never shown."""
    found = words(name)
    for key in found:
        try:
            length = len(urlsafe_b64decode(key))
        except ValueError:
            length = 0
        if length != KEY_BYTES:
            raise ImproperlyConfigured(
                f"{name} must hold keys of 32 bytes in url-safe base64, parted by commas."
            )
    return found


def redis(name: str, default: str = "") -> str:
    """Read the address of a Redis or Valkey."""
    address = text(name, default) or default
    if urlsplit(address).scheme not in {"redis", "rediss"}:
        raise ImproperlyConfigured(f"{name} must look like redis://:password@host:6379/0.")
    return address


def origin(address: str) -> str:
    """Return scheme and host of an address; empty when there is none."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def database(name: str, default: str = "") -> dict[str, object] | None:
    """Read `postgresql://user:password@host:port/name?sslmode=require`; None when the variable is empty."""
    raw = text(name, default)
    if not raw:
        return None
    parts = urlsplit(raw)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/") or port == -1:
        raise ImproperlyConfigured(f"{name} must look like postgresql://user:password@host:5432/database.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or 5432),
        "OPTIONS": {"connect_timeout": CONNECT_SECONDS, **dict(parse_qsl(parts.query))},
    }
