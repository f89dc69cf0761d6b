"""Bodies that are late are urged by letter: counted, numbered, told, and kept as proof."""

import datetime
import io
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from hoidong.citizens.voters import actions, receivers
from hoidong.citizens.voters.models import Petition, UrgingItem, UrgingLetter
from hoidong.citizens.voters.states import S
from hoidong.kernel import deadlines
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.notices.models import Notice
from hoidong.kernel.outbox.models import Event
from hoidong.kernel.papers.models import Paper


@pytest.fixture
def late(write, hand_up, send, these):
    """`late(n)`: petitions of the department of construction whose answers are late by some days. A queryset."""

    def make(count=1, days=5):
        made = write(*(f"Đề nghị sửa đoạn kè số {place} bị sụt." for place in range(count)))
        hand_up(made)
        send(made, with_paper=False)
        these(made).update(due_on=dates.today() - datetime.timedelta(days=days))
        return these(made)

    return make


@pytest.fixture
def urge(actor):
    """`urge(petitions)`: by the city's office, today."""

    def go(petitions, username="chuyenvien", on=None, with_paper=False):
        return actions.urge(
            petitions, issuer=actor(username).unit, issued_on=on or dates.today(), signer="Đỗ Thị Thanh Xuân",
            signer_title="TL. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN – PHÓ CHÁNH VĂN PHÒNG", by=actor(username), with_paper=with_paper,
        )  # fmt: skip

    return go


def _pass_the_day(letter):
    UrgingLetter.objects.filter(pk=letter.pk).update(due_on=dates.today() - datetime.timedelta(days=1))


def test_a_late_body_is_urged_and_the_petition_stays_where_it_is(late, urge):
    petitions = late(2)
    [letter] = urge(petitions)
    assert (letter.times, letter.count, letter.body.code) == (1, 2, "01.SXD")
    assert letter.due_on == deadlines.due_by_rule("KNCT.URGE", dates.today()).due_on
    assert {petition.state for petition in petitions} == {S.SENT}
    assert UrgingItem.objects.filter(letter=letter).count() == 2


def test_the_second_urging_waits_until_the_day_of_the_first_has_passed(late, urge):
    petitions = late()
    [first] = urge(petitions)
    with pytest.raises(Invalid, match="đã đôn đốc lần 1"):
        urge(petitions)
    _pass_the_day(first)
    [second] = urge(petitions)
    assert (second.times, second.number) == (2, first.number + 1)


def test_petitions_urged_a_different_number_of_times_go_in_letters_of_their_own(late, urge, these):
    old, new = late(), late()
    [first] = urge(old)
    _pass_the_day(first)
    letters = urge(these([*old, *new]))
    assert sorted(letter.times for letter in letters) == [1, 2]


def test_a_reply_asked_for_again_is_counted_from_one(late, urge):
    petitions = late()
    [first] = urge(petitions)
    _pass_the_day(first)
    petitions.update(due_on=dates.today() - datetime.timedelta(days=2))
    [letter] = urge(petitions)
    assert letter.times == 1


def test_nobody_is_urged_before_the_last_day_has_passed(late, urge):
    petitions = late(days=0)
    with pytest.raises(NotAllowed, match="chưa quá hạn"):
        urge(petitions)
    assert not UrgingLetter.objects.exists()


@pytest.mark.parametrize("username", ["xa", "soxaydung", "quantri"])
def test_only_the_office_that_holds_the_petition_urges(late, urge, username):
    with pytest.raises(NotAllowed):
        urge(late(), username=username)
    assert not UrgingLetter.objects.exists()


def test_letters_of_transfer_and_of_urging_share_one_register(late, urge, send, write, hand_up):
    [letter] = urge(late())
    more = write("Đề nghị lắp đèn ở ngã ba chợ.")
    hand_up(more)
    assert send(more, with_paper=False).number == letter.number + 1


