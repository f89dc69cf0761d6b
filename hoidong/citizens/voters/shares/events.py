"""What the parts of coordinating bodies tell others. Each event carries `ids`, the numbers of the shares."""

ASKED = "voters.share_asked"
GIVEN = "voters.share_given"
RETURNED = "voters.share_returned"
WITHDRAWN = "voters.share_withdrawn"
