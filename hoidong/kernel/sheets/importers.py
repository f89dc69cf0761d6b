"""What knows how rows of one kind are checked, taken and taken back; modules register theirs."""

import hashlib
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ..base.errors import Invalid, NotAllowed
from ..base.text import fold


@dataclass
class Line:
    """One row on its way through an importer.

    `values` are by column key, as `Column.read` gives them, and whatever `check` adds for `take` (plain JSON).
    `errors` are by column key; `warnings` are sentences; `repeat` says what the row repeats; `ref` is what was made of it.
    """

    number: int
    values: dict
    errors: dict = field(default_factory=dict)
    warnings: list = field(default_factory=list)
    repeat: str = ""
    ref: int | None = None

    def warn(self, sentence):
        """Note something people should see; the row can be taken all the same."""
        if sentence not in self.warnings:
            self.warnings.append(str(sentence))


class Importer(ABC):
    """One kind of rows. A module derives from it in its `sheets.py` and registers an instance.

    `options_form` is asked at the start (built with `actor=`); its cleaned values come back as plain JSON in `options`,
    records by their key.
    """

    code = ""
    name = ""
    note = ""
    columns: tuple = ()
    options_form = None

    @abstractmethod
    def may(self, actor):
        """Whether this actor may bring such rows in for the unit of the post."""

    def check(self, rows, actor, options):
        """Look at up to 2,000 Lines with a fixed number of queries: fill errors, warnings, values. Returns the Lines."""
        return rows

    @abstractmethod
    def take(self, rows, lot, actor, options):
        """Write Lines, at most 2,000, inside the caller's transaction; set `ref` on each. Returns how many were taken.

        Invalid, or a constraint of the database, leads to smaller chunks until the row that is wrong stands alone.
        """

    def undo(self, lot, by, reason):
        """Take back what a lot brought. Raises NotAllowed, saying why, when it cannot be; an importer that can, says how."""
        raise NotAllowed(_("Dữ liệu loại này đã nhận thì không hủy theo lô được."))

    def url_of(self, ref):
        """The page of what was made of a row, or an empty text."""
        return ""

    def fingerprint_of(self, values):
        """What makes two rows the same; an empty text where rows are never compared."""
        return "|".join(fold(str(values.get(column.key, ""))) for column in self.columns)

    @property
    def can_undo(self):
        """Whether a lot can be cancelled after it was taken."""
        return type(self).undo is not Importer.undo

    def column(self, key):
        """The column with this key, or None."""
        return next((column for column in self.columns if column.key == key), None)

    def parse(self, number, cells):
        """A Line of what a row of the sheet says; what cannot be read is an error of its column."""
        line = Line(number, {})
        for column in self.columns:
            try:
                line.values[column.key] = column.read(cells.get(column.key, ""))
            except Invalid as wrong:
                line.values[column.key] = ""
                line.errors[column.key] = str(wrong.reason)
        return line

    def digest_of(self, values):
        """The fingerprint in 32 letters, empty where there is none."""
        said = self.fingerprint_of(values)
        return hashlib.blake2s(said.encode(), digest_size=16).hexdigest() if said.strip("|") else ""


_importers: dict[str, Importer] = {}


def register(importer):
    """Make an importer known under its code; a module does so when its app is ready."""
    _importers[importer.code] = importer
    return importer


def known():
    """Every importer by its code."""
    return _importers


def named(code):
    """The importer with this code, or None."""
    return known().get(code)


def for_actor(actor):
    """The importers an actor may use, by name."""
    if actor is None or actor.unit is None:
        return []
    return sorted((one for one in known().values() if one.may(actor)), key=lambda one: str(one.name))
