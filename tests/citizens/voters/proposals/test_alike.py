"""Earlier petitions that read alike: found in part, found among many repeats, and seen only by those who may see them."""

import pytest

from hoidong.citizens.voters import actions
from hoidong.citizens.voters.models import Alike, Petition
from hoidong.citizens.voters.proposals import alike, marking
from hoidong.citizens.voters.proposals import queries as proposals

BRIDGE = "Cầu treo bản Nà Sầm đứt cáp từ cơn lũ tháng trước, bà con phải lội suối, đề nghị làm lại cầu cho học sinh đi học."
ALMOST = "Cầu treo bản Nà Sầm đứt cáp từ cơn lũ, học sinh phải lội suối đi học, đề nghị sớm làm lại cầu treo."
OTHER = "Giá điện bậc thang cao quá, hộ nghèo không trả nổi hóa đơn mùa hè."


def test_words_that_read_alike_share_marks_and_others_do_not():
    first, second, third = (set(marking.marks_of(text)) for text in (BRIDGE, ALMOST, OTHER))
    assert len(first & second) >= 4
    assert not first & third
    assert len(marking.marks_of(BRIDGE)) == marking.SINGLE + marking.PAIRED


def test_marks_are_the_same_on_every_day_and_machine():
    assert marking.marks_of("nước sạch yếu") == marking.marks_of("NƯỚC SẠCH YẾU") == marking.marks_of("nuoc sach yeu")
    assert marking.marks_of("") == []


def test_a_new_text_finds_the_earlier_petition_with_the_words_both_have(record, actor):
    earlier = record("xa", BRIDGE, OTHER)[0]
    clerk = actor("xa")
    found = proposals.similar(clerk, ALMOST, area=clerk.unit.area)
    assert [one.petition for one in found] == [earlier]
    assert "nà sầm" in found[0].shared


def test_a_repeat_is_found_among_a_thousand_other_repeats(record, actor):
    record(
        "xa", *[f"Đường trục thôn số {number} hỏng nặng, đề nghị sửa đường trục thôn cho dân đi lại." for number in range(900)]
    )
    wanted = record("xa", BRIDGE)[0]
    clerk = actor("xa")
    assert proposals.similar(clerk, ALMOST, area=clerk.unit.area)[0].petition == wanted


def test_another_communes_petition_is_never_shown(record, actor):
    record("xa", BRIDGE)
    stranger = actor("xa2")
    assert proposals.similar(stranger, BRIDGE, area=stranger.unit.area) == []
    # Nor when somebody asks about the other commune's area.
    assert proposals.similar(stranger, BRIDGE, area=actor("xa").unit.area) == []


def test_the_city_is_shown_only_what_was_handed_up(record, actor):
    earlier = record("xa", BRIDGE)[0]
    officer = actor("chuyenvien")
    assert proposals.similar(officer, BRIDGE, area=officer.unit.area) == []
    actions.hand_up(Petition.objects.filter(pk=earlier.pk), by=actor("xa"))
    assert [one.petition for one in proposals.similar(officer, BRIDGE, area=officer.unit.area)] == [earlier]


@pytest.mark.parametrize("name", ["soxaydung", "daibieu", "quantri", "hethong"])
def test_people_who_record_no_petitions_get_no_proposal(name, record, actor):
    record("xa", BRIDGE)
    asker = actor(name)
    area = asker.unit.area if asker.unit else actor("xa").unit.area
    assert proposals.propose(asker, BRIDGE, area=area).is_empty


def test_a_petition_is_not_like_itself_and_a_merged_one_is_gone(record, actor):
    first, second = record("xa", BRIDGE, ALMOST)
    clerk = actor("xa")
    assert [one.petition for one in proposals.similar(clerk, BRIDGE, area=clerk.unit.area, without=first.pk)] == [second]
    actions.keep(Petition.objects.filter(pk__in=[first.pk, second.pk]), by=clerk)
    actions.merge(Petition.objects.get(pk=first.pk), Petition.objects.filter(pk=second.pk), by=clerk)
    assert proposals.similar(clerk, BRIDGE, area=clerk.unit.area, without=first.pk) == []


def test_new_wording_is_found_by_its_new_words(record, actor):
    petition = record("xa", OTHER)[0]
    actions.reword(petition, title="Cầu treo", words=BRIDGE, by=actor("xa"), seen_at=petition.changed_at)
    clerk = actor("xa")
    assert [one.petition.pk for one in proposals.similar(clerk, ALMOST, area=clerk.unit.area)] == [petition.pk]


def test_petitions_without_marks_get_them(db):
    Alike.objects.all().delete()
    assert alike.fill() == Petition.objects.count()
    assert alike.fill() == 0
