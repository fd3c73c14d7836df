"""What people change about their own account."""

from portal.people.enums import Language
from portal.people.models import User


def choose_language(*, actor: User, language: Language) -> None:
    """Keep the language in which somebody gets mail and starts after signing in."""
    actor.language = language
    actor.save(update_fields=["language"])
