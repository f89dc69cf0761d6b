"""What is told of rules."""

CHANGED = "law.rule_changed"  # ids of the new row, code, starts_on, reason
