"""What the embedded servers fill in for the settings, where nothing is set."""

import json
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet

from portal.demo.servers import postgres, valkey
from portal.demo.servers.state import State, write_secret
from portal.privacy.roles import VARIABLES


def export(state: State) -> None:
    """Set the addresses, the mode and the keys that are not set yet."""
    if not os.environ.get("DATABASE_URL"):
        for role, variable in VARIABLES.items():
            _set(variable, postgres.url(state, role, "portal"))
    if not os.environ.get("REDIS_URL"):
        _set("REDIS_URL", valkey.url(state))
    without_servers(state.var)


def without_servers(var: Path) -> None:
    """Set what a command without database needs: the mode, the place and the keys."""
    _set("PORTAL_MODE", "demo")
    _set("PORTAL_VAR", str(var))
    for variable, key in _keys(var).items():
        _set(variable, key)


def _set(variable: str, value: str) -> None:
    if not os.environ.get(variable):
        os.environ[variable] = value


def _keys(var: Path) -> dict[str, str]:
    """Return the keys of this place, made once: without them its confidential texts are lost."""
    path = var / "keys.json"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        new = {
            "PORTAL_SECRET_KEY": secrets.token_urlsafe(50),
            "PORTAL_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
        }
        write_secret(path, json.dumps(new, indent=2))
    keys: dict[str, str] = json.loads(path.read_text())
    return keys
