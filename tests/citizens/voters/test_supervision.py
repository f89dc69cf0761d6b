"""A supervision team takes up petitions, writes what it found, concludes, and follows what it asked bodies for."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from hoidong.citizens.voters import reports
from hoidong.citizens.voters.models import Demand, Origin, Petition, SupervisionItem, SupervisionTeam, TeamMember
from hoidong.citizens.voters.states import S
from hoidong.citizens.voters.supervision import actions as deeds
from hoidong.citizens.voters.supervision import demands, moves, paper, queries, receivers
from hoidong.citizens.voters.supervision.states import DemandState as D
from hoidong.citizens.voters.supervision.states import Part
from hoidong.citizens.voters.supervision.states import TeamState as T
from hoidong.council.meetings import queries as sessions
from hoidong.kernel import audit, files, workflow
from hoidong.kernel.audit.models import AuditEntry
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed, Stale
from hoidong.kernel.notices.models import Notice
from hoidong.kernel.outbox.models import Event
from tests.citizens.voters.conftest import said
from tests.citizens.voters.days import day, typed

LIST = "/cu-tri/doan-giam-sat/"
BODY_LIST = "/cu-tri/kien-nghi-giam-sat/"
NAME = "Bà Trần Kínsát Thử"
FINDING = "Cầu đã làm trụ, chưa lắp lan can; Sở báo cáo chưa đúng thực tế."
ASKED = "Lắp xong lan can cầu trước mùa mưa."
VIETNAMESE = re.compile("[ăâđêôơưàảãáạầấậèéẹềếệìíòóọồốộờớợùúụừứựỳý]", re.I)
STRANGERS = ("xa", "xa2", "phongxa", "sonongnghiep", "soxaydung", "daibieu", "quantri", "quantrixa", "hethong")


@pytest.fixture
def led(write, hand_up, send):
    """Two petitions that the department of construction has to answer. A queryset."""
    made = write("Đề nghị sửa cầu Khoặcsát đầu xóm.", "Đề nghị làm lan can cầu Khoặcsát.", speaker=NAME, hamlet="Xóm Kínsát")
    petitions = hand_up(made)
    send(made, with_paper=False)
    return petitions


@pytest.fixture
def found(actor):
    """`found()`: a team of the city, its head of the standing committee. Returns the SupervisionTeam."""

    def found(by="chuyenvien", head="thuongtruc", members=()):
        office = actor(by).unit
        team = SupervisionTeam(
            area=office.area, issuer=office, name="Đoàn giám sát cầu đường", decision_number="15/QĐ-HĐND", decision_date=day(-20),
            starts_on=day(-10), ends_on=day(30),
        )  # fmt: skip
        seats = [(actor(head).person, Part.HEAD), *((actor(one).person, Part.MEMBER) for one in members)]
        return deeds.found_team(team, seats, by=actor(by))

    return found


@pytest.fixture
def team(found, led, actor):
    """A team with both petitions in its group."""
    team = found()
    deeds.take_up(team, led, by=actor("chuyenvien"))
    return team


@pytest.fixture
def find(actor):
    """`find(team)`: the team's findings of its whole group."""

    def find(team, by="thuongtruc"):
        for item in team.items.order_by("pk"):
            deeds.find(item, words=FINDING, seen="working", pace="late", advice="carry", by=actor(by))

    return find


@pytest.fixture
def ask(actor):
    """`ask(team)`: what the department of construction is asked for, as a draft. Returns the Demand."""

    def ask(team, body="soxaydung", due=60):
        return demands.draft(
            team, by=actor("chuyenvien"), body=actor(body).unit, words=ASKED, person="Giám đốc Sở", due_on=day(due)
        )

    return ask


@pytest.fixture
def conclude(actor, find):
    """`conclude(team)`: the team concludes today."""

    def conclude(team):
        find(team)
        return deeds.conclude(
            team, words="Phần lớn đã làm.\nCòn chậm ở lan can.", number="03/KL-ĐGS", day=dates.today(), signer="Vũ Đình Khải",
            signer_title="TM. ĐOÀN GIÁM SÁT – TRƯỞNG ĐOÀN", by=actor("chuyenvien"),
        )  # fmt: skip

    return conclude


def last(name):
    return Event.objects.filter(name=name).latest("id")


