"""What every module shares: one Django app made of small packages, each with one rule (docs/architecture.md)."""
