"""The papers of the voters' petitions: printed with their numbers, read only by who may, written down."""

import re

import pytest
from django.urls import reverse

from hoidong.citizens.voters import actions
from hoidong.citizens.voters import papers as voters_papers
from hoidong.citizens.voters.models import Meeting, Petition
from hoidong.council.meetings import queries as sessions
from hoidong.kernel import numbering
from hoidong.kernel.audit.models import AuditEntry
from hoidong.kernel.base import dates
from hoidong.kernel.numbering.models import DrawnNumber
from hoidong.kernel.papers import heading_for, making, qr_svg
from hoidong.kernel.papers.models import Paper
from hoidong.kernel.units import queries as units

from .test_templates import all_text, words_of

pytestmark = pytest.mark.django_db
OFFICERS = {"01.SXD": "soxaydung", "01.SNNMT": "sonongnghiep"}


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def letter(actor):
    """A letter with the classified petitions of one body, the first one with words that could be read as orders."""
    waiting = Petition.objects.filter(state="classified", body__code__in=OFFICERS, office__code="01", field__isnull=False)
    first = waiting.order_by("pk").first()
    Petition.objects.filter(pk=first.pk).update(text="=1+1 <b>Cống hỏng</b> {{ 7*7 }}")
    clerk = actor("chuyenvien")
    return actions.transfer(
        waiting.filter(body=first.body_id), issuer=clerk.unit, issued_on=dates.today(), signer="Nguyễn Thị Thử",
        signer_title="TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN – PHÓ CHỦ TỊCH", by=clerk,
    )  # fmt: skip


