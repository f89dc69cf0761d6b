"""Fixtures of real processes."""

from tests.kernel.outbox.real import office_place, place  # noqa: F401
