"""The plan from Excel, from text that is pasted, typed in the grid; and the plan on paper and as XLSX again."""

import io
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook

from hoidong.citizens.voters.actions import rounds
from hoidong.citizens.voters.models import PlannedMeeting
from hoidong.citizens.voters.rounds.sheets import with_headings
from hoidong.kernel.base.errors import NotAllowed
from hoidong.kernel.sheets import actions as lots
from hoidong.kernel.sheets import importers
from tests.citizens.voters.days import typed

pytestmark = pytest.mark.django_db
pytest_plugins = ["tests.citizens.voters.rounds_fixtures"]
HEADER = "TT;Tổ đại biểu;Xã/phường;Thời gian;Giờ;Địa điểm tổ chức;Đại biểu tham dự;Ghi chú"


@pytest.fixture
def bring_in(actor, draft):
    """`bring_in("row", …)`: a lot of a CSV for a draft. Returns (lot, round)."""

    def bring(*rows, header=HEADER, found=None, username="chuyenvien"):
        found = found or draft(username)
        lot = lots.start(
            importers.named("voters.rounds"), content="\n".join([header, *rows]).encode(), file_name="lich.csv",
            options={"round": found.pk}, told=[], by=actor(username),
        )  # fmt: skip
        return lot, found

    return bring


def test_a_sheet_of_an_office_becomes_rows_with_groups_communes_and_deputies(bring_in, actor, communes):
    lot, found = bring_in(
        f"1;Tổ 1;{communes[0].name};{typed(9)};8h00;Nhà văn hóa;;",
        f"2;tổ 2;{communes[3].short_name};{typed(9)};14h;Trường;Phan Hữu Tín;gấp",
    )
    assert [row.state for row in lot.rows.order_by("number")] == ["ok", "ok"]
    lots.take(lot, by=actor("chuyenvien"))
    first, second = PlannedMeeting.objects.filter(round=found).order_by("place")
    assert (first.commune, first.group.name, first.hours) == (communes[0], "Tổ đại biểu số 1", "08:00")
    assert first.deputies.count() == 3  # the cell was empty: the whole group
    assert (second.venue, second.note, second.lot_id) == ("Trường", "gấp", lot.pk)
    assert [entry.person.full_name for entry in second.deputies.all()] == ["Phan Hữu Tín"]


def test_each_error_stands_at_its_cell_and_good_rows_are_not_lost(bring_in, actor, communes):
    lot, found = bring_in(
        "1;Tổ 9;xã Không Có;32/13/2026;sáng sớm;Nhà văn hóa;;", f"2;;{communes[0].name};{typed(9)};8h;Trường;;", "3;tổ 1;;;;;;"
    )
    rows = {row.number: row for row in lot.rows.all()}
    assert set(rows[2].errors) == {"group", "commune", "held_on", "starts_at"}
    assert (rows[3].state, set(rows[4].errors)) == ("ok", {"commune"})
    lots.take(lot, by=actor("chuyenvien"))
    assert PlannedMeeting.objects.filter(round=found).count() == 1


def test_a_row_that_is_there_already_is_shown_as_a_repeat(bring_in, actor, communes):
    row = f"1;;{communes[0].name};{typed(9)};8h;Nhà văn hóa;;"
    lot, found = bring_in(row)
    lots.take(lot, by=actor("chuyenvien"))
    again, _found = bring_in(row, row, found=found)
    assert all(one.repeat for one in again.rows.all())


def test_a_lot_is_taken_back_while_the_round_is_a_draft_and_not_afterwards(bring_in, actor, communes):
    lot, found = bring_in(f"1;;{communes[0].name};{typed(9)};8h;Nhà văn hóa;;")
    lots.take(lot, by=actor("chuyenvien"))
    lots.cancel(lot, by=actor("chuyenvien"), reason="Nhầm tệp")
    assert not PlannedMeeting.objects.filter(round=found).exists()
    lot, found = bring_in(f"1;;{communes[0].name};{typed(9)};8h;Nhà văn hóa;;")
    lots.take(lot, by=actor("chuyenvien"))
    rounds.publish(found, by=actor("chuyenvien"))
    with pytest.raises(NotAllowed, match="đã công bố"):
        lots.cancel(lot, by=actor("chuyenvien"), reason="Nhầm tệp")


