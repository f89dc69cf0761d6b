"""Fixtures of real processes."""

from tests.kernel.outbox.real import place  # noqa: F401
