"""Labels: which ones there are in a sheet and in an installation, and what stands for them in the written knowledge."""

from hoidong.kernel.base.text import fold

from .evidence import Scheme
from .knowledge import addressees, competences


def of_sheet(codes):
    """For the codes of bodies a sheet uses ("bgtvt", "BYT"); of the spellings of a body the first that is used counts."""
    codes = tuple(sorted(set(codes)))
    known = {fold(code): code for code in reversed(codes)}

    def label(sheets):
        return next((known[code] for code in sheets if code in known), None)

    of_competence = {one.code: (found,) for one in competences() if (found := label(one.sheets))}
    return Scheme(codes, of_competence, {one: found for one in addressees() if (found := label(one.sheets))}, {})


def usual(code):
    """The usual code of a body that sheets spell in several ways: lower case, without spaces; "nh" is "nhnn"."""
    plain = "".join(code.lower().split())
    return next((one.sheets[0] for one in addressees() if plain in one.spelt), plain)


def sheet_codes():
    """The codes of bodies the knowledge itself speaks of: what can be proposed when nothing was learned."""
    return sorted({one.sheets[0] for one in competences()})


def of_fields(codes, field_of):
    """For codes of fields. `field_of`: {code: code of the catalogue}; codes outside of it are learned, never ruled."""
    codes = tuple(sorted(set(codes)))
    by_field = {}
    for code in codes:
        by_field.setdefault(field_of.get(code), []).append(code)
    return Scheme(codes, {one.code: tuple(by_field.get(one.field, ())) for one in competences()}, {}, {})
