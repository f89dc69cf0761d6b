"""The line from the voter's word to the closed petition, through the actions."""

import datetime

import pytest

from hoidong.citizens.voters import actions, queries
from hoidong.citizens.voters.models import Meeting, Petition
from hoidong.citizens.voters.states import Phase, S, Source
from hoidong.council.meetings import queries as sessions
from hoidong.kernel import publication
from hoidong.kernel.audit.models import AuditEntry
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed, Stale
from hoidong.kernel.units import queries as units


@pytest.fixture
def record(actor):
    """`record("words", …)`: petitions written down by the first commune's clerk."""

    def write(*texts):
        clerk = actor("xa")
        return actions.record_petitions(
            [actions.Draft(text=text, voters=3) for text in texts], office=clerk.unit.area,
            session=sessions.current_session(clerk), phase=Phase.BEFORE, source=Source.LETTER, by=clerk,
        )  # fmt: skip

    return write


def these(petitions):
    return Petition.objects.filter(pk__in=[petition.pk for petition in petitions])


def test_a_petition_goes_from_the_voter_to_the_closed_record(record, actor):
    clerk, officer, second, body = actor("xa"), actor("chuyenvien"), actor("chuyenvien2"), actor("soxaydung")
    made = record("Đường liên thôn hỏng nặng, đề nghị sửa chữa trước mùa mưa.")
    actions.hand_up(these(made), by=clerk)
    field = Petition.objects.exclude(field=None).first().field
    actions.classify(these(made), by=officer, field=field, level="province", body=body.unit)
    letter = actions.transfer(
        these(made),
        issuer=officer.unit,
        issued_on=dates.today(),
        signer="Đỗ Thị Thanh Xuân",
        signer_title="PHÓ CHÁNH VĂN PHÒNG",
        by=officer,
    )
    assert letter.due_on > dates.today()
    actions.take(these(made), by=body)
    actions.answer(these(made), reply=actions.Reply(words="Đã sửa xong và nghiệm thu.", result="solved.done"), by=body)
    actions.assess(these(made), verdict="full", by=officer)
    actions.close(these(made), by=second)
    petition = Petition.objects.get(pk=made[0].pk)
    assert petition.state == S.CLOSED
    page = publication.by_code(petition.code)
    assert page.facts["answered"] is True
    assert page.facts["solved"] is True
    told = list(
        AuditEntry.objects.filter(subject_kind="voters.petition", subject_id=petition.pk, action__startswith="voters.")
        .order_by("id")
        .values_list("action", flat=True)
    )
    assert told == [f"voters.{word}" for word in ("record", "hand_up", "classify", "send", "take", "answer", "assess", "close")]


def test_numbers_of_petitions_have_no_gap(record):
    first, second = (
        record("Một kiến nghị đủ dài để thử."),
        record("Hai kiến nghị đủ dài để thử.", "Ba kiến nghị đủ dài để thử."),
    )
    numbers = [petition.number for petition in first + second]
    assert numbers == list(range(numbers[0], numbers[0] + 3))


def test_a_merged_repeat_keeps_its_place_and_its_own_page(record, actor):
    clerk, officer = actor("xa"), actor("chuyenvien")
    made = record("Cầu qua kênh yếu, đề nghị xây lại.", "Đề nghị xây lại cầu qua kênh vì quá yếu.")
    actions.hand_up(these(made), by=clerk)
    master = actions.merge(made[0], these(made), by=officer)
    assert master.voters == 6
    assert master.origins.count() == 2
    repeat = Petition.objects.get(pk=made[1].pk)
    assert repeat.state == S.MERGED
    assert publication.by_code(repeat.code) is not None
    freed = actions.unmerge(repeat, by=officer)
    assert freed.state == S.HANDED_UP
    assert Petition.objects.get(pk=master.pk).voters == 3


