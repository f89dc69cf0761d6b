"""Petitions that wait for a department, and its letter that answers them."""

import pytest

from hoidong.citizens.voters.actions import replies as actions

from .letters import TEXTS, docx, numbered, upload


@pytest.fixture
def waiting(write, hand_up, send):
    """Four petitions with the department of construction since today. Returns them in the order of TEXTS."""
    made = write(*TEXTS)
    hand_up(made)
    waiting.letter = send(made, with_paper=False)
    return made


@pytest.fixture
def brought(actor, waiting):
    """A letter of the department that answers the four, brought by itself."""
    return actions.bring(upload(docx(*numbered())), by=actor("soxaydung"))
