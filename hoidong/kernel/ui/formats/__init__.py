"""Formats for dates and numbers. Django's own Vietnamese formats read 01/02/2026 as 2 January and refuse 22/11/2026."""
