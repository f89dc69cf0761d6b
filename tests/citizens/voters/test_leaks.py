"""One petition with a word nobody else's has: who must not read it finds that word nowhere, whatever is asked for."""

import pytest

from hoidong.citizens.voters import actions, mirrors, queries, receivers
from hoidong.citizens.voters.models import Meeting, Petition, TransferLetter
from hoidong.citizens.voters.reports import BY_SLUG
from hoidong.council.meetings import queries as sessions
from hoidong.kernel import notices, search
from hoidong.kernel.audit.models import AuditEntry
from hoidong.kernel.base import dates
from hoidong.kernel.notices.models import Notice
from hoidong.kernel.outbox.models import Event

from .conftest import said

SECRET = "Khoặcvựng"  # in no other text
TELLING = "mưa là ngập"  # words of its text that nobody types into a search here
NAME = "Bà Trần Kínnằm Thử"
LISTS = (
    "/ban-lam-viec/", "/cu-tri/kien-nghi/?xem=all", "/cu-tri/kien-nghi/?xem=new", f"/cu-tri/kien-nghi/?xem=all&tu-khoa={SECRET}",
    "/cu-tri/kien-nghi/xuat/?xem=all", "/cu-tri/hoi-nghi/", "/cu-tri/van-ban-chuyen/", "/cu-tri/bao-cao/",
    f"/tim/?q={SECRET}", f"/tim/?q={NAME}", "/thong-bao/", "/hoi-dong/ky-hop/",
)  # fmt: skip
STRANGERS = ("xa2", "sonongnghiep", "phongxa", "daibieu", "quantri", "quantrixa", "hethong")
OPENING = ("", "giay-hen/", "sua/", "nguoi-neu/")


@pytest.fixture(scope="module")
def story(sent_story):
    return sent_story(f"Đề nghị làm lại cống {SECRET} đầu xóm, {TELLING}.", speaker=NAME, hamlet=f"Xóm {SECRET}")


@pytest.fixture
def secret(story, db):
    """The petition, as the first commune wrote it down and as it stands now."""
    return Petition.objects.get(pk=story[0].pk)


@pytest.fixture
def sent(story, db):
    """Its letter to the department of construction."""
    return TransferLetter.objects.get(pk=story[1].pk)


def reads(client, address):
    answer = client.get(address)
    return answer.status_code, said(answer.content) if answer.status_code == 200 else ""


@pytest.mark.parametrize("username", ["xa", "chuyenvien", "soxaydung"])
def test_who_works_with_it_finds_it(sent, signed_in, username):
    client = signed_in(username)
    assert TELLING in reads(client, LISTS[3])[1]
    assert TELLING in reads(client, LISTS[4])[1]
    assert TELLING in reads(client, f"/tim/?q={SECRET}")[1]


@pytest.mark.parametrize("username", STRANGERS)
def test_nobody_else_reads_a_word_of_it_on_any_list_or_in_any_export(sent, signed_in, username):
    client = signed_in(username)
    for address in LISTS:
        for extra in ({}, {"HTTP_HX_REQUEST": "true"}):
            answer = client.get(address, **extra)
            words = said(answer.content)  # what was typed is shown back; nothing else of the record is
            assert TELLING not in words, address
            assert f"Xóm {SECRET}" not in words, address


@pytest.mark.parametrize("slug", sorted(BY_SLUG))
def test_no_report_of_another_commune_holds_a_word_of_it(sent, secret, signed_in, slug):
    from datetime import timedelta

    # Late, so that it stands in the reports of what is late as well.
    Petition.objects.filter(pk=secret.pk).update(due_on=dates.today() - timedelta(days=3))
    for form in ("", "xlsx/", "docx/"):
        address = f"/cu-tri/bao-cao/bieu/{slug}/{form}"
        status, words = reads(signed_in("xa2"), address)
        assert status in (200, 422)
        assert SECRET not in words
        for username in ("sonongnghiep", "daibieu", "quantri", "hethong"):
            assert signed_in(username).get(address).status_code == 404
        assert "Kínnằm" not in reads(signed_in("chuyenvien"), address)[1]


@pytest.mark.parametrize("username", STRANGERS)
def test_every_address_of_it_answers_404_to_others(sent, secret, signed_in, username):
    client = signed_in(username)
    for part in OPENING:
        assert client.get(f"/cu-tri/kien-nghi/{secret.pk}/{part}").status_code in ((405,) if part == "nguoi-neu/" else (404,))
        assert client.post(f"/cu-tri/kien-nghi/{secret.pk}/{part}").status_code in (404, 405)
    assert client.get(f"/cu-tri/van-ban-chuyen/{sent.pk}/").status_code == 404
    from hoidong.citizens.voters.pages.moving import PAGES

    for code in PAGES:
        assert client.get(f"/cu-tri/kien-nghi/viec/{code}/?chon={secret.pk}").status_code == 404


