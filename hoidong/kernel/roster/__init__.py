"""Lists of people brought in from Excel: officials and deputies of a unit, with account and post, in one lot.

Stands above `people` and `sheets`, which know nothing of it. Accounts come without a password: the administrator prints
slips for those who never signed in. Identity numbers are not taken here, for a lot keeps what the sheet said.
Law 91/2025/QH15 on personal data.
"""
