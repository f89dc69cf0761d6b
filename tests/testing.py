"""Loaded before everything else (see pyproject.toml): the settings must know that this is a test, and who runs what."""

import os

os.environ["HD_TESTING"] = "yes"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# Tests with real servers beside them wait for each other in one worker, so that two cores are enough for their clocks.
PROCESSES = (
    "tests/config/test_backup.py",
    "tests/config/test_replica.py",
    "tests/config/test_start.py",
    "tests/kernel/live/test_browser.py",
    "tests/kernel/live/test_server.py",
    "tests/kernel/outbox/test_worker.py",
    "tests/kernel/workflow/test_at_once.py",
)


def group(nodeid):
    """What has to run in one worker, in order: all stories of the browser, all tests with processes, else one file."""
    path = nodeid.split("::", 1)[0]
    if path.startswith("tests/journeys/"):
        return "journeys"
    return "processes" if path in PROCESSES else path


def pytest_xdist_make_scheduler(config, log):
    """Deal out by `group`; the marks of xdist itself ask for an inner of pytest that 9.2 no longer has."""
    from xdist.scheduler import LoadScopeScheduling

    class ByGroup(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return group(nodeid)

    return ByGroup(config, log)
