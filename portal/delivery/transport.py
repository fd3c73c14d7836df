"""The demo's mail transport: one .eml file per mail, written whole or not at all."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmlFiles(BaseEmailBackend):
    """Writes mails to `settings.MAIL_FOLDER`; the same Message-ID twice leaves one file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages and return how many were handed over."""
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            _write(folder, message)
        return len(email_messages)


def _write(folder: Path, message: EmailMessage) -> None:
    built = message.message()
    name = re.sub(r"[^0-9A-Za-z_-]", "", str(built["Message-ID"]).partition("@")[0])
    target = folder / f"{name}.eml"
    if target.exists():
        return
    half = folder / f".{name}.{os.getpid()}"
    with half.open("wb") as file:
        file.write(built.as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
        file.flush()
        os.fsync(file.fileno())
    half.replace(target)
    _sync(folder)


def _sync(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
