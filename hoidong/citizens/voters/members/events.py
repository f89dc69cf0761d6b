"""What deputies' doings tell others. The event carries `ids` and `word`, the number of the words."""

SPOKEN = "voters.deputy_spoke"
