"""Loading the rules the platform starts with, again and again, without touching what people changed."""

import hashlib
import json
from pathlib import Path

import yaml
from django.db import connection, transaction

from .models import Confidence, Rule, When

RULES = Path(__file__).with_name("rules.yaml")
_FIELDS = (
    "title", "value", "unit", "when", "variants", "basis", "valid_from", "valid_to", "confidence", "read_in_text", "note",
)  # fmt: skip


def rows():
    """The rows of rules.yaml as field values of Rule."""
    for entry in yaml.safe_load(RULES.read_text(encoding="utf-8")):
        yield {
            "code": entry["code"],
            "title": entry["title"],
            "value": entry["value"],
            "unit": entry["unit"],
            "when": entry.get("when", When.AFTER),
            "variants": entry.get("variants", {}),
            "basis": entry["basis"],
            "valid_from": entry.get("from"),
            "valid_to": entry.get("to"),
            "confidence": Confidence(entry["mark"]),
            "read_in_text": entry.get("text", False),
            "note": entry.get("note", ""),
        }


def digest(row):
    """What a row says, as a short text; a stored row whose digest differs from its `seed` was changed by a person."""
    plain = json.dumps({name: row[name] for name in _FIELDS}, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


@transaction.atomic
def load():
    """Write the national rules. Returns how many were added, brought up to date, and left because a person changed them.

    A code is left alone as a whole once one of its national rows was changed, closed or verified by a person.
    """
    by_code = {}
    for row in rows():
        by_code.setdefault(row["code"], []).append(row)
    counts = {"added": 0, "updated": 0, "kept": 0}
    for code, wanted in by_code.items():
        stored = list(Rule.objects.select_for_update().filter(code=code, scope=None).order_by("valid_from", "id"))
        if any(_was_changed(rule) for rule in stored):
            counts["kept"] += len(stored)
            continue
        if sorted(rule.seed for rule in stored) == sorted(digest(row) for row in wanted):
            continue
        counts["updated" if stored else "added"] += len(wanted)
        _replace(stored, wanted)
    return counts


def _was_changed(rule):
    return rule.verified_at is not None or rule.seed != digest({name: getattr(rule, name) for name in _FIELDS})


def _replace(stored, wanted):
    """Write the wanted rows over the stored ones; whether they overlap is asked when all are written."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS one_rule_for_a_day_and_an_area DEFERRED")
    Rule.objects.filter(pk__in=[rule.pk for rule in stored[len(wanted) :]]).delete()
    for rule, row in zip(stored, wanted, strict=False):
        for name in _FIELDS:
            setattr(rule, name, row[name])
        rule.seed = digest(row)
        rule.save()
    for row in wanted[len(stored) :]:
        Rule.objects.create(**row, seed=digest(row))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS one_rule_for_a_day_and_an_area IMMEDIATE")
