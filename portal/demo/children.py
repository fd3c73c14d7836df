"""The supervisor's children: started, watched, started again, and stopped together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PR_SET_PDEATHSIG = 1
RESTARTS = 5
RESTART_WINDOW_SECONDS = 60
STOP_SECONDS = 12


class GaveUp(RuntimeError):
    """A child died too often."""


def die_with_parent(sign: signal.Signals = signal.SIGTERM) -> Callable[[], None]:
    """Return what a new process does first: ask the kernel for a signal when its parent dies."""
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, sign)
        if os.getppid() != parent:  # it died before we could ask
            os._exit(1)

    return ask


@dataclass
class Child:
    """One process that has to keep running."""

    name: str
    arguments: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    starts: deque[float] = field(default_factory=lambda: deque(maxlen=RESTARTS + 1))

    def start(self) -> None:
        """Start it in a group of its own, so that Ctrl-C reaches it through the supervisor only."""
        self.starts.append(time.monotonic())
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", *self.arguments],
            cwd=ROOT,
            env=os.environ | self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent(),  # noqa: PLW1509  the supervisor has one thread
        )

    def keep_running(self) -> None:
        """Start it again when it has ended; GaveUp when that happens too often."""
        if self.process is None or self.process.poll() is None:
            return
        code = self.process.returncode
        self.signal(signal.SIGKILL)  # what it may have left behind
        if len(self.starts) > RESTARTS and time.monotonic() - self.starts[0] < RESTART_WINDOW_SECONDS:
            raise GaveUp(f"{self.name} ended {RESTARTS + 1} times within a minute, last with code {code}.")
        sys.stderr.write(f"{self.name} ended with code {code}; starting it again.\n")
        self.start()

    def signal(self, sign: signal.Signals) -> None:
        """Send a signal to the process and all its own children."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, sign)
            except ProcessLookupError:
                return

    def is_running(self) -> bool:
        """Say whether it has not ended yet."""
        return self.process is not None and self.process.poll() is None


def stop_all(children: list[Child]) -> None:
    """Ask all to end, wait together, then end what is left of their groups."""
    for child in children:
        if child.is_running() and child.process is not None:
            child.process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    while any(child.is_running() for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    for child in children:
        child.signal(signal.SIGKILL)
        if child.process is not None:
            child.process.wait()
