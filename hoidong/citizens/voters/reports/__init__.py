"""Reports: the annexes, lists and ledgers of petitions, each from one definition; see `catalogue`."""

from .catalogue import BY_SLUG, REPORTS, Report
from .scope import Scope

__all__ = ["BY_SLUG", "REPORTS", "Report", "Scope"]