def test_rows_do_not_go_into_a_round_that_was_published_meanwhile(bring_in, actor, communes, planned_in):
    found, _rows = planned_in({})
    lot, _found = bring_in(f"1;;{communes[0].name};{typed(9)};8h;Nhà văn hóa;;", found=found)
    rounds.publish(found, by=actor("chuyenvien"))
    assert "không còn là bản đang soạn" in lots.take(lot, by=actor("chuyenvien")).trouble
    assert found.planned.count() == 1


def test_another_offices_draft_takes_no_rows(bring_in, actor, draft, communes):
    foreign = draft()
    lot, _found = bring_in(f"1;;{actor('xa').unit.area.name};{typed(9)};8h;Nhà văn hóa;;", found=foreign, username="xa")
    lots.take(lot, by=actor("xa"))
    assert not foreign.planned.exists()


@pytest.mark.parametrize("username", ["soxaydung", "daibieu", "quantri", "hethong"])
def test_only_council_offices_bring_plans_in(actor, username):
    assert not importers.named("voters.rounds").may(actor(username))


def test_three_hundred_rows_come_in_with_as_few_statements_as_thirty(bring_in, actor, communes):
    costs = []
    for count in (30, 300):
        rows = [
            f"{place};tổ {place % 2 + 1};{communes[place % 6].name};{typed(9 + place % 40)};8h;Nhà {place};;"
            for place in range(count)
        ]
        with CaptureQueriesContext(connection) as captured:
            lot, found = bring_in(*rows)
            lots.take(lot, by=actor("chuyenvien"))
        costs.append(len(captured))
        assert found.planned.count() == count
    assert costs[1] <= costs[0] + 2


