"""All models of the kernel, imported from its parts so that Django finds them in one app."""

from .audit.models import AuditChain, AuditEntry  # noqa: F401