def test_a_letter_is_printed_with_numbers_body_and_day_in_both_forms(letter):
    paper = Paper.objects.get(pk=letter.paper_id)
    printed, docx = words_of(paper.pdf.read()), all_text(paper.docx.read())
    numbers = [item.petition.shown_number for item in letter.items.select_related("petition")]
    for words in (*numbers, letter.symbol, dates.format_date(letter.due_on), dates.format_long(letter.issued_on), "Nguyễn Thị Thử",
                  "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "PHÓ CHỦ TỊCH"):  # fmt: skip
        assert words in printed
        assert words in docx
    assert letter.body.full_name in docx
    assert "=1+1 <b>Cống hỏng</b> {{ 7*7 }}" in printed
    assert re.fullmatch(r"\d{2,}/HĐND-VP", letter.symbol)


def test_the_office_and_the_body_read_a_letter_and_each_look_is_written_down(letter, signed_in):
    address = reverse("papers:download", args=[letter.paper_id, "pdf"])
    for username in ("chuyenvien", OFFICERS[letter.body.code]):
        answer = signed_in(username).get(address)
        assert answer.content.startswith(b"%PDF-")
        assert answer["Cache-Control"] == "private, no-store"
    looks = AuditEntry.objects.filter(action="audit.looked", subject_kind="kernel.paper", subject_id=letter.paper_id)
    assert looks.count() == 2


def test_another_unit_and_another_form_get_404(letter, signed_in, client):
    other = next(name for code, name in OFFICERS.items() if code != letter.body.code)
    for username in (other, "xa", "phongxa", "daibieu", "hethong"):
        assert signed_in(username).get(reverse("papers:download", args=[letter.paper_id, "pdf"])).status_code == 404
    assert signed_in("chuyenvien").get(reverse("papers:download", args=[letter.paper_id, "exe"])).status_code == 404
    client.logout()
    assert client.get(reverse("papers:download", args=[letter.paper_id, "pdf"])).status_code == 302


def test_a_long_paper_gets_its_pdf_when_somebody_asks(letter, signed_in, monkeypatch, actor):
    monkeypatch.setattr(making, "LONG", 0)
    paper = voters_papers.transfer_letter(letter, [item.petition for item in letter.items.all()], by=actor("chuyenvien"))
    assert paper.pdf_id is None
    client, address = signed_in("chuyenvien"), reverse("papers:download", args=[paper.pk, "pdf"])
    first = client.get(address).content
    paper.refresh_from_db()
    assert (paper.pdf.read(), client.get(address).content) == (first, first)


def test_the_minutes_hold_what_was_said_and_only_the_councils_side_reads_them(actor, signed_in):
    clerk = actor("xa")
    session = sessions.current_session(clerk)
    meeting = actions.open_meeting(
        Meeting(commune=clerk.unit.area, session=session, held_on=dates.today(), place="Nhà văn hóa", chair="Nguyễn Văn Thử",
                secretary="Trần Thị Thử", voters_total=80, voters_women=41), by=clerk)  # fmt: skip
    rows = [
        {
            "place": 1,
            "speaker": "Lê Văn Thử",
            "hamlet": "Thôn Đông",
            "text": "<i>Đường</i> hỏng & ngập",
            "voters": 3,
            "handling": "up",
        },
        {"place": 2, "text": "Lịch tiêm chủng?", "handling": "spot", "replied_by": "Trạm y tế", "reply": "Thứ Năm"},
    ]
    actions.save_opinions(meeting, rows, by=clerk)
    actions.make_minutes(meeting, by=clerk)
    meeting.refresh_from_db()
    line = DrawnNumber.objects.get(subject_kind="voters.meeting", subject_id=meeting.pk)
    symbol = f"{line.number:02d}/BB-HĐND"
    assert (line.symbol, line.issued_on, line.signer) == (symbol, dates.today(), "Nguyễn Văn Thử, Trần Thị Thử")
    printed = words_of(Paper.objects.get(pk=meeting.paper_id).pdf.read())
    for words in (
        "BIÊN BẢN",
        f"Số: {symbol}",
        "Lê Văn Thử, Thôn Đông",
        "<i>Đường</i> hỏng & ngập",
        "2 ý kiến",
        "80 người, trong đó nữ 41",
    ):
        assert words in printed
    address = reverse("papers:download", args=[meeting.paper_id, "docx"])
    assert signed_in("xa").get(address).status_code == 200
    assert signed_in("xa2").get(address).status_code == 404
    assert signed_in("soxaydung").get(address).status_code == 404


def test_minutes_go_without_a_number_line_where_the_commune_chose_so(actor):
    clerk = actor("xa")
    numbering.set_numbered("voters.minutes", area=clerk.unit.area, numbered=False, by=actor("quantrixa"))
    meeting = actions.open_meeting(
        Meeting(commune=clerk.unit.area, session=sessions.current_session(clerk), held_on=dates.today(), place="Nhà văn hóa"),
        by=clerk,
    )
    actions.save_opinions(meeting, [{"place": 1, "text": "Lịch tiêm chủng?", "handling": "spot"}], by=clerk)
    actions.make_minutes(meeting, by=clerk)
    meeting.refresh_from_db()
    assert "Số:" not in words_of(Paper.objects.get(pk=meeting.paper_id).pdf.read())
    assert not DrawnNumber.objects.filter(subject_kind="voters.meeting", subject_id=meeting.pk).exists()


@pytest.mark.parametrize(
    ("code", "above", "body"),
    [
        ("01.HDND", "", "HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI"),
        ("01.TTHDND", "", "THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI"),
        ("01.BPC", "HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI", "BAN PHÁP CHẾ"),
        ("01.SXD", "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI", "SỞ XÂY DỰNG"),
        ("01.UBND", "", "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI"),
    ],
)
def test_the_heading_names_the_issuing_body_and_the_one_above_it(code, above, body):
    heading = heading_for(units.at(code))
    assert (heading.above, heading.body, heading.place) == (above, body, "Hà Nội")


def test_a_square_code_stands_in_a_page_without_styles():
    drawn = qr_svg('https://vidu.vn/?a="b"&c=<d>')
    assert drawn.startswith("<svg ")
    assert "style=" not in drawn
    assert "<d>" not in drawn
