"""All models of the kernel, imported from its parts so that Django finds them in one app."""

from .audit.models import AuditChain, AuditEntry  # noqa: F401
from .units.models import Unit, UnitAlias, UnitName, UnitSuccession  # noqa: F401
