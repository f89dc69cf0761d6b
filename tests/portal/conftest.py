"""Published petitions of one commune."""

import pytest

from hoidong.citizens.voters import actions
from hoidong.citizens.voters.actions.listing import list_publicly
from hoidong.citizens.voters.models import Petition
from hoidong.citizens.voters.states import Phase, Source
from hoidong.council.meetings import queries as sessions


@pytest.fixture
def write(actor):
    """`write("words", …)`: petitions of the first commune, handed up to the city."""

    def write(*texts, **more):
        clerk = actor("xa")
        made = actions.record_petitions(
            [actions.Draft(text=text, **more) for text in texts], office=clerk.unit.area, session=sessions.current_session(clerk),
            phase=Phase.BEFORE, source=Source.LETTER, by=clerk,
        )  # fmt: skip
        actions.hand_up(Petition.objects.filter(pk__in=[one.pk for one in made]), by=clerk)
        return list(Petition.objects.filter(pk__in=[one.pk for one in made]).order_by("pk"))

    return write


@pytest.fixture
def listed(write, actor):
    """`listed(3)`: so many petitions in the public list of the first commune."""

    def listed(count):
        made = write(
            *(f"Đề nghị sửa đường Quýtđấm số {place}." for place in range(count)), speaker="Bà Kínnằm", hamlet="Xóm Kínnằm"
        )
        for petition in made:
            list_publicly(petition, by=actor("chuyenvien"))
        return made

    return listed
