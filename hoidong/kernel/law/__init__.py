"""The law as data: each deadline, frequency and number is a row with its legal basis and its days of validity.

    rule = law.rule("KN.ACCEPT", on=petition.received_on, unit=commune)
    rule.value, rule.unit, rule.basis            # 7, "wd", "NĐ 155/2026 (Đ.16.1)"

A rule is read by the date of the event. No rule for that day is a refusal (`NoRule`), never a guess.
"""

from .changes import change, mark_verified
from .lookup import Book, NoRule, rule, value
from .models import Confidence, Measure, Rule, When

__all__ = ["Book", "Confidence", "Measure", "NoRule", "Rule", "When", "change", "mark_verified", "rule", "value"]