def test_the_template_can_be_filled_by_hand(signed_in):
    answer = signed_in("chuyenvien").get(reverse("sheets:template", args=["voters.rounds"]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    said = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert {"Xã, phường", "Địa điểm", "Đại biểu"} <= {str(cell).strip(" *") for cell in said}


def test_rows_pasted_without_headings_get_those_they_look_like():
    text = "1\tTổ 1\tXã Ba Vì\t25/11/2026\t8h00\tNhà văn hóa thôn Đông\tÔng A; Bà B\n2\tTổ 2\tPhường Yên Hòa\t26/11\t14h\tTrường\tBà C"
    head = with_headings(text).split("\n")[0].split("\t")
    assert head == ["", "Tổ đại biểu", "Xã, phường", "Ngày", "Giờ", "Địa điểm", "Đại biểu"]


def test_rows_pasted_with_headings_keep_them():
    text = "Xã, phường\tNgày\tĐịa điểm\nXã Ba Vì\t25/11/2026\tTrường"
    assert with_headings(text) == text


def test_a_table_that_is_pasted_becomes_a_lot_to_look_at_first(signed_in, draft, communes):
    client, found = signed_in("chuyenvien"), draft()
    answer = client.post(
        f"/cu-tri/dot-tiep-xuc/{found.pk}/dan/", {"words": f"Tổ 1\t{communes[0].name}\t{typed(9)}\t8h\tNhà văn hóa\r\n"}
    )
    assert answer.status_code == 302
    assert "Nhà văn hóa" in client.get(answer.url).content.decode()
    assert not found.planned.exists()


def test_text_without_columns_says_what_to_copy_and_stays_there(signed_in, draft):
    found = draft()
    answer = signed_in("chuyenvien").post(f"/cu-tri/dot-tiep-xuc/{found.pk}/dan/", {"words": "chỉ có chữ"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Không thấy cột nào" in page
    assert "chỉ có chữ" in page


def test_the_grid_answers_with_errors_under_their_cells_and_the_cells_in_their_one_form(signed_in, draft, communes):
    found = draft()
    rows = [
        {
            "place": 1,
            "group": "tổ 1",
            "commune": communes[0].short_name,
            "held_on": typed(9)[:5],
            "starts_at": "8h",
            "venue": "Trường",
        },
        {"place": 2, "commune": "xã Không Có", "venue": "Trường"},
    ]
    answer = (
        signed_in("chuyenvien")
        .post(f"/cu-tri/dot-tiep-xuc/{found.pk}/dong/", json.dumps({"rows": rows}), content_type="application/json")
        .json()
    )
    first, second = answer["rows"]["1"], answer["rows"]["2"]
    assert (first["cells"]["commune"], first["cells"]["held_on"], first["cells"]["starts_at"]) == (
        communes[0].name,
        typed(9),
        "08:00",
    )
    assert "Ngô Thị Kim Oanh" in first["cells"]["deputies"]
    assert (first["errors"], set(second["errors"])) == ({}, {"commune"})
    assert answer["counts"]["all"] == 2


@pytest.mark.parametrize(
    "body", ["{", "[]", '{"rows": [{"place": 0}]}', '{"rows": [{"place": "x"}]}', '{"rows": [{"place": 1001}]}', '{"rows": 3}']
)
def test_rows_that_cannot_be_read_are_refused_without_a_fault(signed_in, draft, body):
    found = draft()
    answer = signed_in("chuyenvien").post(f"/cu-tri/dot-tiep-xuc/{found.pk}/dong/", body, content_type="application/json")
    assert answer.status_code == 400
    assert "không đọc được" in answer.json()["error"]


def test_the_grid_works_without_scripts(signed_in, draft, communes):
    client, found = signed_in("chuyenvien"), draft()
    client.post(
        f"/cu-tri/dot-tiep-xuc/{found.pk}/dong/",
        {"commune-1": communes[0].name, "held_on-1": "32/1", "venue-1": "Trường", "commune-2": "", "venue-2": ""},
    )
    page = client.get(f"/cu-tri/dot-tiep-xuc/{found.pk}/").content.decode()
    assert found.planned.count() == 1
    assert re.search(r'id="o-held_on-1-loi"[^>]*>\s*Không có ngày 32/1', page)


def test_the_plan_on_paper_holds_every_meeting_and_no_note_of_the_office(planned_in, signed_in):
    found, rows = planned_in({"group": "tổ 1", "note": "Ghi Chú Kín"}, {"starts_at": ""})
    client = signed_in("chuyenvien")
    paper = Document(io.BytesIO(client.get(f"/cu-tri/dot-tiep-xuc/{found.pk}/ke-hoach/docx/").content))
    text = "\n".join(line.text for line in paper.paragraphs)
    table = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert "KẾ HOẠCH" in text
    assert "02 hội nghị" in text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in table
    for row in rows:
        assert row.venue in table
    assert "Ngô Thị Kim Oanh" in table
    assert "Ghi Chú Kín" not in text + table


def test_the_plan_is_a_pdf_with_the_same_rows(planned_in, signed_in):
    from pypdf import PdfReader

    found, rows = planned_in({}, {})
    answer = signed_in("chuyenvien").get(f"/cu-tri/dot-tiep-xuc/{found.pk}/ke-hoach/pdf/")
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "LỊCH TIẾP XÚC CỬ TRI" in text
    assert typed(9) in text


def test_the_plan_as_excel_can_come_in_again_as_it_is(under_way, signed_in, draft, actor):
    content = signed_in("chuyenvien").get(f"/cu-tri/dot-tiep-xuc/{under_way.pk}/ke-hoach/xlsx/").content
    found = draft()
    lot = lots.start(
        importers.named("voters.rounds"), content=content, file_name="lich.xlsx", options={"round": found.pk}, told=[],
        by=actor("chuyenvien"),
    )  # fmt: skip
    assert {row.state for row in lot.rows.all()} == {"ok"}
    lots.take(lot, by=actor("chuyenvien"))
    kept = ("commune", "group", "held_on", "starts_at", "ends_at", "venue", "kind", "chair")
    assert list(found.planned.order_by("held_on", "venue").values_list(*kept)) == list(
        under_way.planned.filter(state="planned").order_by("held_on", "venue").values_list(*kept)
    )


def test_words_that_look_like_formulas_stay_words_in_excel(planned_in, signed_in):
    found, _rows = planned_in({"venue": "=1+1", "chair": "@SUM(A1)"})
    content = signed_in("chuyenvien").get(f"/cu-tri/dot-tiep-xuc/{found.pk}/ke-hoach/xlsx/").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert "=1+1" in [cell for row in rows for cell in row]


def test_an_office_may_print_by_its_own_template_of_the_plan(actor):
    """The default template, filled with its sample, is a paper: what an administrator gets to edit works."""
    from hoidong.kernel.papers import kinds, making
    from hoidong.kernel.papers.filling import fill
    from hoidong.kernel.papers.pdf import make

    kind = kinds.known("voters.round_plan")
    assert make(fill(making.default_template(kind), kind.sample))[:4] == b"%PDF"
