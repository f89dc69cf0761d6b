"""Petitions from the sheets offices have."""

import pytest

from hoidong.citizens.voters.models import Petition
from hoidong.citizens.voters.sheets import PetitionOptions
from hoidong.council.meetings import queries as meetings
from hoidong.kernel.base.errors import NotAllowed
from hoidong.kernel.sheets import actions, importers
from hoidong.kernel.units import queries as units

pytestmark = pytest.mark.django_db
HEADER = "STT;Nội dung kiến nghị;Địa phương, Đơn vị tiếp nhận;Thẩm quyền giải quyết;Lĩnh vực;Kỳ họp;Hình thức;Công văn;Số;Ngày"
WORDS = "Đề nghị sớm sửa cầu qua kênh Bắc, lan can gãy đã hai năm nay."


@pytest.fixture
def bring_in(actor):
    def bring(*rows, username="chuyenvien", header=HEADER, phase="before"):
        by = actor(username)
        session = meetings.current_session(by)
        return actions.start(
            importers.named("voters.petitions"), content="\n".join([header, *rows]).encode(), file_name="kien-nghi.csv",
            options={"session": session.pk, "phase": phase, "received_on": "2026-11-20"}, told=[], by=by,
        )  # fmt: skip

    return bring


def petition_of(lot, number):
    return Petition.objects.get(pk=lot.rows.get(number=number).taken_ref)


def test_a_row_becomes_a_petition_with_what_the_sheet_knows(bring_in, actor):
    commune = units.communes_of(units.at("01")).first()
    lot = bring_in(f"1;- {WORDS};{commune.name};Sở Xây dựng;csht;;Sau kỳ họp;cv;22;43234")
    assert lot.rows.get().warnings == []

    petition = petition_of(actions.take(lot, by=actor("chuyenvien")), 2)
    assert (petition.text, petition.commune, petition.field.code) == (WORDS, commune, "transport")
    assert (petition.body.code, petition.level, petition.phase, petition.source) == ("01.SXD", "province", "after", "sheet")
    assert (petition.state, petition.year, petition.lot_id) == ("handed_up", 2026, lot.pk)
    assert petition.note == "Văn bản gửi: cv 22 14/05/2018"


def test_bodies_are_known_by_abbreviation_old_name_and_beginning(bring_in):
    said = {"bgtvt": "CP.BXD", "BKHDT": "CP.BTC", "bộ giáo dục": "CP.BGDDT", "Bộ TN&MT": "CP.BNNMT", "thanh tra cp": "CP.TTCP"}
    said |= {"qh": "QH", "Sở GTVT": "01.SXD", "Sở Kế hoạch và Đầu tư": "01.STC"}
    lot = bring_in(*(f"{place};{WORDS} Lần {place}.;;{name};;;;;;" for place, name in enumerate(said)))

    found = [units.get(row.values["body_id"]) for row in lot.rows.order_by("number")]
    assert [unit and unit.code for unit in found] == list(said.values())


def test_a_beginning_that_was_understood_says_what_as(bring_in):
    lot = bring_in(f"1;{WORDS};;bộ lao động;;;;;;")
    assert lot.rows.get().warnings == ["Cơ quan “bộ lao động” được hiểu là Bộ Nội vụ."]


def test_bodies_are_known_by_initials_and_peoples_committees_by_their_place_or_rank(bring_in, actor):
    commune = actor("xa").unit.area
    said = {
        "Sở GD&ĐT": "01.SGDDT",
        "Sở NN": "01.SNNMT",
        "UBND thành phố": "01.UBND",
        f"UBND {commune.name}": f"{commune.code}.UBND",
    }
    lot = bring_in(*(f"{place};{WORDS} Lần {place}.;;{name};;;;;;" for place, name in enumerate(said)))

    found = [units.get(row.values["body_id"]) for row in lot.rows.order_by("number")]
    assert [unit and unit.code for unit in found] == list(said.values())


def test_a_name_that_an_old_district_had_too_means_the_commune_and_says_so(bring_in):
    row = bring_in(f"1;{WORDS};Ba Vì;;;;;;;").rows.get()

    assert units.get(row.values["commune_id"]).name == "Xã Ba Vì"
    assert row.warnings == ["“Ba Vì” được hiểu là Xã Ba Vì."]


def test_an_unknown_body_field_place_phase_and_date_are_warnings_and_stay_in_the_note(bring_in, actor):
    lot = bring_in(f"1;{WORDS};Kiên Giang;cqk;linh tinh;kỳ họp thứ 99;bất chợt;cv;7;hôm kia")
    row = lot.rows.get()
    assert row.state == "ok"
    assert len(row.warnings) == 6

    petition = petition_of(actions.take(lot, by=actor("chuyenvien")), 2)
    assert (petition.body, petition.field, petition.phase) == (None, None, "before")
    assert petition.commune_id == units.at("01").pk
    for words in ("Kiên Giang", "cqk", "linh tinh", "kỳ họp thứ 99", "bất chợt", "hôm kia"):
        assert words in petition.note


