"""The books of an office on the screen: who reads them, who says where one goes on."""

import datetime
import io

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook

from hoidong.kernel import audit, numbering
from hoidong.kernel.numbering.models import DrawnNumber, Register, Sequence
from hoidong.kernel.units import queries as units

pytestmark = pytest.mark.django_db
LIST, CONTINUE = reverse("numbering:sequences"), reverse("numbering:continue")
BOOK = "tests.outgoing"


def drawn(code, count=1, year=2026, title="", register=BOOK):
    unit = units.at(code)
    with transaction.atomic():
        first = numbering.draw(register, unit=unit, year=year, count=count)
        for number in range(first, first + count):
            numbering.enter(
                register, unit=unit, year=year, number=number, subject=unit, symbol=numbering.symbol(number, "VP"), title=title
            )
    return Sequence.objects.get(register=register, unit=unit, year=year)


@pytest.fixture
def commune():
    return units.communes_of(units.at("01"))[0]


def test_people_see_the_books_of_their_unit_and_no_others(signed_in, commune):
    own, other = drawn("01.VPHDND"), drawn(f"{commune.code}.VPHDND")

    for username, seen, unseen in (("chuyenvien", own, other), ("xa", other, own)):
        client = signed_in(username)
        html = client.get(LIST).content.decode()
        assert reverse("numbering:book", args=[seen.pk]) in html
        assert reverse("numbering:book", args=[unseen.pk]) not in html
        assert client.get(reverse("numbering:book", args=[seen.pk])).status_code == 200
        assert client.get(reverse("numbering:book", args=[unseen.pk])).status_code == 404


def test_the_platforms_administrator_reads_no_book(signed_in):
    book = drawn("01.VPHDND", title="Chuyển đơn của bà Tư")
    client = signed_in("hethong")

    assert client.get(reverse("numbering:book", args=[book.pk])).status_code == 404
    assert reverse("numbering:book", args=[book.pk]) not in client.get(LIST).content.decode()


def test_a_line_shows_symbol_title_and_leads_to_its_paper(signed_in):
    book = drawn("01.VPHDND", title="Về <b>đường</b> liên thôn")
    html = signed_in("chuyenvien").get(reverse("numbering:book", args=[book.pk])).content.decode()

    assert "01/VP" in html
    assert "Về &lt;b&gt;đường&lt;/b&gt; liên thôn" in html
    assert f'href="{reverse("units:unit", args=[units.at("01.VPHDND").pk])}"' in html
    assert "Số tiếp theo" in html
    assert '<b class="hd-num">02</b>' in html


def test_a_book_is_paged_and_costs_the_same_for_many_lines(signed_in):
    book = drawn("01.VPHDND", count=3)
    client = signed_in("chuyenvien")
    address = reverse("numbering:book", args=[book.pk])
    client.get(address)

    def cost(url):
        with CaptureQueriesContext(connection) as captured:
            html = client.get(url).content.decode()
        return len(captured), html

    few, _html = cost(address)
    with transaction.atomic():
        numbering.draw(BOOK, unit=book.unit, year=2026, count=120)
    many, html = cost(address)

    assert many == few
    assert ">123<" in html
    assert ">73<" not in html
    assert "Trang sau" in html


def test_the_list_of_books_costs_the_same_for_many(signed_in):
    drawn("01.VPHDND")
    client = signed_in("chuyenvien")
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for year in range(2001, 2025):
        drawn("01.VPHDND", year=year)
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) == len(few)


def test_the_administrator_of_the_office_says_where_the_book_goes_on(signed_in, actor):
    Register.objects.create(code=BOOK, title="Sổ công văn đi")
    client = signed_in("quantri")
    data = {"register": BOOK, "year": "2026", "number": "231", "reason": "Sổ giấy đến số 230"}

    assert client.post(CONTINUE, data).status_code == 303

    sequence = Sequence.objects.get(register=BOOK, unit=units.at("01.VPHDND"), year=2026)
    assert sequence.next == 231
    assert audit.entries_about(sequence).get().actor == actor("quantri").name
    shown = client.get(reverse("numbering:book", args=[sequence.pk])).content.decode()
    assert "Sổ giấy đến số 230" in shown
    assert drawn("01.VPHDND").next == 232


def test_a_number_that_was_given_is_refused_at_its_field_and_what_was_typed_stays(signed_in):
    Register.objects.create(code=BOOK, title="Sổ công văn đi")
    drawn("01.VPHDND", count=5)
    answer = signed_in("quantri").post(CONTINUE, {"register": BOOK, "year": "2026", "number": "5", "reason": "Sổ giấy cũ"})
    html = answer.content.decode()

    assert answer.status_code == 422
    assert "Sổ này đã lấy đến số 05. Ghi một số lớn hơn." in html
    assert "Sổ giấy cũ" in html
    assert 'href="#id_number"' in html
    assert DrawnNumber.objects.filter(sequence__register=BOOK).count() == 5


@pytest.mark.parametrize("username", ["xa", "chuyenvien", "lanhdao", "daibieu", "hethong", "soxaydung"])
def test_nobody_else_sets_a_number(signed_in, username):
    client = signed_in(username)
    Register.objects.create(code=BOOK, title="Sổ công văn đi")

    assert client.get(CONTINUE).status_code == 404
    assert client.post(CONTINUE, {"register": BOOK, "year": "2026", "number": "9", "reason": "x"}).status_code == 404
    assert CONTINUE not in client.get(LIST).content.decode()
    assert not Sequence.objects.filter(register=BOOK).exists()


