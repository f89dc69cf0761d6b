"""All models of the kernel, imported from its parts so that Django finds them in one app."""

from .audit.models import AuditChain, AuditEntry  # noqa: F401
from .deadlines.models import CalendarDay, CalendarSetting, CalendarYear, Deadline, Extension, Pause  # noqa: F401
from .files.models import StoredFile  # noqa: F401
from .law.models import Rule  # noqa: F401
from .notices.models import Choice, Notice, QuietHours  # noqa: F401
from .numbering.models import DrawnNumber, Register, Sequence, UnnumberedBook  # noqa: F401
from .outbox.models import Delivery, Event, JobRun  # noqa: F401
from .papers.models import Paper, PaperTemplate  # noqa: F401
from .people.models import Account, Delegation, Person, Post  # noqa: F401
from .publication.models import Publication  # noqa: F401
from .search.models import Reindexing, SearchEntry  # noqa: F401
from .sheets.models import SheetLot, SheetRow, SheetSource  # noqa: F401
from .ui.models import SentForm  # noqa: F401
from .units.models import Unit, UnitAlias, UnitName, UnitSuccession  # noqa: F401
from .vault.models import GlassRequest, VaultBox, VaultReader, VaultScan  # noqa: F401