def test_the_paper_is_read_by_the_office_and_the_body_at_that_address(sent, signed_in):
    from django.urls import reverse

    address = reverse("papers:download", args=[sent.paper_id, "docx"])
    assert SECRET in reads(signed_in("soxaydung"), address)[1]
    for username in STRANGERS:
        assert signed_in(username).get(address).status_code == 404
        assert signed_in(username).get(reverse("papers:download", args=[sent.paper_id, "pdf"])).status_code == 404


@pytest.mark.parametrize("username", ["xa", "xa2", "chuyenvien", "soxaydung", "sonongnghiep", *STRANGERS])
def test_search_finds_nothing_that_the_lists_do_not_show(sent, actor, username):
    by = actor(username)
    found = search.find(by, "đề nghị", limit=100)
    seen = set(queries.petitions_for(by).values_list("pk", flat=True))
    assert {hit.subject_id for hit in found.hits if hit.kind == mirrors.KIND} <= seen


def test_an_administrator_of_a_body_finds_and_reads_no_petition_of_it(sent, secret, actor, give_post, signed_in):
    give_post("quantri", actor("soxaydung").unit, "unit_admin")
    client = signed_in("quantri")
    assert not search.find(actor("quantri"), SECRET).hits
    assert client.get(f"/cu-tri/kien-nghi/{secret.pk}/").status_code == 404
    assert client.get(f"/cu-tri/van-ban-chuyen/{sent.pk}/").status_code == 404


def test_the_next_body_reads_a_returned_petition_only_when_it_was_sent_to_it(sent, secret, actor, these, send, signed_in):
    actions.give_back(these([secret]), by=actor("soxaydung"), reason="Việc của ngành khác.")
    field = Petition.objects.get(pk=secret.pk).field
    actions.classify(these([secret]), by=actor("chuyenvien"), field=field, body=actor("sonongnghiep").unit)
    client = signed_in("sonongnghiep")
    assert client.get(f"/cu-tri/kien-nghi/{secret.pk}/").status_code == 404
    assert not search.find(actor("sonongnghiep"), SECRET).hits
    assert actor("sonongnghiep").unit.name not in client.get(f"/cong/tra-cuu/{secret.code}/").content.decode()

    send([secret])
    assert client.get(f"/cu-tri/kien-nghi/{secret.pk}/").status_code == 200
    assert search.find(actor("sonongnghiep"), SECRET).hits


def test_a_body_that_was_only_planned_sees_nothing_of_a_petition_that_was_merged_instead(
    sent, secret, write, actor, these, hand_up, signed_in
):
    actions.give_back(these([secret]), by=actor("soxaydung"), reason="Việc của ngành khác.")
    field = Petition.objects.get(pk=secret.pk).field
    actions.classify(these([secret]), by=actor("chuyenvien"), field=field, body=actor("sonongnghiep").unit)
    master = write("Đề nghị làm cống mới cho cả thôn Đông.")[0]
    hand_up([master])
    actions.merge(master, these([secret]), by=actor("chuyenvien"))
    assert signed_in("sonongnghiep").get(f"/cu-tri/kien-nghi/{secret.pk}/").status_code == 404


def test_notices_of_it_reach_the_people_whose_turn_it_is_and_nobody_else(sent, actor):
    Notice.objects.all().delete()
    receivers.tell_body(Event.objects.filter(name="voters.sent").latest("id"))
    told = Notice.objects.filter(text__contains=SECRET)
    assert set(told.values_list("account", flat=True)) == {actor("soxaydung").account.pk}
    assert notices.unread_count(actor("sonongnghiep")) == 0


def test_a_notice_that_comes_late_tells_nothing_to_a_body_the_petition_was_not_sent_to(sent, secret, actor, these):
    event = Event.objects.filter(name="voters.sent").latest("id")
    actions.give_back(these([secret]), by=actor("soxaydung"), reason="Việc của ngành khác.")
    field = Petition.objects.get(pk=secret.pk).field
    actions.classify(these([secret]), by=actor("chuyenvien"), field=field, body=actor("sonongnghiep").unit)
    receivers.tell_body(event)
    assert not Notice.objects.filter(account=actor("sonongnghiep").account, text__contains=SECRET).exists()


