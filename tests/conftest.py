"""What every test stands on: a real PostgreSQL, real units and law, a small office (tests/office.py), both languages."""

from config import messages
from tests.testing import group

pytest_plugins = ["tests.office"]

messages.compile_changed()


def pytest_collection_modifyitems(items):
    """The longest groups begin; within one the order of the files stays, but for those that need the demo untouched."""
    items.sort(key=lambda item: (_FIRST.get(group(item.nodeid), len(_FIRST)), item.path.name not in _UNTOUCHED))


_FIRST = {"journeys": 0, "processes": 1}
# They look for petitions that are late or still with a body; the other stories have them answered.
_UNTOUCHED = ("test_supervision.py", "test_urging.py")
