"""Fixtures of real processes."""

from .real import office_place, place  # noqa: F401