def test_a_road_map_without_a_date_is_refused_at_its_field(petition_in, actor):
    petition = Petition.objects.filter(state=S.SENT, body=actor("soxaydung").unit).first()
    actions.take(these([petition]), by=actor("soxaydung"))
    with pytest.raises(Invalid) as refusal:
        actions.answer(
            these([petition]), reply=actions.Reply(words="Sẽ làm.", result="working.road_map"), by=actor("soxaydung")
        )
    assert refusal.value.field == "promised_on"


def test_a_letter_goes_to_one_body_only(actor):
    batch = Petition.objects.filter(state=S.CLASSIFIED)
    assert batch.values("body").distinct().count() > 1
    with pytest.raises(Invalid, match="một cơ quan"):
        actions.transfer(
            batch,
            issuer=actor("chuyenvien").unit,
            issued_on=dates.today(),
            signer="A",
            signer_title="B",
            by=actor("chuyenvien"),
        )


def test_a_letter_is_not_issued_tomorrow(actor):
    tomorrow = dates.today() + datetime.timedelta(days=1)
    with pytest.raises(Invalid) as refusal:
        actions.transfer(
            Petition.objects.filter(state=S.CLASSIFIED), issuer=actor("chuyenvien").unit, issued_on=tomorrow, signer="A", signer_title="B",
            by=actor("chuyenvien"),
        )  # fmt: skip
    assert refusal.value.field == "issued_on"


def test_editing_a_version_that_somebody_changed_is_refused_and_nothing_is_lost(record, actor):
    petition = record("Lời văn đầu tiên của kiến nghị này.")[0]
    seen = Petition.objects.get(pk=petition.pk).changed_at
    actions.reword(petition, title="Tiêu đề mới", words="Lời văn thứ hai.", by=actor("xa"), seen_at=seen)
    with pytest.raises(Stale):
        actions.reword(petition, title="Tiêu đề khác", words="Lời văn thứ ba.", by=actor("xa"), seen_at=seen)
    after = Petition.objects.get(pk=petition.pk)
    assert after.text == "Lời văn thứ hai."
    assert after.original_text == "Lời văn đầu tiên của kiến nghị này."


def test_another_communes_clerk_cannot_write_for_this_one(actor):
    stranger, own = actor("xa2"), actor("xa")
    with pytest.raises(NotAllowed):
        actions.record_petitions(
            [actions.Draft(text="Một kiến nghị.")],
            office=own.unit.area,
            session=sessions.current_session(own),
            phase=Phase.BEFORE,
            by=stranger,
        )


def test_rows_of_the_grid_sent_twice_stand_there_once(actor):
    clerk = actor("xa")
    meeting = Meeting.objects.get(state="writing")
    rows = [{"place": 9, "text": "Ý kiến gửi lại vì mất mạng", "handling": "up", "voters": "4"}]
    actions.save_opinions(meeting, rows, by=clerk)
    saved = actions.save_opinions(meeting, rows, by=clerk)
    assert [opinion.place for opinion in saved].count(9) == 1


def test_minutes_turn_what_was_not_answered_on_the_spot_into_petitions(actor):
    clerk = actor("xa")
    meeting = Meeting.objects.get(state="writing")
    made = actions.make_minutes(meeting, by=clerk)
    assert len(made) == 2
    assert all(petition.commune_id == clerk.unit.area_id for petition in made)
    with pytest.raises(NotAllowed):
        actions.save_opinions(meeting, [{"place": 1, "text": "sửa sau"}], by=clerk)


def test_the_term_of_an_answer_follows_the_rule_of_the_day(actor):
    office = actor("chuyenvien").unit
    assert units.province_of(office).code == "01"
    sent = Petition.objects.filter(state__in=(S.SENT, S.TAKEN)).first()
    assert sent.due_on > sent.sent_on


def test_the_desk_shows_what_is_late(actor):
    late = queries.late_rows(actor("chuyenvien"))
    assert late
    assert all(petition.due_on < dates.today() for petition in late)
