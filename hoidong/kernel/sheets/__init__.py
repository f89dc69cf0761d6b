"""Excel in and out: one bad row never loses the good ones, and none is taken in silence.

    sheets.export([(_("Số"), 12), (_("Nội dung"), 70)], rows, title=…, unit=…) -> bytes

    class Villages(sheets.Importer): code = "units.hamlets"; name = _("thôn, tổ dân phố"); columns = (sheets.Column(…), …)
    sheets.register(Villages())        # when the module's app is ready

A file becomes a lot of rows. Each is checked in a dry run, mended in place or in Excel, and taken in chunks, each a
transaction of its own; a lot can be cancelled afterwards where the importer can undo. Big files go through the queue.
"""

from .columns import Column
from .exporting import export
from .importers import Importer, Line, register

__all__ = ["Column", "Importer", "Line", "export", "register"]