def test_years_and_numbers_are_written_without_points(signed_in):
    Register.objects.create(code=BOOK, title="Sổ công văn đi")
    html = signed_in("quantri").get(CONTINUE).content.decode()
    assert "2.026" not in html
    assert 'name="year" value="2026"' in html


def printed(client, book, kind, **days):
    return client.get(reverse("numbering:print", args=[book.pk, kind]), days)


def a_book():
    unit = units.at("01.VPHDND")
    with transaction.atomic():
        for number, day in ((1, "2026-03-05"), (2, "2026-03-20"), (3, None)):
            numbering.draw(BOOK, unit=unit, year=2026)
            if day:
                numbering.enter(
                    BOOK, unit=unit, year=2026, number=number, subject=unit, symbol=f"0{number}/HĐND-VP",
                    title="Về đường <b>liên</b> thôn", issued_on=datetime.date.fromisoformat(day),
                    signer="Nguyễn Văn Mẫu, Chánh Văn phòng", recipients="Sở Xây dựng",
                )  # fmt: skip
    return Sequence.objects.get(register=BOOK, unit=unit, year=2026)


def test_the_register_is_printed_with_the_columns_of_the_decree_and_each_print_is_in_the_log(signed_in):
    book, client = a_book(), signed_in("chuyenvien")
    content = io.BytesIO(printed(client, book, "xlsx").content)
    rows = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()
    head = next(place for place, row in enumerate(rows) if row[0] == "Số, ký hiệu văn bản")
    assert rows[head] == [
        "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký", "Nơi nhận văn bản",
        "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ghi chú",
    ]  # fmt: skip
    first, _second, third = rows[head + 1 :]
    assert first[:1] + first[2:5] == [
        "01/HĐND-VP",
        "Về đường <b>liên</b> thôn",
        "Nguyễn Văn Mẫu, Chánh Văn phòng",
        "Sở Xây dựng",
    ]
    assert first[1] == datetime.date(2026, 3, 5)
    assert (third[0], third[2]) == ("03", "")
    entry = audit.entries_about(book).last()
    assert (entry.action, entry.data["kind"], entry.data["lines"]) == ("numbering.printed", "xlsx", 3)


def test_the_register_is_a_paper_too_from_day_to_day(signed_in):
    book, client = a_book(), signed_in("chuyenvien")
    answer = printed(client, book, "docx", tu="01/03/2026", den="10/03/2026")
    tables = Document(io.BytesIO(answer.content)).tables
    words = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert "01/HĐND-VP" in words
    assert "02/HĐND-VP" not in words
    assert printed(client, book, "pdf", tu="01/03/2026", den="10/03/2026").content.startswith(b"%PDF-")


def test_days_that_do_not_fit_are_said_at_the_field_and_a_kind_nobody_knows_is_not_there(signed_in):
    book, client = a_book(), signed_in("chuyenvien")
    answer = printed(client, book, "xlsx", tu="10/03/2026", den="01/03/2026")
    assert answer.status_code == 422
    assert "Ngày cuối không sớm hơn ngày đầu." in answer.content.decode()
    assert printed(client, book, "exe").status_code == 404


@pytest.mark.parametrize("username", ["xa", "soxaydung", "daibieu", "hethong"])
def test_nobody_else_prints_the_register(signed_in, username):
    assert printed(signed_in(username), a_book(), "xlsx").status_code == 404


def test_the_office_of_the_council_keeps_the_books_of_the_council(signed_in, actor):
    council = units.body_of(units.at("01"), "council")
    with transaction.atomic():
        numbering.draw(BOOK, unit=council, year=2026)
    book = Sequence.objects.get(register=BOOK, unit=council)
    for username, status in (("chuyenvien", 200), ("quantri", 200), ("xa", 404), ("soxaydung", 404)):
        assert signed_in(username).get(reverse("numbering:book", args=[book.pk])).status_code == status
    data = {"register": BOOK, "unit": council.pk, "year": 2026, "number": 40, "reason": "Sổ giấy"}
    assert signed_in("quantri").post(CONTINUE, data).status_code == 303
    book.refresh_from_db()
    assert book.next == 40


def test_the_administrator_chooses_whether_minutes_take_a_number(signed_in, actor):
    client, area = signed_in("quantrixa"), actor("quantrixa").unit.area
    assert "Không lấy số nữa" in client.get(LIST).content.decode()
    client.post(reverse("numbering:choose"), {"so": "voters.minutes", "lay": "khong"})
    assert not numbering.is_numbered("voters.minutes", area)
    assert "Văn bản không lấy số." in client.get(LIST).content.decode()
    assert signed_in("xa").post(reverse("numbering:choose"), {"so": "voters.minutes", "lay": "co"}).status_code == 404


def test_numbers_that_stand_on_no_paper_are_no_register_of_papers(signed_in):
    book, client = Sequence.objects.get(register="voters.petition", unit=units.at("01")), signed_in("chuyenvien")
    page = client.get(reverse("numbering:book", args=[book.pk]))
    assert page.status_code == 200
    assert "In sổ đăng ký văn bản đi" not in page.content.decode()
    assert printed(client, book, "xlsx").status_code == 404


@pytest.mark.parametrize(
    ("username", "seen"), [("chuyenvien", True), ("xa", True), ("lanhdao", True), ("quantri", True), ("daibieu", False), ("soxaydung", False)]
)  # fmt: skip
def test_who_keeps_the_books_finds_them_on_the_left(signed_in, username, seen):
    html = signed_in(username).get(reverse("people:account")).content.decode()
    assert (f'href="{LIST}"' in html) is seen