def test_the_file_of_an_answer_is_read_by_those_who_see_the_petition(sent, secret, actor, these, signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = signed_in("soxaydung")
    actions.take(these([secret]), by=actor("soxaydung"))
    client.post("/cu-tri/kien-nghi/viec/answer/", {
        "chon": secret.pk, "lam": "1", "words": "Đã làm xong.", "result": "solved.done",
        "file": SimpleUploadedFile("tra-loi.txt", b"Noi dung tra loi"),
    })  # fmt: skip
    from hoidong.kernel import files

    address = files.by_id(Petition.objects.get(pk=secret.pk).answers.get().file_id).url
    assert reads(client, address) == (200, "Noi dung tra loi")
    for username in ("xa", "chuyenvien"):
        assert signed_in(username).get(address).status_code == 200
    for username in STRANGERS:
        assert signed_in(username).get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 404


MEETING = ("", "sua/", "dong/", "dan/", "bien-ban/")


@pytest.mark.parametrize("username", ["xa2", "sonongnghiep", "daibieu", "quantri", "hethong"])
def test_every_address_of_a_meeting_answers_404_to_others(signed_in, username):
    meeting, client = Meeting.objects.get(state="writing"), signed_in(username)
    for part in MEETING:
        address = f"/cu-tri/hoi-nghi/{meeting.pk}/{part}"
        assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}, part
        assert 404 in {client.get(address).status_code, client.post(address).status_code}


def test_the_minutes_are_read_by_the_commune_and_the_city_only(signed_in):
    from django.urls import reverse

    recorded = Meeting.objects.get(state="recorded")
    for form in ("docx", "pdf"):
        address = reverse("papers:download", args=[recorded.paper_id, form])
        assert signed_in("xa").get(address).status_code == signed_in("chuyenvien").get(address).status_code == 200
        for username in STRANGERS:
            assert signed_in(username).get(address).status_code == 404


def test_the_city_reads_a_meeting_but_writes_in_none_and_sees_no_name_there(signed_in):
    client = signed_in("chuyenvien")
    for meeting in Meeting.objects.all():
        speaker = meeting.opinions.exclude(speaker="").first().speaker
        page = client.get(f"/cu-tri/hoi-nghi/{meeting.pk}/").content.decode()
        assert speaker not in page
        assert client.post(f"/cu-tri/hoi-nghi/{meeting.pk}/dong/", {"text-1": "x"}).status_code == 404
        assert client.post(f"/cu-tri/hoi-nghi/{meeting.pk}/bien-ban/").status_code == 404


@pytest.mark.parametrize("address", [
    "/cu-tri/kien-nghi/{pk}/", "/cu-tri/kien-nghi/?xem=all", "/cu-tri/kien-nghi/xuat/?xem=all",
    f"/tim/?q={SECRET}", "/cong/tra-cuu/{code}/", "/cu-tri/kien-nghi/{pk}/giay-hen/",
])  # fmt: skip
@pytest.mark.parametrize("username", ["xa", "chuyenvien", "soxaydung"])
def test_the_name_of_who_raised_it_stands_on_no_page_and_in_no_export(sent, secret, signed_in, username, address):
    status, words = reads(signed_in(username), address.format(pk=secret.pk, code=secret.code))
    assert "Kínnằm" not in words
    assert username == "soxaydung" or status == 200


def test_no_event_notice_log_or_index_holds_the_name(sent):
    from hoidong.kernel.publication.models import Publication
    from hoidong.kernel.search.models import SearchEntry

    for model in (AuditEntry, Event, Notice, Publication, SearchEntry):
        assert not [row.pk for row in model.objects.order_by("-pk")[:300] if "Kínnằm" in str(vars(row))], model


def test_a_session_of_another_council_is_not_reported_on(signed_in, actor):
    from hoidong.council.meetings import actions as council
    from hoidong.kernel import people
    from hoidong.kernel.units import queries as units

    system = people.Actor.system()
    body = units.body_of(actor("xa2").unit.area, "council")
    term = council.open_term(body, number=1, first_year=2026, last_year=2031, opens_on=dates.today(), by=system)
    theirs = council.open_session(term, number=1, kind="regular", opens_on=dates.today(), closes_on=dates.today(), by=system)
    assert signed_in("xa2").get(f"/cu-tri/bao-cao/?ky-hop={theirs.pk}").status_code == 200
    assert signed_in("xa").get(f"/cu-tri/bao-cao/?ky-hop={theirs.pk}").status_code == 404
    assert sessions.sessions_for(actor("xa2")).filter(pk=theirs.pk).exists()


@pytest.mark.parametrize("username", ["soxaydung", "daibieu", "quantri", "hethong"])
@pytest.mark.parametrize("address", [
    "/cu-tri/kien-nghi/moi/", "/cu-tri/hoi-nghi/", "/cu-tri/hoi-nghi/moi/", "/cu-tri/bao-cao/", "/cu-tri/bao-cao/bieu/",
])  # fmt: skip
def test_pages_of_the_councils_office_are_not_there_for_others(signed_in, username, address):
    assert signed_in(username).get(address).status_code == 404
