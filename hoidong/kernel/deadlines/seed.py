"""Loading the calendar the platform starts with. A year people confirmed or changed is left as it is."""

from pathlib import Path

import yaml
from django.db import transaction

from .models import CalendarDay, CalendarYear, DayKind

CALENDAR = Path(__file__).with_name("calendar.yaml")


def years():
    """The years of calendar.yaml: {year: (official, note, [field values of CalendarDay])}."""
    file = yaml.safe_load(CALENDAR.read_text(encoding="utf-8"))
    basis = {DayKind.HOLIDAY: file["holidays_basis"], DayKind.COMPENSATION: file["compensation_basis"]}
    return {
        year: (entry["official"], entry["note"], [_day(day, basis) for day in entry["days"]])
        for year, entry in file["years"].items()
    }


def _day(entry, basis):
    kind = DayKind(entry.get("kind", DayKind.HOLIDAY))
    return {
        "date": entry["date"],
        "kind": kind,
        "name": entry["name"],
        "basis": entry.get("basis", basis.get(kind, "")),
        "confidence": entry.get("mark", "S"),
        "pair": entry.get("pair"),
    }


@transaction.atomic
def load():
    """Write the years that are not there yet. Returns how many years and days were added and how many years were kept."""
    counts = {"years": 0, "days": 0, "kept": 0}
    for year, (official, note, days) in years().items():
        _row, made = CalendarYear.objects.get_or_create(year=year, defaults={"official": official, "note": note})
        if not made:
            counts["kept"] += 1
            continue
        CalendarDay.objects.bulk_create([CalendarDay(year_id=year, **day) for day in days])
        counts["years"] += 1
        counts["days"] += len(days)
    return counts
