"""What the vault tells others: which box and who, never a word of what is in it."""

OPENED = "vault.opened"  # box, account
BROKEN = "vault.broken"  # ids of requests
