"""Who sees what of rounds: with data that could leak; every state × every move; what lists cost."""

import pytest

from hoidong.citizens.voters.actions import planned, rounds
from hoidong.citizens.voters.models import PlannedMeeting, Round
from hoidong.citizens.voters.rounds import moves, queries
from hoidong.citizens.voters.rounds.states import PlannedState, RoundState
from hoidong.kernel import workflow
from hoidong.kernel.base.errors import Invalid, NotAllowed
from tests.citizens.voters.days import typed

pytestmark = pytest.mark.django_db
pytest_plugins = ["tests.citizens.voters.rounds_fixtures"]
DRAFT_PAGES = ("", "sua/", "dan/", "cong-bo/", "viec/withdraw_round/", "ke-hoach/docx/", "ke-hoach/xlsx/")
OFFICE_PAGES = ("sua/", "dan/", "them/", "viec/withdraw_round/")
STRANGERS = ("soxaydung", "phongxa", "daibieu", "quantri", "quantrixa", "hethong")


def put(found, state):
    """A round in this state, by SQL past the moves: tests only."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hoidong.move', 'yes', true)")
        Round.objects.filter(pk=found.pk).update(state=state)
        cursor.execute("SELECT set_config('hoidong.move', '', true)")
    return Round.objects.get(pk=found.pk)


def test_a_draft_is_there_for_its_own_office_alone(signed_in, planned_in):
    found, _rows = planned_in({"venue": "Nơi Bí Mật"})
    for username in (*STRANGERS, "xa", "xa2"):
        client = signed_in(username)
        for part in DRAFT_PAGES:
            assert client.get(f"/cu-tri/dot-tiep-xuc/{found.pk}/{part}").status_code == 404, (username, part)
    for part in DRAFT_PAGES:
        assert signed_in("chuyenvien2").get(f"/cu-tri/dot-tiep-xuc/{found.pk}/{part}").status_code == 200, part


@pytest.mark.parametrize("username", [*STRANGERS, None])
def test_who_does_not_work_for_a_council_sees_no_round(actor, username):
    by = actor(username) if username else None
    assert not queries.rounds_for(by).exists()
    if username != "daibieu":
        assert not queries.planned_for(by).exists()


def test_a_commune_sees_of_a_published_round_its_own_meetings_only(actor, signed_in, under_way):
    own = actor("xa2").unit.area_id
    assert set(queries.planned_for(actor("xa2")).values_list("commune", flat=True)) == {own}
    page = signed_in("xa2").get(f"/cu-tri/dot-tiep-xuc/{under_way.pk}/").content.decode()
    assert "Hội trường Ủy ban nhân dân" in page
    assert "Trung tâm văn hóa" not in page
    foreign = under_way.planned.exclude(commune=own).first()
    assert signed_in("xa2").get(f"/cu-tri/dot-tiep-xuc/hoi-nghi/{foreign.pk}/").status_code == 404


@pytest.mark.parametrize("part", OFFICE_PAGES)
def test_a_commune_changes_nothing_of_the_citys_round(signed_in, under_way, part):
    assert signed_in("xa").get(f"/cu-tri/dot-tiep-xuc/{under_way.pk}/{part}").status_code == 404


@pytest.mark.parametrize("part", ["doi/", "huy/"])
@pytest.mark.parametrize("username", ["xa", "daibieu", "soxaydung"])
def test_only_the_office_that_plans_changes_a_meeting(signed_in, under_way, part, username):
    row = under_way.planned.get(place=9)
    assert signed_in(username).get(f"/cu-tri/dot-tiep-xuc/hoi-nghi/{row.pk}/{part}").status_code == 404


def test_a_commune_urges_nobody(signed_in, under_way, actor):
    assert signed_in("xa").post(f"/cu-tri/dot-tiep-xuc/{under_way.pk}/don-doc/").status_code == 404
    with pytest.raises(NotAllowed):
        planned.urge(PlannedMeeting.objects.filter(round=under_way), by=actor("xa"))


def test_a_deputy_sees_the_own_and_the_groups_announced_meetings_only(actor, signed_in, under_way, planned_in):
    planned_in({"group": "tổ 1", "venue": "Nơi Bí Mật"})
    by = actor("daibieu")
    seen = queries.planned_for(by)
    assert set(seen.values_list("group__name", flat=True)) == {"Tổ đại biểu số 1"}
    assert not seen.filter(announced_at=None).exists()
    page = signed_in("daibieu").get("/cu-tri/lich-cua-toi/").content.decode()
    assert "Nhà văn hóa khu 7" in page
    assert "Nơi Bí Mật" not in page
    assert "Nhà văn hóa thôn Thượng" not in page  # the other group's
    foreign = under_way.planned.get(place=6)
    assert signed_in("daibieu").get(f"/cu-tri/dot-tiep-xuc/hoi-nghi/{foreign.pk}/").status_code == 404


def test_the_note_of_the_office_stays_in_the_office(published, signed_in, client, actor):
    _found, (row,) = published({"note": "Ghi Chú Kín", "group": "tổ 1", "commune": actor("xa").unit.area.name})
    assert "Ghi Chú Kín" in signed_in("chuyenvien").get(f"/cu-tri/dot-tiep-xuc/hoi-nghi/{row.pk}/").content.decode()
    for username in ("xa", "daibieu"):
        assert "Ghi Chú Kín" not in signed_in(username).get(f"/cu-tri/dot-tiep-xuc/hoi-nghi/{row.pk}/").content.decode()
    client.logout()
    code = row.commune.code
    for address in (f"/cong/lich-tiep-xuc/?noi={code}", f"/cong/lich-tiep-xuc/{code}.ics"):
        answer = client.get(address).content.decode()
        assert "Nhà văn hóa thôn 1" in answer
        assert "Ghi Chú Kín" not in answer


def test_the_public_sees_nothing_of_a_draft_and_all_of_what_was_announced(client, planned_in, under_way):
    planned_in({"venue": "Nơi Bí Mật"})
    for address in ("/cong/lich-tiep-xuc/", "/cong/lich-tiep-xuc/?xem=qua", "/cong/lich-tiep-xuc/01.ics"):
        assert "Nơi Bí Mật" not in client.get(address).content.decode()
    page = client.get("/cong/lich-tiep-xuc/").content.decode()
    assert "Nhà văn hóa khu 7" in page
    assert "Hội trường trường Tiểu học" in page  # what it was before the change
    assert "Gộp với hội nghị tại thôn Thượng" in page  # why one was called off


def test_the_public_page_of_one_commune_shows_no_other(client, under_way):
    row = under_way.planned.select_related("commune").get(place=9)
    page = client.get(f"/cong/lich-tiep-xuc/?noi={row.commune.code}").content.decode()
    assert row.venue in page
    assert "Hội trường phường" not in page


@pytest.mark.parametrize("code", ["00000x", "01.HDND", "'; --", "999999"])
def test_the_public_page_of_no_place_is_not_there(client, db, code):
    assert client.get("/cong/lich-tiep-xuc/", {"noi": code}).status_code == 404


def test_the_public_page_asks_for_no_cookie_and_may_be_cached(client, db):
    answer = client.get("/cong/lich-tiep-xuc/")
    assert "sessionid" not in answer.cookies
    assert "max-age" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("username", [*STRANGERS, "xa", "xa2", None])
def test_pages_for_planning_are_not_there_for_others(client, signed_in, username):
    visitor = signed_in(username) if username else client
    expected = {302} if username is None else ({200} if username.startswith("xa") else {404})
    for address in ("/cu-tri/dot-tiep-xuc/", "/cu-tri/dot-tiep-xuc/moi/", "/cu-tri/to-dai-bieu/"):
        assert {visitor.get(address).status_code} == expected, address


def test_another_councils_group_is_not_there(signed_in, actor):
    from hoidong.kernel.units import queries as units

    group = units.bodies_of(units.at("01"), "deputies_group").first()
    assert signed_in("xa").get(f"/cu-tri/to-dai-bieu/{group.pk}/").status_code == 404
    with pytest.raises(NotAllowed):
        rounds.set_constituency(group, [actor("xa").unit.area], by=actor("xa"))


@pytest.mark.parametrize("state", RoundState.values)
@pytest.mark.parametrize("code", [move.code for move in moves.MOVES])
def test_every_state_and_every_move_of_a_round(draft, actor, state, code):
    move = next(one for one in moves.MOVES if one.code == code)
    found = put(draft(), state)
    if state in move.sources:
        assert workflow.make(move, found, by=actor("chuyenvien"), reason="vì thử nghiệm").state == move.target
    else:
        with pytest.raises(NotAllowed):
            workflow.make(move, found, by=actor("chuyenvien"), reason="vì thử nghiệm")
        assert Round.objects.get(pk=found.pk).state == state


@pytest.mark.parametrize("code", [move.code for move in moves.MOVES])
@pytest.mark.parametrize("username", [*STRANGERS, "xa"])
def test_people_of_other_places_move_no_round(draft, actor, code, username):
    move = next(one for one in moves.MOVES if one.code == code)
    found = put(draft(), sorted(move.sources)[0])
    with pytest.raises(NotAllowed):
        workflow.make(move, found, by=actor(username), reason="vì thử nghiệm")


def test_withdrawing_needs_a_reason(draft, actor):
    with pytest.raises(Invalid) as refusal:
        rounds.withdraw(draft(), by=actor("chuyenvien"), reason=" ")
    assert refusal.value.field == "reason"


@pytest.mark.parametrize("state", PlannedState.values)
def test_a_meeting_is_called_off_once(published, actor, state):
    _found, (row,) = published({})
    if state == PlannedState.CALLED_OFF:
        planned.call_off(row, by=actor("chuyenvien"), reason="Bão")
        with pytest.raises(NotAllowed):
            planned.call_off(row, by=actor("chuyenvien"), reason="Bão")
    else:
        assert planned.call_off(row, by=actor("chuyenvien"), reason="Bão").state == "called_off"


def test_a_meeting_that_was_held_is_not_called_off_nor_moved(under_way, actor, signed_in):
    held = under_way.planned.get(place=1)
    with pytest.raises(NotAllowed, match="đã được ghi"):
        planned.call_off(held, by=actor("chuyenvien"), reason="Bão")
    assert signed_in("chuyenvien").get(f"/cu-tri/dot-tiep-xuc/hoi-nghi/{held.pk}/doi/").status_code == 404


@pytest.mark.parametrize(
    ("username", "address", "most"),
    [
        ("chuyenvien", "/cu-tri/dot-tiep-xuc/", 14), ("chuyenvien", "/cu-tri/dot-tiep-xuc/{round}/", 20),
        ("xa2", "/cu-tri/dot-tiep-xuc/{round}/", 20), ("daibieu", "/cu-tri/lich-cua-toi/", 14),
        (None, "/cong/lich-tiep-xuc/", 8), (None, "/cong/lich-tiep-xuc/01.ics", 6),
        ("chuyenvien", "/cu-tri/dot-tiep-xuc/hoi-nghi/{row}/", 20), ("chuyenvien", "/cu-tri/to-dai-bieu/", 14),
    ],
)  # fmt: skip
def test_pages_cost_the_same_with_more_rows(signed_in, client, cost, published, under_way, communes, username, address, most):
    visitor = signed_in(username) if username else client
    row = under_way.planned.get(place=9)
    place = address.format(round=under_way.pk, row=row.pk)
    few = cost(visitor, place)
    for again in range(3):
        published(
            *(
                {"group": "tổ 1", "commune": unit.name, "held_on": typed(40 + again * 6 + index)}
                for index, unit in enumerate(communes[:6])
            )
        )
    assert cost(visitor, place) <= few
    assert few <= most


def test_the_grid_costs_the_same_for_two_rows_and_for_forty(signed_in, cost, planned_in, communes):
    client = signed_in("chuyenvien")
    costs = []
    for count in (2, 40):
        found, _rows = planned_in(*({"commune": communes[place % 8].name} for place in range(count)))
        costs.append(cost(client, f"/cu-tri/dot-tiep-xuc/{found.pk}/"))
    assert costs[1] <= costs[0] <= 26


def test_saving_forty_rows_costs_what_two_do(planned_in, communes, actor):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    costs = []
    for count in (2, 40):
        with CaptureQueriesContext(connection) as captured:
            planned_in(*({"commune": communes[place % 8].name, "group": "tổ 1"} for place in range(count)))
        costs.append(len(captured))
    assert costs[1] == costs[0]
