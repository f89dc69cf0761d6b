"""What can be refused, and why. The text of a refusal is shown to people as it is, so it says what to change."""


class Refused(Exception):
    """Something a person asked for cannot be done. `reason` is a whole Vietnamese sentence."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason

    def __str__(self):
        return str(self.reason)


class NotAllowed(Refused):
    """This person, or this state, does not allow it."""


class Stale(Refused):
    """Someone else changed the record in the meantime; the caller keeps what was typed and shows both."""


class Invalid(Refused):
    """A value that cannot be taken. `field` names the place to mend, if there is one."""

    def __init__(self, reason, field=None):
        super().__init__(reason)
        self.field = field