def fields(actor, **change):
    """What the form of a team sends."""
    return {
        "name": "Đoàn giám sát kênh mương", "issuer": actor("chuyenvien").unit.pk, "decision_number": "16/QĐ-HĐND",
        "decision_date": typed(-3), "starts_on": typed(0), "ends_on": typed(30), "head": actor("thuongtruc").person.pk,
        "secretary": actor("chuyenvien").person.pk, "members": [actor("daibieu").person.pk], "others": "Ông A, chuyên gia",
    } | change  # fmt: skip


@pytest.mark.parametrize("username", ["chuyenvien", "lanhdao", "thuongtruc"])
def test_the_councils_side_founds_a_team_on_the_page(signed_in, actor, username):
    client = signed_in(username)
    assert client.get(LIST + "moi/").status_code == 200
    answer = client.post(LIST + "moi/", fields(actor))
    team = SupervisionTeam.objects.get()
    assert answer.status_code == 302
    assert {(one.person_id, one.part) for one in team.members.all()} == {
        (actor("thuongtruc").person.pk, "head"), (actor("chuyenvien").person.pk, "secretary"), (actor("daibieu").person.pk, "member"),
    }  # fmt: skip
    page = client.get(team.get_absolute_url()).content.decode()
    assert "16/QĐ-HĐND" in page
    assert "Lập đoàn" in page
    assert client.post(f"{team.get_absolute_url()}sua/", fields(actor, name="Đoàn giám sát hồ chứa")).status_code == 302
    team.refresh_from_db()
    assert team.name == "Đoàn giám sát hồ chứa"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"head": ""}, "head"), ({"ends_on": typed(-40)}, "ends_on"), ({"decision_date": typed(2)}, "decision_date"),
        ({"name": ""}, "name"), ({"decision_number": ""}, "decision_number"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_team_is_said_at_its_field_and_what_was_typed_stays(signed_in, actor, change, field):
    answer = signed_in("chuyenvien").post(LIST + "moi/", fields(actor, others="Chuyên gia Nguyễn", **change))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Chuyên gia Nguyễn" in answer.content.decode()
    assert not SupervisionTeam.objects.exists()


def test_nobody_of_another_unit_is_offered_as_a_member(signed_in, actor):
    offered = set(signed_in("chuyenvien").get(LIST + "moi/").context["form"].fields["head"].queryset)
    assert {actor(one).person for one in ("chuyenvien", "thuongtruc", "daibieu")} <= offered
    assert not offered & {actor(one).person for one in ("xa", "soxaydung", "phongxa", "quantri", "hethong")}


def test_petitions_are_taken_up_many_at_once_from_the_worklist(found, led, signed_in):
    team, client = found(), signed_in("chuyenvien")
    address = reverse("voters:move", args=["supervise"])
    assert address in client.get("/cu-tri/kien-nghi/?xem=sent").content.decode()
    keys = list(led.values_list("pk", flat=True))
    assert "Đoàn giám sát cầu đường" in client.get(address, {"chon": keys}).content.decode()
    assert client.post(address, {"chon": keys, "lam": "1", "team": team.pk}).status_code == 302
    assert set(team.items.values_list("petition", flat=True)) == set(keys)
    assert AuditEntry.objects.filter(action="voters.supervise").count() == 2
    again = client.post(address, {"chon": keys, "lam": "1", "team": team.pk})
    assert again.status_code == 422
    assert "đã ở trong Đoàn giám sát cầu đường" in again.content.decode()
    page = client.get(led.first().get_absolute_url()).content.decode()
    assert "Đoàn giám sát xem xét" in page
    assert "Đoàn giám sát cầu đường" in page


def test_a_whole_filtered_list_is_taken_up_and_nothing_beside_it(found, led, signed_in, actor, petition_in):
    team, client = found(), signed_in("chuyenvien")
    body = actor("soxaydung").unit
    query = f"chon/?xem=sent&co-quan={body.pk}&tu-khoa=Khoặcsát"
    assert "doan-giam-sat/" + query.split("=")[0] in client.get("/cu-tri/kien-nghi/?xem=sent").content.decode()
    assert "Đưa 2 kiến nghị" in client.get(LIST + query).content.decode()
    assert client.post(LIST + query, {"team": team.pk}).status_code == 302
    assert {item.petition for item in team.items.all()} == set(led)
    refused = client.post(LIST + query, {"team": team.pk})
    assert refused.status_code == 422
    assert client.get(LIST + "chon/?xem=classified").status_code == 200


def test_a_list_that_is_too_long_is_refused_whole(found, led, signed_in, monkeypatch):
    monkeypatch.setattr(deeds, "AT_ONCE", 1)
    team = found()
    answer = signed_in("chuyenvien").post(LIST + "chon/?xem=sent&tu-khoa=Khoặcsát", {"team": team.pk})
    assert answer.status_code == 422
    assert "tối đa 1 kiến nghị" in answer.content.decode()
    assert not team.items.exists()


def test_a_petition_without_a_finding_is_let_go_and_one_with_a_finding_is_not(team, find, signed_in, actor):
    first, second = team.items.order_by("pk")
    client = signed_in("chuyenvien")
    assert client.post(reverse("voters:team_take_out", args=[first.pk])).status_code == 302
    assert "voters.unsupervise" in [entry.action for entry in audit.entries_about(first.petition)]
    find(team)
    client.post(reverse("voters:team_take_out", args=[second.pk]))
    assert list(team.items.all()) == [second]


def test_findings_are_written_one_after_the_other(team, signed_in):
    first, second = team.items.order_by("pk")
    client = signed_in("thuongtruc")
    page = client.get(first.get_absolute_url())
    assert "Khoặcsát" in page.content.decode()
    data = {"words": FINDING, "seen": "working", "pace": "late", "advice": "", "mark": deeds.mark_of(first)}
    refused = client.post(first.get_absolute_url(), data | {"seen": ""})
    assert refused.status_code == 422
    assert "chưa lắp lan can" in refused.content.decode()
    answer = client.post(first.get_absolute_url(), data | {"next": "1"})
    assert answer.url == second.get_absolute_url()
    first.refresh_from_db()
    assert (first.words, first.seen, first.found_on) == (FINDING, "working", dates.today())


def test_of_two_who_write_the_same_finding_the_second_is_told_and_keeps_the_words(team, actor, signed_in):
    item = team.items.order_by("pk").first()
    mark = deeds.mark_of(item)
    deeds.find(item, words="Đã xong.", seen="solved", pace="on_time", advice="", by=actor("thuongtruc"), mark=mark)
    with pytest.raises(Stale):
        deeds.find(item, words="Chưa xong.", seen="nothing", pace="late", advice="", by=actor("chuyenvien"), mark=mark)
    data = {"words": "Chưa xong đâu.", "seen": "nothing", "pace": "late", "advice": "", "mark": mark}
    answer = signed_in("chuyenvien").post(item.get_absolute_url(), data)
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "Chưa xong đâu." in words
    assert "Đã xong." in words
    data["mark"] = re.search(r'name="mark" value="(\w+)"', words)[1]
    assert signed_in("chuyenvien").post(item.get_absolute_url(), data).status_code == 302


def test_a_deputy_in_the_team_reads_its_group_and_writes_but_leads_nothing(found, led, actor, signed_in):
    team = found(members=("daibieu",))
    deeds.take_up(team, led, by=actor("chuyenvien"))
    item = team.items.order_by("pk").first()
    client = signed_in("daibieu")
    desk = client.get("/ban-lam-viec/").content.decode()
    assert "Kiến nghị đoàn giám sát chờ nhận xét" in desk
    assert f'href="{LIST}"' in desk
    assert "Đoàn giám sát cầu đường" in client.get(LIST + "?xem=mine").content.decode()
    words = client.get(item.get_absolute_url()).content.decode()
    assert "Khoặcsát" in words
    for address in (LIST, team.get_absolute_url(), item.get_absolute_url(), f"{team.get_absolute_url()}ban-in/docx/"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "Kínsát" not in said(answer.content), address
    data = {"words": FINDING, "seen": "working", "pace": "late", "advice": "", "mark": deeds.mark_of(item)}
    assert client.post(item.get_absolute_url(), data).status_code == 302
    for path in ("sua/", "ket-luan/", "de-nghi/", "viec/cancel_team/"):
        assert client.get(team.get_absolute_url() + path).status_code == 404, path
    assert client.post(reverse("voters:team_take_out", args=[item.pk])).status_code == 404
    assert client.get(LIST + "moi/").status_code == 404


def test_the_conclusion_waits_for_every_finding(team, actor, ask, signed_in):
    ask(team)
    with pytest.raises(NotAllowed, match="còn 2 kiến nghị chưa có nhận xét"):
        deeds.conclude(team, words="Xong.", number="", day=dates.today(), signer="A", signer_title="", by=actor("chuyenvien"))
    assert Demand.objects.get().state == D.DRAFT
    client = signed_in("chuyenvien")
    address = f"{team.get_absolute_url()}ket-luan/"
    assert "chưa có nhận xét" in client.get(address).content.decode()
    answer = client.post(
        address, {"words": "Kết luận gõ dở.", "number": "1", "day": typed(0), "signer": "A", "signer_title": "B"}
    )
    assert answer.status_code == 422
    assert "Kết luận gõ dở." in answer.content.decode()


def test_an_empty_team_does_not_conclude(found, actor):
    with pytest.raises(NotAllowed, match="chưa có kiến nghị nào"):
        deeds.conclude(
            found(), words="Xong.", number="", day=dates.today(), signer="A", signer_title="", by=actor("chuyenvien")
        )


@pytest.mark.parametrize("days", [1, -21])
def test_a_conclusion_has_a_day_between_the_decision_and_today(team, find, actor, days):
    find(team)
    with pytest.raises(Invalid) as refusal:
        deeds.conclude(team, words="Xong.", number="", day=day(days), signer="A", signer_title="B", by=actor("chuyenvien"))
    assert refusal.value.field == "day"


def test_with_the_conclusion_bodies_are_asked_told_and_the_paper_is_kept(team, ask, conclude, actor, led):
    demand = ask(team)
    team = conclude(team)
    demand.refresh_from_db()
    assert (team.state, demand.state) == (T.CONCLUDED, D.OPEN)
    assert team.paper_id
    assert "voters.supervised_end" in [entry.action for entry in audit.entries_about(led.first())]
    receivers.tell_concluded(last("voters.team_concluded"))
    told = Notice.objects.get(kind="voters.team_concluded", account=actor("soxaydung").account)
    assert told.url == demand.get_absolute_url()
    assert Notice.objects.filter(kind="voters.team_concluded", account=actor("thuongtruc").account).exists()


def test_the_paper_says_members_findings_and_recommendations(team, ask, conclude):
    ask(team)
    words = said(paper.draft(conclude(team)))
    for part in (
        "KẾT LUẬN",
        "03/KL-ĐGS",
        "Vũ Đình Khải",
        "15/QĐ-HĐND",
        FINDING,
        ASKED,
        "Giám đốc Sở",
        "Còn chậm ở lan can.",
        "chậm tiến độ",
    ):
        assert part in words, part
    assert "Kínsát" not in words


def test_the_body_reads_its_part_after_the_conclusion_and_nothing_before(team, ask, find, conclude, led, signed_in):
    demand = ask(team)
    find(team)
    client = signed_in("soxaydung")
    record = client.get(led.first().get_absolute_url()).content.decode()
    assert "Đoàn giám sát cầu đường" in record
    assert "lan can; Sở báo cáo" not in record
    assert client.get(demand.get_absolute_url()).status_code == 404
    assert ASKED not in client.get(BODY_LIST).content.decode()
    conclude(team)
    record = client.get(led.first().get_absolute_url()).content.decode()
    assert "lan can; Sở báo cáo" in record
    assert "Theo dõi ở kỳ họp sau" not in record
    assert team.get_absolute_url() not in record
    assert ASKED in client.get(BODY_LIST).content.decode()
    desk = client.get("/ban-lam-viec/").content.decode()
    assert "Kiến nghị giám sát phải thực hiện" in desk
    assert client.get(team.get_absolute_url()).status_code == 404


def test_the_body_reports_the_office_sends_back_then_accepts_and_the_team_is_closed(team, ask, conclude, actor, signed_in):
    demand = ask(team)
    team = conclude(team)
    client, address = signed_in("soxaydung"), demand.get_absolute_url()
    assert client.post(address, {"words": " "}).status_code == 422
    assert client.post(address, {"words": "Đã lắp một bên."}).status_code == 302
    receivers.tell_team(last("voters.demand_reported"))
    assert Notice.objects.filter(kind="voters.demand_reported", account=actor("thuongtruc").account).exists()
    office = signed_in("chuyenvien")
    with pytest.raises(NotAllowed, match="còn 1 kiến nghị giám sát"):
        deeds.close(team, by=actor("chuyenvien"))
    assert office.post(address, {"words": "", "lam": "again", "due_on": typed(20)}).status_code == 422
    assert office.post(address, {"words": "Lắp nốt bên kia.", "lam": "again", "due_on": typed(20)}).status_code == 302
    demand.refresh_from_db()
    assert (demand.state, demand.due_on, demand.judgement) == (D.OPEN, day(20), "Lắp nốt bên kia.")
    receivers.tell_body(last("voters.demand_sent_back"))
    assert Notice.objects.filter(kind="voters.demand_sent_back", account=actor("soxaydung").account).exists()
    assert signed_in("soxaydung").post(address, {"words": "Đã lắp cả hai."}).status_code == 302
    assert signed_in("chuyenvien").post(address, {"words": "", "lam": "accept"}).status_code == 302
    assert signed_in("chuyenvien").post(f"{team.get_absolute_url()}viec/close_team/").status_code == 302
    team.refresh_from_db()
    assert (team.state, team.closed_on) == (T.CLOSED, dates.today())


def test_a_recommendation_is_drafted_changed_and_taken_away_before_the_conclusion(team, actor, signed_in):
    client = signed_in("chuyenvien")
    data = {"body": actor("soxaydung").unit.pk, "words": ASKED, "person": "Giám đốc", "due_on": typed(40)}
    assert client.post(f"{team.get_absolute_url()}de-nghi/", data | {"due_on": typed(-1)}).status_code == 422
    assert client.post(f"{team.get_absolute_url()}de-nghi/", data).status_code == 302
    demand = Demand.objects.get()
    address = reverse("voters:demand_edit", args=[demand.pk])
    assert ASKED in client.get(address).content.decode()
    assert client.post(address, data | {"person": "Phó Giám đốc"}).status_code == 302
    demand.refresh_from_db()
    assert demand.person == "Phó Giám đốc"
    assert client.post(address, {"xoa": "1"}).status_code == 302
    assert not Demand.objects.exists()


def test_a_team_called_off_frees_its_petitions_and_is_told_on_no_record_of_the_body(team, actor, led, signed_in):
    client = signed_in("chuyenvien")
    address = f"{team.get_absolute_url()}viec/cancel_team/"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Lùi sang quý sau."}).status_code == 302
    team.refresh_from_db()
    assert team.state == T.CANCELLED
    assert 'id="giam-sat"' not in signed_in("soxaydung").get(led.first().get_absolute_url()).content.decode()
    with pytest.raises(NotAllowed):
        deeds.take_up(team, led, by=actor("chuyenvien"))


def test_each_body_is_told_once_for_a_batch(team, actor):
    receivers.tell_bodies(last("voters.supervised"))
    notice = Notice.objects.get(kind="voters.supervised", account=actor("soxaydung").account)
    assert "2 kiến nghị" in notice.text


def test_every_address_of_supervision_is_not_there_for_anybody_else(team, ask, conclude, signed_in, actor):
    ask(team)
    demand, item = ask(team, body="sonongnghiep"), team.items.first()
    for username in STRANGERS:
        if username == "soxaydung":  # a body that was asked for something else reads nothing of the team either
            conclude(team)
        here = team.get_absolute_url()
        addresses = [here, *(here + path for path in ("sua/", "ket-luan/", "de-nghi/", "viec/cancel_team/", "ban-in/docx/")),
                     item.get_absolute_url(), demand.get_absolute_url(), reverse("voters:demand_edit", args=[demand.pk])]  # fmt: skip
        client = signed_in(username)
        for address in addresses:
            assert client.get(address).status_code == 404, (username, address)
            assert client.post(address, {"words": "Lời", "reason": "Lý do"}).status_code in (404, 405), (username, address)
        for address in (LIST, "/ban-lam-viec/", "/tim/?q=Khoặcsát", *(() if username == "soxaydung" else (BODY_LIST,))):
            answer = client.get(address)
            assert answer.status_code == 404 or "giám sát cầu đường" not in answer.content.decode(), (username, address)
        assert not queries.teams_for(actor(username)).exists(), username


def test_a_communes_council_supervises_what_it_kept_and_never_the_citys(team, actor, found, write, these):
    kept = write("Đề nghị dọn rãnh thoát nước xóm Đình.")
    own = found(by="xa", head="xa")
    with pytest.raises(NotAllowed):
        deeds.take_up(own, Petition.objects.filter(pk=team.items.first().petition_id), by=actor("xa"))
    with pytest.raises(NotAllowed):
        deeds.take_up(team, these(kept), by=actor("xa"))
    assert list(queries.teams_for(actor("xa"))) == [own]
    assert list(queries.teams_for(actor("chuyenvien"))) == [team]


def test_the_body_of_a_form_for_many_names_no_team_to_a_body(team, signed_in):
    words = signed_in("soxaydung").get(reverse("voters:move", args=["supervise"]), {"chon": team.items.first().petition_id})
    assert "Đoàn giám sát cầu đường" not in words.content.decode()


OPEN_TEAM = {T.WORKING: {"cancel_team"}, T.CONCLUDED: {"close_team"}}
OPEN_DEMAND = {
    D.DRAFT: {"chuyenvien": {"issue_demand"}},
    D.OPEN: {"chuyenvien": {"accept_demand", "drop_demand"}, "soxaydung": {"report_demand"}},
    D.ASKED_WHY: {"chuyenvien": {"drop_demand"}, "soxaydung": {"explain_demand"}},
    D.REPORTED: {"chuyenvien": {"accept_demand", "drop_demand", "send_back_demand", "ask_why", "measure_demand"}},
}
OFFICE = ("chuyenvien", "chuyenvien2", "lanhdao", "thuongtruc")


def put(record, state, **values):
    """The record in this state, past the moves: tests only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hoidong.move', 'yes', true)")
        type(record).objects.filter(pk=record.pk).update(state=state, **values)
        cursor.execute("SELECT set_config('hoidong.move', '', true)")
    return type(record).objects.get(pk=record.pk)


def test_every_state_of_a_team_and_every_move_for_everybody(team, actor):
    for state in T:
        concluded = {"conclusion": "Lời", "concluded_on": dates.today()} if state in (T.CONCLUDED, T.CLOSED) else {}
        team = put(team, state, **concluded)
        for username in (*OFFICE, *STRANGERS):
            allowed = OPEN_TEAM.get(state, set()) if username in OFFICE else set()
            offers = workflow.open_moves(team, moves.MOVES, actor(username))
            assert {offer.move.code for offer in offers if offer.allowed} == allowed, (state, username)
            refused(team, moves.MOVES, allowed, actor(username))


def test_every_state_of_a_recommendation_and_every_move_for_everybody(team, ask, actor):
    demand = ask(team)
    for state in D:
        demand = put(demand, state, report="Lời", explain_by=day(15))
        for username in (*OFFICE, *STRANGERS):
            allowed = OPEN_DEMAND.get(state, {}).get("chuyenvien" if username in OFFICE else username, set())
            offers = workflow.open_moves(demand, moves.DEMAND_MOVES, actor(username))
            assert {offer.move.code for offer in offers if offer.allowed} == allowed, (state, username)
            refused(demand, moves.DEMAND_MOVES, allowed, actor(username))


def refused(record, table, allowed, by):
    """Every other move is refused with a reason in Vietnamese and writes nothing."""
    before = AuditEntry.objects.count()
    for move in table:
        if move.code not in allowed:
            with pytest.raises(NotAllowed) as refusal:
                workflow.make(move, record, by=by, reason="vì thử")
            assert VIETNAMESE.search(str(refusal.value))
    assert AuditEntry.objects.count() == before


def test_a_committee_founds_and_leads_teams(actor, give_post, led):
    member = give_post("daibieu", actor("thuongtruc").unit, "committee")
    team = SupervisionTeam(area=member.unit.area, issuer=member.unit, name="Đoàn của Ban", decision_number="1", decision_date=day(-1),
                           starts_on=day(0), ends_on=day(9))  # fmt: skip
    deeds.found_team(team, [(member.person, Part.HEAD)], by=member)
    assert len(deeds.take_up(team, led, by=member)) == 2


def test_the_paper_of_a_report_is_read_by_the_body_and_the_council_and_nobody_else(team, ask, conclude, actor):
    demand = ask(team)
    conclude(team)
    kept = files.save(SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.4\n%%EOF\n"), by=actor("soxaydung"))
    demands.report(demand, "Đã làm.", by=actor("soxaydung"), file_id=kept.pk)
    assert [one for one in (*OFFICE, *STRANGERS) if queries.may_see_file(actor(one), kept)] == [*OFFICE, "soxaydung"]
    assert not queries.may_see_file(None, kept)


def test_pages_cost_the_same_with_one_and_with_many(team, ask, found, cost, signed_in, write, hand_up, send, actor):
    ask(team)
    client, here = signed_in("chuyenvien"), team.get_absolute_url()
    few = {address: cost(client, address) for address in (LIST, here, team.items.first().get_absolute_url())}
    made = write(*(f"Đề nghị sửa kênh số {number}." for number in range(6)))
    petitions = hand_up(made)
    send(made, with_paper=False)
    deeds.take_up(team, petitions, by=actor("chuyenvien"))
    for _more in range(3):
        found()
        ask(team)
    for address, count in few.items():
        assert cost(client, address) <= count, address
        assert count <= 18, address


def test_the_bodys_list_costs_the_same_with_one_and_with_many(team, ask, conclude, cost, signed_in):
    ask(team)
    demand = ask(team)
    conclude(team)
    client = signed_in("soxaydung")
    few = cost(client, BODY_LIST)
    Demand.objects.bulk_create(
        [Demand(team=team, body=demand.body, words=f"Việc {n}", person="A", due_on=day(9), state=D.OPEN) for n in range(8)]
    )
    assert cost(client, BODY_LIST) == few <= 14


@pytest.mark.parametrize("slug", ["supervision", "demands"])
def test_the_annexes_hold_what_teams_found_and_asked_for(team, ask, conclude, signed_in, slug):
    ask(team)
    conclude(team)
    client = signed_in("chuyenvien")
    page = client.get(f"/cu-tri/bao-cao/bieu/{slug}/").content.decode()
    sheet = client.get(f"/cu-tri/bao-cao/bieu/{slug}/xlsx/")
    for part in ("Đoàn giám sát cầu đường", FINDING if slug == "supervision" else ASKED):
        assert part in page
        assert part in said(sheet.content)


def test_the_annexes_of_another_place_hold_nothing_of_it(team, ask, conclude, actor):
    ask(team)
    conclude(team)
    for username, holds in (("chuyenvien", True), ("xa", False), ("xa2", False)):
        scope = reports.Scope(actor(username), session=sessions.current_session(actor(username)))
        for slug in ("supervision", "demands"):
            assert bool(reports.BY_SLUG[slug].filled(scope).rows) is holds, (username, slug)


def test_an_overdue_recommendation_is_on_the_desk_of_the_office_and_in_its_view(team, ask, conclude, signed_in):
    demand = ask(team)
    conclude(team)
    Demand.objects.filter(pk=demand.pk).update(due_on=dates.today() - datetime.timedelta(days=1))
    client = signed_in("chuyenvien")
    assert "Kiến nghị giám sát quá hạn thực hiện" in client.get("/ban-lam-viec/").content.decode()
    assert "Đoàn giám sát cầu đường" in client.get(LIST + "?xem=overdue").content.decode()


def test_the_database_keeps_one_head_one_place_in_the_group_and_whole_findings(team, actor):
    from django.db import IntegrityError, transaction

    item = team.items.first()
    wrong = (
        lambda: TeamMember.objects.create(team=team, person=actor("daibieu").person, part="head"),
        lambda: SupervisionItem.objects.create(team=team, petition=item.petition, added_on=dates.today()),
        lambda: SupervisionItem.objects.filter(pk=item.pk).update(words="Lời"),
        lambda: SupervisionTeam.objects.filter(pk=team.pk).update(ends_on=day(-30)),
    )
    for write in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_a_merged_petition_stays_in_the_group_it_was_taken_into(team, actor):
    item = team.items.first()
    put(item.petition, S.CLOSED)
    assert item.pk in {row.pk for row in queries.items_of(team)}
    assert Origin.objects.filter(petition=item.petition).exists()
