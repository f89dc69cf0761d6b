"""Lots: one bad row never loses the good ones, and none is taken in silence."""

import pytest
from django.utils.translation import override

from hoidong.kernel import audit
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.people.models import Person
from hoidong.kernel.sheets import actions, checking, queries, tasks, working
from hoidong.kernel.sheets.models import SheetLot, SheetSource

pytestmark = pytest.mark.django_db


def states_of(lot):
    return {row.number: row.state for row in lot.rows.order_by("number")}


def test_a_dry_run_writes_nothing_and_says_what_is_wrong_where(bring_in):
    before = Person.objects.count()

    lot = bring_in(["An;1/1/1990;3;A", ";;;", ";2/2/1991;;", "Bình;hôm qua;x;Z"])

    assert lot.state == "checked"
    assert states_of(lot) == {2: "ok", 4: "bad", 5: "bad"}
    assert set(lot.rows.get(number=5).errors) == {"born", "count", "kind"}
    assert Person.objects.count() == before
    assert not SheetSource.objects.filter(lot=lot).exists()


def test_good_rows_are_taken_and_bad_ones_stay_to_be_mended(bring_in, actor):
    lot = bring_in(["An;;;", "Bình;hôm qua;;"])

    lot = actions.take(lot, by=actor("chuyenvien"))
    assert (lot.state, lot.taken, lot.bad) == ("taken", 1, 1)

    row = actions.mend(lot, 3, {"born": "1/2/1990"}, by=actor("chuyenvien2"))
    assert (row.state, row.mended, row.values["born"]) == ("ok", True, "1990-02-01")

    lot = actions.take(lot, by=actor("chuyenvien2"))
    assert (lot.taken, lot.bad) == (2, 0)
    assert Person.objects.filter(full_name="Bình").exists()


def test_what_is_kept_with_a_row_is_vietnamese_when_who_works_on_it_reads_english(bring_in, actor):
    with override("en"):
        lot = bring_in(["An;hôm qua;;", "An;1/1/1990;;", "An;1/1/1990;;"])
        assert lot.rows.get(number=2).errors == {"born": "Không hiểu ngày “hôm qua”. Ghi như 22/11/2026."}
        row = actions.mend(lot, 2, {"born": "mai"}, by=actor("chuyenvien"))
        assert row.errors == {"born": "Không hiểu ngày “mai”. Ghi như 22/11/2026."}
    assert "dòng 3" in lot.rows.get(number=4).repeat


def test_a_row_refused_while_taking_stands_alone_with_its_reason(bring_in, actor):
    lot = actions.take(bring_in(["An;;;", "Ma;;;", "Bình;;;", "Cúc;;;"]), by=actor("chuyenvien"))

    assert states_of(lot) == {2: "taken", 3: "bad", 4: "taken", 5: "taken"}
    assert lot.rows.get(number=3).errors == {"name": "Không nhận người tên Ma."}


def test_repeats_inside_the_sheet_are_shown_and_left_out_unless_chosen(bring_in, actor):
    rows = ["An;1/1/1990;;", "Bình;;;", "AN;01/01/1990;;"]
    lot = bring_in(rows)
    assert lot.repeats == 1
    assert "dòng 2" in lot.rows.get(number=4).repeat

    lot = actions.take(lot, by=actor("chuyenvien"))
    assert states_of(lot) == {2: "taken", 3: "taken", 4: "skipped"}

    other = actions.take(bring_in(rows, file_name="lai.csv"), by=actor("chuyenvien"), take_repeats=True)
    assert other.taken == 3


def test_rows_taken_from_another_file_are_repeats_until_that_lot_is_cancelled(bring_in, actor):
    first = actions.take(bring_in(["An;;;"], file_name="một.csv"), by=actor("chuyenvien"))
    again = bring_in(["An;;;"])
    assert "một.csv" in again.rows.get().repeat

    actions.cancel(first, by=actor("chuyenvien"), reason="Nhầm")
    assert bring_in(["An;;;"]).rows.get().repeat == ""


def test_when_the_first_of_two_is_left_out_the_second_is_no_repeat_any_more(bring_in, actor):
    lot = bring_in(["An;;;", "An;;;"])

    actions.leave_out(lot, [2], by=actor("chuyenvien"))
    assert lot.rows.get(number=3).repeat == ""

    actions.put_back(lot, [2], by=actor("chuyenvien"))
    assert lot.rows.get(number=3).repeat


def test_cancelling_needs_a_reason_and_takes_everything_back_or_nothing(bring_in, actor):
    lot = actions.take(bring_in(["An Thử;;;", "Bình Thử;;;"]), by=actor("chuyenvien"))
    with pytest.raises(Invalid):
        actions.cancel(lot, by=actor("chuyenvien"))

    Person.objects.filter(full_name="An Thử").update(phone="1")
    with pytest.raises(NotAllowed):
        actions.cancel(lot, by=actor("chuyenvien"), reason="Nhầm tệp")
    assert SheetLot.objects.get(pk=lot.pk).state == "taken"

    Person.objects.filter(full_name="An Thử").update(phone="")
    assert actions.cancel(lot, by=actor("chuyenvien"), reason="Nhầm tệp").state == "cancelled"
    assert not Person.objects.filter(full_name__endswith="Thử").exists()


