"""Fixtures of real processes."""

from .real import place  # noqa: F401
