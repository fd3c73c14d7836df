"""The app of trajectories."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrajectoriesConfig(AppConfig):
    """Puts the wall around dossiers and hangs up menu and cards."""

    name = "trajectories"
    verbose_name = _("trajectories")

    def ready(self) -> None:
        """Register."""
        from trajectories import permissions as permissions
