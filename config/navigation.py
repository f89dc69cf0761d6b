"""What stands on the left of the page, by what a person's post allows."""


def sections(actor):
    """The navigation for one person: a list of sections with items. Counts are cheap, or absent."""
    return []
