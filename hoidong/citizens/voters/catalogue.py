"""The catalogue of fields: loading it, and finding a field by what a sheet calls it."""

from pathlib import Path

import yaml

from hoidong.kernel.base.text import fold

from .models import Field

SOURCE = Path(__file__).parent / "fields.yaml"


def load_fields():
    """Bring the fields up to what `fields.yaml` says, by code. Returns how many there are."""
    rows = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    Field.objects.bulk_create(
        [
            Field(
                code=row["code"],
                name=row["name"],
                group=row["group"],
                place=place,
                aliases=sorted({fold(str(alias)) for alias in [*row["aliases"], row["name"], row["code"]]}),
            )
            for place, row in enumerate(rows, 1)
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "group", "place", "aliases"],
    )
    return len(rows)


def fields_by_alias():
    """Every known spelling, folded, with its field: {"csht": <Giao thông, hạ tầng>, …}."""
    return {alias: field for field in Field.objects.order_by("-place") for alias in field.aliases}


def field_of_aliases(spellings):
    """{spelling: code of the field} for those the catalogue's own file knows: no database is asked."""
    known = {}
    for row in yaml.safe_load(SOURCE.read_text(encoding="utf-8")):
        for alias in [*row["aliases"], row["name"], row["code"]]:
            known.setdefault(fold(str(alias)), row["code"])
    return {spelling: known[fold(spelling)] for spelling in spellings if fold(spelling) in known}