def test_every_step_is_written_down_but_not_what_the_cells_said(bring_in, actor):
    lot = bring_in(["Người Kín;sai;;"])
    actions.mend(lot, 2, {"born": "1/1/1990"}, by=actor("chuyenvien"))
    actions.take(lot, by=actor("chuyenvien"))

    entries = list(audit.entries_about(lot))
    assert [entry.action for entry in entries] == [
        "sheets.start", "kernel.sheet_read", "sheets.mend", "kernel.sheet_take", "sheets.took", "kernel.sheet_taken",
    ]  # fmt: skip
    assert "Kín" not in str([entry.data for entry in entries])


def test_another_unit_sees_no_lot_and_moves_none(bring_in, actor):
    lot = bring_in(["An;;;"])

    assert not queries.lots_for(actor("xa")).exists()
    for act in (actions.take, actions.cancel, actions.resume):
        with pytest.raises(NotAllowed):
            act(lot, by=actor("xa"))
    with pytest.raises(NotAllowed):
        actions.mend(lot, 2, {"name": "X"}, by=actor("xa"))


def test_a_sheet_without_its_column_is_refused_at_the_door(bring_in):
    with pytest.raises(Invalid, match="Họ và tên"):
        bring_in(["1;2"], header="Cột lạ;Cột khác")
    assert not SheetLot.objects.exists()


def test_a_file_with_several_sheets_asks_which(names, actor):
    from .test_reading import book

    def fill(made, first, second):
        for page, name in ((first, "An"), (second, "Bình")):
            page.write_row(0, 0, ["Họ và tên", "Loại"])
            page.write_row(1, 0, [name, "A"])

    content = book(fill, ("Quý 1", "Quý 2"))
    lot = actions.start(names, content=content, file_name="b.xlsx", options={}, told=[], by=actor("chuyenvien"))
    assert (lot.state, lot.sheet) == ("reading", "")

    lot = actions.choose(lot, "Quý 2", by=actor("chuyenvien"))
    assert [row.raw["name"] for row in lot.rows.all()] == ["Bình"]


class TestBigLots:
    """More than 500 rows go through the queue."""

    @pytest.fixture
    def big(self, bring_in):
        return bring_in([f"Người {number};;;" for number in range(1200)])

    def run(self, lot, actor):
        tasks.work.func(lot.pk, actor.account.pk, actor.post.pk)
        return SheetLot.objects.get(pk=lot.pk)

    def test_they_wait_for_the_worker_and_are_read_and_taken_by_it(self, big, actor):
        assert (big.state, big.total, big.done) == ("reading", 1200, 0)

        lot = self.run(big, actor("chuyenvien"))
        assert (lot.state, lot.ok) == ("checked", 1200)

        lot = actions.take(lot, by=actor("chuyenvien"))
        assert lot.state == "taking"
        lot = self.run(lot, actor("chuyenvien"))
        assert (lot.state, lot.taken, lot.done) == ("taken", 1200, 1200)
        assert lot.rows.filter(taken_ref=None).count() == 0

    def test_reading_that_broke_off_goes_on_where_it_was(self, big, actor, names, monkeypatch):
        chunks = []
        real = checking.checked_rows

        def breaks(importer, lot, cells, by):
            chunks.append(len(cells))
            if len(chunks) == 2:
                raise RuntimeError("power cut")
            return real(importer, lot, cells, by)

        monkeypatch.setattr(checking, "CHUNK", 500)
        monkeypatch.setattr(checking, "checked_rows", breaks)
        with pytest.raises(working.BrokeOff):
            self.run(big, actor("chuyenvien"))
        lot = SheetLot.objects.get(pk=big.pk)
        assert (lot.state, lot.done) == ("reading", 500)
        assert "Làm tiếp" in lot.trouble

        lot = self.run(lot, actor("chuyenvien"))
        assert (lot.state, lot.ok, lot.trouble) == ("checked", 1200, "")
        assert chunks == [500, 500, 500, 200]

    def test_taking_that_broke_off_takes_no_row_twice(self, big, actor, names, monkeypatch):
        monkeypatch.setattr(checking, "CHUNK", 500)
        lot = self.run(big, actor("chuyenvien"))
        lot = actions.take(lot, by=actor("chuyenvien"))
        before = Person.objects.count()
        real, calls = type(names).take, []

        def breaks(self, rows, *rest):
            calls.append(len(rows))
            taken = real(self, rows, *rest)
            if len(calls) == 2:
                raise RuntimeError("power cut")
            return taken

        monkeypatch.setattr(type(names), "take", breaks)
        with pytest.raises(working.BrokeOff):
            self.run(lot, actor("chuyenvien"))
        assert Person.objects.count() == before + 500

        lot = self.run(lot, actor("chuyenvien"))
        assert lot.taken == 1200
        assert Person.objects.count() == before + 1200

    def test_a_person_who_left_the_post_takes_nothing_more(self, big, actor):
        gone = actor("chuyenvien")
        gone.post.ends_on = gone.post.starts_on
        gone.post.save()

        lot = self.run(big, gone)
        assert (lot.state, lot.done) == ("reading", 0)
        assert "không còn giữ chức vụ" in lot.trouble

    def test_two_workers_on_one_lot_read_each_row_once(self, big, actor):
        for _round in range(2):
            working.run(big.pk, actor("chuyenvien"))
        assert SheetLot.objects.get(pk=big.pk).rows.count() == 1200