def test_the_letter_says_how_often_and_names_the_committee_from_the_second_time_on(late, urge):
    petitions = late()
    [first] = urge(petitions, with_paper=True)
    _pass_the_day(first)
    [second] = urge(petitions, with_paper=True)
    words = [_words(Paper.objects.get(pk=letter.paper_id)) for letter in (first, second)]
    assert "(lần 1)" in words[0]
    assert "để chỉ đạo" not in words[0]
    assert "(lần 2)" in words[1]
    assert "Ủy ban nhân dân thành phố Hà Nội (để chỉ đạo)" in words[1]
    assert petitions.get().text in words[1]


def _words(paper):
    document = Document(io.BytesIO(paper.docx.read()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_urging_takes_as_many_statements_for_thirty_as_for_three(late, urge):
    counts = []
    for count in (3, 30):
        petitions = late(count)
        with CaptureQueriesContext(connection) as captured:
            urge(petitions)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_office_urges_from_the_list_of_late_ones_and_finds_the_proof_on_the_record(late, signed_in):
    petition = late().get()
    client = signed_in("chuyenvien")
    listed = client.get(reverse("voters:petitions") + "?xem=late").content.decode()
    assert reverse("voters:move", args=["urge"]) in listed
    data = {"chon": petition.pk, "lam": "1", "issued_on": dates.format_date(dates.today()), "signer": "Đỗ Thị Thanh Xuân",
            "signer_title": "PHÓ CHÁNH VĂN PHÒNG"}  # fmt: skip
    assert client.post(reverse("voters:move", args=["urge"]), data).status_code == 302
    letter = UrgingLetter.objects.get()
    record = client.get(petition.get_absolute_url()).content.decode()
    assert letter.symbol in record
    assert "Đôn đốc trả lời" in record
    assert client.get(reverse("papers:download", args=[letter.paper_id, "docx"])).status_code == 200


def test_a_letter_is_read_by_the_office_and_the_urged_body_and_by_nobody_else(late, urge, signed_in):
    [letter] = urge(late(), with_paper=True)
    addresses = (reverse("voters:urging", args=[letter.pk]), reverse("papers:download", args=[letter.paper_id, "pdf"]))
    for username, status in (("chuyenvien", 200), ("soxaydung", 200), ("sonongnghiep", 404), ("xa2", 404), ("quantri", 404)):
        client = signed_in(username)
        for address in addresses:
            assert client.get(address).status_code == status, (username, address)
        assert (letter.symbol in client.get(reverse("voters:urgings")).content.decode()) == (status == 200)


def test_everybody_of_the_urged_body_is_told_once_for_the_batch(late, urge, actor):
    urge(late(3))
    receivers.tell_body(Event.objects.filter(name="voters.urged").latest("id"))
    told = Notice.objects.filter(kind="voters.urged")
    assert [notice.account for notice in told] == [actor("soxaydung").account]
    assert "3 kiến nghị" in told[0].text
    assert "xem=late" in told[0].url


def test_the_same_urging_cannot_be_written_twice(late, urge):
    urge(late())
    item = UrgingItem.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        UrgingItem.objects.create(letter=item.letter, petition=item.petition, times=item.times, was_due_on=item.was_due_on)


def test_no_record_links_to_a_letter_its_reader_cannot_open(late, urge, signed_in):
    petition = late().get()
    urge(Petition.objects.filter(pk=petition.pk))
    for username in ("xa", "chuyenvien", "soxaydung"):
        client = signed_in(username)
        record = client.get(petition.get_absolute_url()).content.decode()
        links = set(re.findall(r'href="(/cu-tri/(?:van-ban-chuyen|don-doc)/\d+/)"', record))
        assert bool(links) == (username != "xa")
        for address in links:
            assert client.get(address).status_code == 200


def test_the_book_of_numbers_says_what_each_number_was_given_to(late, urge, actor):
    from hoidong.kernel.numbering.models import DrawnNumber

    [letter] = urge(late())
    lines = DrawnNumber.objects.filter(sequence__unit=actor("chuyenvien").unit).order_by("-pk")[:2]
    assert lines[0].symbol == letter.symbol
    assert lines[0].title == "Đôn đốc Sở Xây dựng thành phố Hà Nội trả lời kiến nghị của cử tri (lần 1)"
    assert lines[1].title == "Chuyển kiến nghị của cử tri đến Sở Xây dựng thành phố Hà Nội"
