"""The pages of a lot."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hoidong.kernel.sheets import actions, reading
from hoidong.kernel.sheets.models import SheetLot

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def upload(text, name="bang.csv"):
    return SimpleUploadedFile(name, text.encode("utf-8-sig"))


def test_a_file_is_uploaded_checked_taken_and_cancelled(names, signed_in):
    client = signed_in("chuyenvien")
    assert client.get("/du-lieu/test.names/").status_code == 200

    sent = client.post("/du-lieu/test.names/", {"file": upload("Họ và tên,Ngày sinh\nAn,1/1/1990\nBình,sai\n")})
    address = sent.headers["Location"]
    page = client.get(address).content.decode()
    assert "Nhận 1 dòng" in page
    assert "Không hiểu ngày “sai”" in page

    client.post(f"{address}nhan/")
    lot = SheetLot.objects.get()
    assert (lot.state, lot.taken) == ("taken", 1)
    assert client.post(f"{address}huy/", {"reason": ""}).status_code == 422
    client.post(f"{address}huy/", {"reason": "Gửi nhầm"})
    assert SheetLot.objects.get().state == "cancelled"
    assert client.get(address).status_code == 200
    assert "bang.csv" in client.get("/du-lieu/").content.decode()


def test_a_wrong_file_is_answered_with_what_to_change(names, signed_in):
    answer = signed_in("chuyenvien").post("/du-lieu/test.names/", {"file": upload("a;b\n1;2\n")})

    assert answer.status_code == 422
    assert "Không thấy cột “Họ và tên”" in answer.content.decode()


def test_a_row_is_mended_in_its_place(bring_in, signed_in):
    lot = bring_in(["An;sai;;"])
    client = signed_in("chuyenvien")
    address = f"{lot.get_absolute_url()}dong/2/"

    form = client.get(address, **HTMX).content.decode()
    assert form.startswith("<tr")
    assert 'value="sai"' in form
    row = client.post(address, {"born": "1/1/1990"}, **HTMX).content.decode()
    assert row.startswith("<tr")
    assert "1/1/1990" in row
    assert 'hx-swap-oob="true"' in row
    assert SheetLot.objects.get().ok == 1


def test_a_row_is_mended_on_a_page_of_its_own_where_scripts_do_not_run(bring_in, signed_in):
    lot = bring_in(["An;sai;;"])
    client = signed_in("chuyenvien")

    assert "<h1>Sửa dòng 2</h1>" in client.get(f"{lot.get_absolute_url()}dong/2/").content.decode()
    answer = client.post(f"{lot.get_absolute_url()}dong/2/", {"born": "1/1/1990"}, follow=True)
    assert "Đã sửa dòng 2." in answer.content.decode()


def test_bad_rows_go_out_as_a_sheet_that_comes_in_again(bring_in, names, signed_in):
    lot = bring_in(["An;sai;;", "Bình;;;"])

    content = signed_in("chuyenvien").get(f"{lot.get_absolute_url()}dong-loi.xlsx").content
    table = reading.best(reading.tables(content, names))
    assert table.rows == [(table.rows[0][0], {"name": "An", "born": "sai"})]
    assert "Lỗi cần sửa" in table.unused


def test_rows_are_left_out_and_put_back_from_the_list(bring_in, signed_in):
    lot = bring_in(["An;;;", "Bình;;;"])
    client = signed_in("chuyenvien")

    client.post(f"{lot.get_absolute_url()}bo-qua/", {"chon": ["2", "x"], "lam": "bo-qua"})
    assert SheetLot.objects.get().skipped == 1
    client.post(f"{lot.get_absolute_url()}bo-qua/", {"chon": ["2"], "lam": "dua-lai"})
    assert SheetLot.objects.get().skipped == 0


def test_a_page_left_alone_polls_and_reloads_when_the_work_is_done(bring_in, signed_in, actor):
    lot = bring_in([f"Người {number};;;" for number in range(501)])
    client = signed_in("chuyenvien")

    page = client.get(lot.get_absolute_url()).content.decode()
    assert 'hx-trigger="every 2s"' in page
    part = client.get(lot.get_absolute_url(), HTTP_HX_TARGET="tien-do", **HTMX)
    assert part.content.decode().startswith("<section")
    from hoidong.kernel.sheets import working

    working.run(lot.pk, actor("chuyenvien"))
    done = client.get(lot.get_absolute_url(), HTTP_HX_TARGET="tien-do", **HTMX)
    assert done.headers["HX-Redirect"] == lot.get_absolute_url()


PAGES = ("", "trang-tinh/", "nhan/", "lam-tiep/", "huy/", "dong-loi.xlsx", "bo-qua/", "dong/2/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("username", ["xa", "xa2", "soxaydung", "daibieu", "hethong"])
def test_the_lot_of_another_unit_is_not_there(bring_in, signed_in, page, username):
    lot = bring_in(["An;;;"])
    client = signed_in(username)

    answers = {
        client.get(f"{lot.get_absolute_url()}{page}").status_code,
        client.post(f"{lot.get_absolute_url()}{page}").status_code,
    }
    assert answers <= {404, 405}
    assert 404 in answers


@pytest.mark.parametrize("username", ["soxaydung", "hethong"])
def test_who_may_not_bring_a_kind_in_finds_no_page_for_it(names, signed_in, username):
    client = signed_in(username)
    for page in ("/du-lieu/test.names/", "/du-lieu/test.names/mau.xlsx", "/du-lieu/voters.petitions/"):
        assert client.get(page).status_code == 404


def test_who_brings_nothing_in_at_all_finds_no_list(names, signed_in):
    assert signed_in("soxaydung").get("/du-lieu/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_lot_costs_the_same_for_one_row_and_for_many(bring_in, signed_in, django_assert_max_num_queries, count):
    lot = bring_in([f"Người {number};sai;;" for number in range(count)])
    client = signed_in("chuyenvien")
    with django_assert_max_num_queries(12) as captured:
        client.get(lot.get_absolute_url())
    assert len(captured) <= 12


def test_a_lot_is_cancelled_before_anything_was_taken_without_a_reason(bring_in, signed_in):
    lot = bring_in(["An;;;"])
    signed_in("chuyenvien").post(f"{lot.get_absolute_url()}huy/", {})
    assert SheetLot.objects.get().state == "cancelled"


def test_several_sheets_are_offered_with_the_best_one_chosen(names, signed_in, actor):
    from .test_reading import book

    def fill(made, first, second):
        first.write_row(0, 0, ["Họ và tên", "Loại"])
        first.write_row(1, 0, ["An", "B"])
        second.write_row(0, 0, ["Họ và tên", "Ngày sinh", "Loại"])
        second.write_row(1, 0, ["Bình", "1/1/1990", "A"])

    content = book(fill, ("Một", "Hai"))
    lot = actions.start(names, content=content, file_name="b.xlsx", options={}, told=[], by=actor("chuyenvien"))
    client = signed_in("chuyenvien")

    assert 'value="Hai" checked' in client.get(lot.get_absolute_url()).content.decode()
    client.post(f"{lot.get_absolute_url()}trang-tinh/", {"sheet": "Một"})
    assert SheetLot.objects.get().rows.get().raw == {"name": "An", "kind": "B"}
