"""The demo shows a supervision team at each station: concluded, a recommendation being carried out, one to be explained."""

import pytest

from demo import supervision
from hoidong.citizens.voters.models import Demand, SupervisionTeam

pytestmark = pytest.mark.django_db


def test_the_demo_has_a_team_that_concluded_and_a_body_that_has_to_explain_itself(signed_in):
    supervision.load()

    team = SupervisionTeam.objects.get()
    assert (team.state, team.items.count() > 0) == ("concluded", True)
    assert sorted(Demand.objects.values_list("state", flat=True)) == ["asked_why", "open"]
    assert "Chờ giải trình" in signed_in("soxaydung").get("/cu-tri/kien-nghi-giam-sat/?xem=why").content.decode()
