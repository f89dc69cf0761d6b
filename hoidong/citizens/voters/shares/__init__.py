"""One petition for several bodies: the lead body (chủ trì) answers, coordinating bodies (phối hợp) each give it their part.

A coordinating body reads the petition's words and what it is asked, on pages of its own, never names of voters and nothing
else of the record; `voters.queries.petitions_for` stays as it is.
"""
