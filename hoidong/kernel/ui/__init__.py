"""What every page is made of: layouts, components, forms, icons, charts, and how htmx and messages are used.

No domain word and no model lives here; settings name what the shell shows (NAVIGATION, SHELL_COUNTS, SHELL_LINKS).
How to build a page: docs/modules/kernel-ui.md.
"""
