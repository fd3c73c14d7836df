"""A file that goes with a mail."""

import base64
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Attachment:
    """A neutral file name, the bytes and the full content type."""

    name: str
    content: bytes
    content_type: str = "application/octet-stream"

    def to_json(self) -> dict[str, str]:
        """Return what the outbox keeps (encrypted)."""
        content = base64.b64encode(self.content).decode("ascii")
        return {"name": self.name, "content_type": self.content_type, "content": content}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Attachment":
        """Read back what the outbox kept."""
        content = base64.b64decode(kept["content"])
        return cls(str(kept["name"]), content, str(kept["content_type"]))
