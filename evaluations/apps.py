"""The app of evaluations."""

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    """Registers evaluations."""

    name = "evaluations"
