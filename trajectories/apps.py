"""The app of trajectories."""

from django.apps import AppConfig


class TrajectoriesConfig(AppConfig):
    """Registers trajectories."""

    name = "trajectories"
