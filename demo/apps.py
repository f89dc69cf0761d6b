"""The demo as a Django app, for its commands only."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Holds no model."""

    name = "demo"
    label = "demo"
