"""A column of a sheet: what people may call it, and how its cells are read."""

import datetime
import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..base import dates
from ..base.errors import Invalid
from ..base.text import fold, nfc

TEXT, DATE, NUMBER, CHOICE = "text", "date", "number", "choice"
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_NUMBER = re.compile(r"^-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$")
_LONGEST = 120  # letters of a heading; what is longer is content
_PARTLY = 8  # letters a name needs to be found inside a longer heading


def plain(text):
    """A heading as it is compared: folded, letters and figures only."""
    return _plain(str(text))


@functools.lru_cache(maxsize=4000)
def _plain(text):
    return _NOT_WORD.sub(" ", fold(text)).strip()


def in_all_languages(words):
    """These words as they are compared, in each language: who sends a sheet and who works on it may read different ones."""
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found += [plain(word) for word in words]
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Column:
    """One column of an importer.

    `aliases` are other headings people use, the likeliest first. `choices` are (value, label, other spellings …) for
    kind "choice"; `offers()` gives words to choose from in the template without refusing others.
    """

    key: str
    title: str
    kind: str = TEXT
    required: bool = False
    aliases: tuple = ()
    width: int = 20
    example: object = ""
    choices: tuple = ()
    hint: str = ""
    offers: Callable | None = None

    def likeness(self, heading):
        """How well a heading of a sheet names this column: 0 for not at all, up to 1."""
        if not heading or len(heading) > _LONGEST:
            return 0.0
        wanted = plain(heading)
        if not wanted:
            return 0.0
        best = 0.0
        names = [*in_all_languages((self.title,)), *(plain(name) for name in self.aliases)]
        for place, name in enumerate(names):
            if wanted == name:
                return 1.0 - place * 0.005
            if len(name) >= _PARTLY and f" {name} " in f" {wanted} ":
                best = max(best, 0.6 * len(name) / len(wanted))
        return best

    def read(self, cell):
        """What a cell says, as plain JSON: text, number, ISO date or the value of a choice. Raises Invalid."""
        said = nfc(str(cell if cell is not None else ""))
        if not said:
            if self.required:
                raise Invalid(_("Thiếu “%(title)s”. Ghi vào ô này, hoặc bỏ qua dòng.") % {"title": self.title})
            return ""
        return {DATE: self._date, NUMBER: self._number, CHOICE: self._choice}.get(self.kind, str)(said)

    def live(self, value):
        """A value kept as JSON, as the importer works with it: dates are dates again, an empty number or date is None."""
        if self.kind == DATE:
            return datetime.date.fromisoformat(value) if value else None
        return None if self.kind == NUMBER and value == "" else value

    def shown(self, value):
        """A value for people: the label of a choice, a date day first."""
        if value in (None, ""):
            return ""
        if self.kind == DATE:
            return dates.format_date(datetime.date.fromisoformat(value))
        if self.kind == CHOICE:
            return next((str(label) for known, label, *_rest in self.choices if known == value), value)
        return str(value)

    def _date(self, said):
        return dates.parse_date(said).isoformat()

    def _number(self, said):
        bare = said.replace(" ", "").replace("\u202f", "")
        if not _NUMBER.match(bare):
            raise Invalid(_("“%(said)s” không phải là số. Ghi như 1.234 hoặc 12,5.") % {"said": said[:40]})
        bare = bare.replace(".", "").replace(",", ".")
        return float(bare) if "." in bare else int(bare)

    def _choice(self, said):
        wanted = plain(said)
        for value, *names in self.choices:
            if wanted in in_all_languages((value, *names)):
                return value
        offered = ", ".join(f"“{label}”" for _value, label, *_rest in self.choices)
        raise Invalid(_("Không hiểu “%(said)s”. Ghi một trong: %(offered)s.") % {"said": said[:40], "offered": offered})
