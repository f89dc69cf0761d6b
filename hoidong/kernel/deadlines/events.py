"""What is told of deadlines. Payload of both: what a receiver needs beside `ids`."""

CALENDAR_CHANGED = "deadlines.calendar_changed"  # reason
MOVED = "deadlines.moved"  # ids of the records, subject_kind, duty: the last day is another one now
