"""Invented petitions with who answers them."""

from pathlib import Path

import pytest
import yaml


@pytest.fixture(scope="session")
def invented():
    """The rows of petitions.yaml."""
    return yaml.safe_load((Path(__file__).parent / "petitions.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def record(actor):
    """`record("xa", text, …)`: a petition written down by somebody of the demo."""
    from hoidong.citizens.voters import actions
    from hoidong.council.meetings import queries as sessions

    def write(name, *texts, **more):
        by = actor(name)
        drafts = [actions.Draft(text=text, **more) for text in texts]
        return actions.record_petitions(
            drafts, office=by.unit.area, session=sessions.current_session(by), phase="before", by=by
        )

    return write
