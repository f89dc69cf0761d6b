"""What every test needs: the database with its triggers, and people of the office who act."""

import os

os.environ.setdefault("HD_TESTING", "yes")
