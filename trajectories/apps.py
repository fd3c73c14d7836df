"""The app of trajectories."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrajectoriesConfig(AppConfig):
    """Puts the wall around dossiers, counts cases for the advisors' room."""

    name = "trajectories"
    verbose_name = _("trajectories")

    def ready(self) -> None:
        """Register."""
        from advisors.queries import register_load
        from trajectories import permissions as permissions
        from trajectories.queries.cases import loads

        register_load(loads)
