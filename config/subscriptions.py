"""Which event is heard by whom: the one list. Events are written by `outbox.publish`, receivers run in the worker."""

SUBSCRIPTIONS = {}
