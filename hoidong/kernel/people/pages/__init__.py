"""The pages: one's own account, the people of a unit and what is done to them, the first run."""
