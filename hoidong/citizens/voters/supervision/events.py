"""What supervision tells others. TAKEN_UP carries the numbers of petitions, CONCLUDED of a team, the others of recommendations."""

TAKEN_UP = "voters.supervised"
CONCLUDED = "voters.team_concluded"
REPORTED = "voters.demand_reported"
SENT_BACK = "voters.demand_sent_back"
ASKED_WHY = "voters.demand_asked_why"
MEASURED = "voters.demand_measured"
DUE_SOON = "voters.demand_due_soon"  # no event: the kind of notice the daily job gives
