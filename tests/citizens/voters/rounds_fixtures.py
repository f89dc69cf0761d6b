"""A draft to type into, and the city's communes and groups, for the tests of rounds."""

import pytest

from hoidong.citizens.voters.actions import plan_rows, rounds
from hoidong.citizens.voters.models import PlannedMeeting, Round
from hoidong.citizens.voters.states import Phase
from hoidong.council.meetings import queries as sessions
from hoidong.kernel.units import queries as units
from tests.citizens.voters.days import day, typed


@pytest.fixture
def communes(db):
    """The first communes of the city, those of the demo's groups."""
    return list(units.communes_of(units.at("01"))[:8])


@pytest.fixture
def draft(actor):
    """`draft()`: a draft of the city's office for the time before the session."""

    def make(username="chuyenvien", **more):
        by = actor(username)
        found = Round(
            area=by.unit.area, session=sessions.current_session(by),
            **{"phase": Phase.BEFORE, "starts_on": day(1), "ends_on": day(60), **more},
        )  # fmt: skip
        return rounds.open_round(found, by=by)

    return make


@pytest.fixture
def planned_in(draft, actor, communes):
    """`planned_in([{…cells…}, …])`: a draft with these rows; what is not said is filled. Returns (round, rows)."""

    def make(*rows, found=None, username="chuyenvien"):
        found = found or draft(username)
        filled = [
            {
                "place": place, "commune": communes[6].name, "held_on": typed(8 + place), "starts_at": "8h00",
                "venue": f"Nhà văn hóa thôn {place}", **row,
            }
            for place, row in enumerate(rows, start=1)
        ]  # fmt: skip
        plan_rows.save_rows(found, filled, by=actor(username))
        return found, list(PlannedMeeting.objects.filter(round=found).order_by("place"))

    return make


@pytest.fixture
def published(planned_in, actor):
    """`published({…}, …)`: the same, published. Returns (round, rows)."""

    def make(*rows, username="chuyenvien", **more):
        found, _rows = planned_in(*rows, username=username, **more)
        rounds.publish(found, by=actor(username))
        return Round.objects.get(pk=found.pk), list(PlannedMeeting.objects.filter(round=found).order_by("place"))

    return make


@pytest.fixture
def under_way(db):
    """The demo's published round."""
    return Round.objects.get(plan_number="118/KH-HĐND")
