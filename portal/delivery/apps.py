"""The app of portal.delivery."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Registers portal.delivery."""

    name = "portal.delivery"
    label = "delivery"
