"""What the written rules know from the first day, on petitions of our own invention."""

import pytest

from hoidong.citizens.voters.proposals import judge, knowledge, places, schemes
from hoidong.kernel.base.text import fold
from hoidong.kernel.units.models import Unit


def _of_sheet(rows):
    scheme = schemes.of_sheet(schemes.sheet_codes())
    rules = judge.learn([], body_scheme=scheme, field_scheme=schemes.of_fields([], {}))
    return [rules.weigh(row["text"])[0] for row in rows]


def test_rules_alone_name_the_ministry_of_most_petitions(invented):
    rows = [row for row in invented if "body" in row]
    found = _of_sheet(rows)
    wrong = [(row["text"], weighed.first) for row, weighed in zip(rows, found, strict=True) if weighed.first[0] != row["body"]]
    assert len(wrong) <= len(rows) // 10, wrong
    assert all(row["body"] in weighed.labels[:3] for row, weighed in zip(rows, found, strict=True))


def test_rules_alone_name_level_and_body_of_local_petitions(invented, db):
    rows = [row for row in invented if "here" in row]
    scheme = places.body_scheme()
    rules = judge.learn([], body_scheme=scheme, field_scheme=places.field_scheme())
    found = [rules.weigh(row["text"], usual_level="commune")[0].first[0] for row in rows]
    assert found == [row["here"] for row in rows]


def test_rules_alone_name_the_field_of_most_petitions(invented, db):
    rules = judge.learn([], body_scheme=places.body_scheme(), field_scheme=places.field_scheme())
    right = sum(rules.weigh(row["text"])[1].first[0] == row["field"] for row in invented)
    assert right >= 0.8 * len(invented)


def test_a_text_typed_without_marks_is_understood_too(invented):
    rows = [row for row in invented if "body" in row]
    bare = [{"text": fold(row["text"])} for row in rows]
    right = sum(weighed.first[0] == row["body"] for weighed, row in zip(_of_sheet(bare), rows, strict=True))
    assert right >= 0.75 * len(rows)


def test_both_ways_of_placing_the_tone_are_one():
    assert knowledge.words_of("Hoá chất, thuỷ lợi, uỷ ban") == knowledge.words_of("Hóa chất, thủy lợi, ủy ban")


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("Đề nghị Bộ Nông nghiệp và Môi trường xem xét", "CP.BNNMT"),
        ("đề nghị bộ gtvt sớm trả lời", "CP.BXD"),
        ("Kiến nghị Bộ LĐ-TB&XH hướng dẫn", "CP.BNV"),
        ("Thông tư liên tịch 22/2020/TTLT-BYT-BTC", "CP.BYT"),
        ("mong Sở KH&ĐT và Sở Kế hoạch xem lại", "P:STC"),
    ],
)
def test_bodies_are_known_by_old_names_and_abbreviations(words, body):
    assert body in [found.owner.body for found in knowledge.read(words).named]


def test_only_who_is_asked_counts_as_asked():
    reading = knowledge.read("Theo Bộ Tài chính thì đủ tiền. Cử tri đề nghị Bộ Y tế mua thêm thuốc.")
    assert [found.owner.body for found in reading.asked] == ["CP.BYT"]
    assert len(reading.named) == 2


def test_every_competence_stands_for_a_field_and_bodies_that_exist(db):
    fields = set(places.field_scheme().labels)
    wanted = {label for labels in places.body_scheme().of_competence.values() for label in labels}
    there = {places.label_of(unit) for unit in Unit.objects.exclude(code="")} | {"P:MTTQ", "C:MTTQ"}
    assert {one.field for one in knowledge.competences()} <= fields
    assert wanted <= there, wanted - there