def test_a_row_without_words_is_refused_and_no_other_one(bring_in):
    lot = bring_in("1;;Hà Nội;;;;;;;", f"2;{WORDS};;;;;;;;", "3;---;Hà Nội;;;;;;;", "4;;;;;;;;;")
    assert {row.number: row.state for row in lot.rows.all()} == {2: "bad", 3: "ok", 4: "bad"}


def test_the_same_words_from_two_communes_are_two_petitions(bring_in):
    first, second = [unit.name for unit in units.communes_of(units.at("01"))[:2]]
    lot = bring_in(f"1;{WORDS};{first};;;;;;;", f"2;{WORDS};{second};;;;;;;", f"3;{WORDS};{first};;;;;;;")

    assert [bool(row.repeat) for row in lot.rows.order_by("number")] == [False, False, True]


def test_a_petition_typed_by_hand_before_is_shown_as_a_repeat(bring_in):
    known = Petition.objects.filter(state="handed_up", merged_into=None).select_related("commune").first()
    words = known.original_text.replace("\n", " ").replace(";", ",")
    lot = bring_in(f"1;{words};{known.commune.name};;;;;;;")

    assert str(known) in lot.rows.get().repeat


def test_an_answer_in_the_sheet_is_kept_in_the_note(bring_in, actor):
    lot = bring_in(f"{WORDS};Sở đã ghi kế hoạch sửa năm 2027.", header="Nội dung;Kết quả giải quyết")
    petition = petition_of(actions.take(lot, by=actor("chuyenvien")), 2)

    assert "Trả lời theo bảng: Sở đã ghi kế hoạch sửa năm 2027." in petition.note
    assert petition.answers.count() == 0


def test_a_lot_is_cancelled_whole_while_nothing_was_done_with_it(bring_in, actor):
    by = actor("chuyenvien")
    lot = actions.take(bring_in(f"1;{WORDS};;;;;;;;", f"2;{WORDS} Thêm.;;;;;;;;"), by=by)
    from hoidong.citizens.voters import actions as voters
    from hoidong.citizens.voters.models import Field

    petition = petition_of(lot, 2)
    voters.classify(Petition.objects.filter(pk=petition.pk), field=Field.objects.first(), by=by)
    with pytest.raises(NotAllowed, match="1 kiến nghị"):
        actions.cancel(lot, by=by, reason="Nhầm")

    other = actions.take(bring_in(f"1;{WORDS} Khác hẳn.;;;;;;;;"), by=by)
    actions.cancel(other, by=by, reason="Nhầm")
    assert petition_of(other, 2).state == "cancelled"


def test_a_commune_brings_in_for_itself_only(bring_in, actor):
    by = actor("xa")
    other = units.communes_of(units.at("01")).exclude(pk=by.unit.area_id).first()
    lot = actions.take(bring_in(f"1;{WORDS};{other.name};;;;;;;", username="xa"), by=by)

    petition = petition_of(lot, 2)
    assert (petition.commune_id, petition.office_id, petition.state) == (by.unit.area_id, by.unit.area_id, "new")
    assert other.name in petition.note


@pytest.mark.parametrize("username", ["soxaydung", "daibieu", "quantri", "hethong"])
def test_only_the_councils_office_may(actor, username):
    assert not importers.named("voters.petitions").may(actor(username))


def test_checking_costs_the_same_for_one_row_and_for_many(bring_in, django_assert_max_num_queries):
    rows = [f"{place};{WORDS} {place};Hà Nội;bgtvt;csht;;;;;" for place in range(60)]
    bring_in(rows[0])
    for count in (1, 60):
        with django_assert_max_num_queries(45):
            bring_in(*rows[:count])


def test_the_options_offer_the_sessions_and_refuse_days_to_come(actor):
    by = actor("chuyenvien")
    session = meetings.current_session(by)
    form = PetitionOptions({"session": session.pk, "phase": "after", "received_on": "1/1/2099"}, actor=by)

    assert set(form.errors) == {"received_on"}


def test_headings_of_sheets_in_use_are_understood(actor):
    from hoidong.kernel.sheets import reading

    importer = importers.named("voters.petitions")
    header = ["STT", "Ý kiến, kiến nghị của cử tri", "Xã/phường", "Cơ quan có thẩm quyền giải quyết", "Lĩnh vực thuộc Bộ/ngành",
              "Chương trình/Kế hoạch TXCT", "Trước/Sau kỳ họp/Khác", "Họ và tên cử tri", "Số cử tri", "Ngày tiếp xúc"]  # fmt: skip
    found = reading.best(reading.tables("\t".join(header).encode() + b"\n1\ta\n", importer))

    assert set(found.header) == {"text", "commune", "body", "field", "plan", "phase", "speaker", "voters", "raised_on"}
    assert found.unused == []
