"""What deputies do with the petitions of their constituency: read, follow, add words, be told when something moves.

A deputy of a province's council reads what the communes of the own groups handed up; one of a commune's council what that
commune raised. Names of voters are never shown here. Law: Law 72/2025/QH15 on what deputies follow for their voters.
"""
