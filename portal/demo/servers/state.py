"""Where the servers live and what is remembered of them, in `PORTAL_VAR/servers.json`."""

import json
import os
import secrets
import signal
import socket
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from portal.demo.servers import unprivileged

Preparing = Callable[[signal.Signals], Callable[[], None]]


@dataclass
class State:
    """What `servers.json` holds: the servers' home, ports and passwords."""

    var: Path
    home: Path
    ports: dict[str, int] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    preparing: Preparing | None = None
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def account(self) -> unprivileged.Account | None:
        """The account that the servers run as; None when it is our own."""
        return unprivileged.account(self.home)

    def start(self, command: list[str], log: str, sign: signal.Signals) -> subprocess.Popen[bytes]:
        """Start a server; `sign` is what ends it well when the supervisor dies."""
        first = self.preparing and self.preparing(sign)
        server = unprivileged.start(command, self.account, self.var / log, first)
        self.started.append(server)
        return server

    def password(self, name: str) -> str:
        """Return the password of that name, made at first use."""
        if name not in self.passwords:
            self.passwords[name] = secrets.token_urlsafe(24)
            self.save()
        return self.passwords[name]

    def port(self, name: str) -> int:
        """Return the port of that server; a busy one is replaced. Ask it only before a start."""
        port = self.ports.get(name)
        if port is None or not _is_free(port):
            port = _free_port()
        self.ports[name] = port
        self.save()
        return port

    def save(self) -> None:
        """Write the file whole or not at all, readable by its owner only."""
        content = {"home": str(self.home), "ports": self.ports, "passwords": self.passwords}
        write_secret(self.var / "servers.json", json.dumps(content, indent=2))


def home_for(var: Path) -> State:
    """Read what is remembered, or choose a home for new servers."""
    path = var / "servers.json"
    if path.exists():
        known = json.loads(path.read_text())
        home = Path(known["home"])
        if home.is_dir():
            return State(var, home, known["ports"], known["passwords"])
    state = State(var, unprivileged.choose_home(var))
    state.save()
    return state


def write_secret(path: Path, text: str) -> None:
    """Write a file with mode 0600 from its first moment."""
    new = path.with_name(path.name + ".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    new.replace(path)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
