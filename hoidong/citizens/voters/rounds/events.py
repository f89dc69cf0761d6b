"""What rounds tell others. Each event carries `ids`: of rounds, of announced changes, or of planned meetings."""

PUBLISHED = "voters.round_published"
WITHDRAWN = "voters.round_withdrawn"
CHANGED = "voters.plan_changed"
URGED = "voters.minutes_urged"
