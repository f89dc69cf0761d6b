"""The numbers of the law: those that were read in it, found by the day of the event, and never guessed."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hoidong.kernel import law
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.law import seed
from hoidong.kernel.law.models import Rule
from hoidong.kernel.people import Actor
from hoidong.kernel.units import queries as units

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()
NOW = datetime.date(2026, 11, 22)
JUNE, JULY = datetime.date(2026, 6, 30), datetime.date(2026, 7, 1)

# Code, value, measure, and whether it counts back from its event; as they stand on 22 November 2026.
NUMBERS = """
TCD.SCHEDULE_PUBLISH 5 wd before | TCD.REFUSAL_NOTICE 3 wd | TCD.REPLY_PERSON 10 wd | TCD.CHAIR_COMMUNE_FREQ 2 per_month
TCD.ONLINE_NOTICE 5 wd before | TCD.ONLINE_TEST 1 wd before | DON.PROCESS 10 wd | DON.DISCIPLINE_LIMIT 45 cd
KN.TIME_BAR 90 cd | KN.ACCEPT 7 wd | KN.FIRST 30 cd | KN.APPEAL 30 cd | KN.SECOND 45 cd | KN.SEND_FIRST 3 wd
KN.SEND_SECOND 7 cd | KN.EFFECT 30 cd | KN.SUSPEND_NOTICE 3 wd
TC.INITIAL 7 wd | TC.TRANSFER 5 wd | TC.RESOLVE 30 cd | TC.CONCLUSION_SEND 5 wd | TC.ACT_AFTER 7 wd | TC.PUBLICISE 7 wd
TC.FORWARDER_REPLY 20 cd | TC.UPPER_REVIEW 20 cd
TXCT.OUTSIDE_DECIDE 5 wd | TXCT.OUTSIDE_NOTIFY 3 wd before | KNCT.ANSWER_COUNCIL 30 cd | KNCT.ANSWER_NA 40 cd
GS.EXPLAIN_NON_IMPL 15 cd | HD.FIRST_SESSION 45 cd | HD.RESULT_TO_APPROVER 5 wd | HD.APPROVE 10 wd
HD.DOCS_TO_DEPUTIES 5 wd before | HD.CONVOKE_REGULAR 20 cd before | HD.DIALOGUE_NOTICE 7 cd before | HD.DIALOGUE_RESULT 10 cd
DC.PUBLISH_DEFAULT 5 wd | DC.POST_DURATION 30 cd | DC.CONSULT_MIN 20 cd | VT.ISSUE 0 wd | MC.SUPPLEMENT_NOTICE 3 wd
DLCN.SUBJECT_REQUEST 2 wd
"""
VARIANTS = {
    "KN.FIRST": {"complex": 45, "remote": 45, "remote_complex": 60},
    "KN.APPEAL": {"remote": 45},
    "KN.SECOND": {"complex": 60, "remote": 60, "remote_complex": 70},
    "KN.EFFECT": {"remote": 45},
    "TC.INITIAL": {"multi_place": 10},
    "TC.RESOLVE": {"extend": [30], "extend_special": [30, 30]},
    "KNCT.ANSWER_COUNCIL": {"complex": 60},
    "KNCT.ANSWER_NA": {"complex": 50},
    "GS.EXPLAIN_NON_IMPL": {"complex": 30},
    "VT.ISSUE": {"latest": 1},
}
UNVERIFIED = {
    "TCD.CHAIR_COMMUNE_FREQ",
    "KNCT.ANSWER_COUNCIL",
    "HD.DOCS_TO_DEPUTIES",
    "HD.CONVOKE_REGULAR",
    "MC.SUPPLEMENT_NOTICE",
}


@pytest.mark.parametrize("row", [row.strip() for line in NUMBERS.strip().splitlines() for row in line.split("|")])
def test_the_number_of_the_law_is_the_one_that_is_used(row):
    code, value, unit, *before = row.split()
    rule = law.rule(code, NOW)

    assert (rule.value, rule.unit, rule.when) == (int(value), unit, "before" if before else "after")
    assert rule.variants == VARIANTS.get(code, {})
    assert rule.basis


@pytest.mark.parametrize(
    ("code", "first"),
    [("TCD.REFUSAL_NOTICE", JULY), ("TCD.ONLINE_NOTICE", JULY), ("TCD.ONLINE_TEST", JULY), ("DON.DISCIPLINE_LIMIT", JULY),
     ("KN.SUSPEND_NOTICE", JULY), ("GS.EXPLAIN_NON_IMPL", datetime.date(2026, 3, 1)),
     ("DLCN.SUBJECT_REQUEST", datetime.date(2026, 1, 1))],
)  # fmt: skip
def test_before_its_first_day_a_rule_is_refused_and_not_guessed(code, first):
    assert law.rule(code, first)
    with pytest.raises(law.NoRule) as refusal:
        law.rule(code, first - datetime.timedelta(days=1))
    assert f"“{code}” có hiệu lực ngày {first - datetime.timedelta(days=1):%d/%m/%Y} cho cả nước" in str(refusal.value)
    assert "Nhờ quản trị bổ sung" in str(refusal.value)


def test_the_day_of_the_event_chooses_between_the_old_number_and_the_new():
    assert (law.rule("KN.ACCEPT", JUNE).value, law.rule("KN.ACCEPT", JUNE).unit) == (10, "cd")
    assert (law.rule("KN.ACCEPT", JULY).value, law.rule("KN.ACCEPT", JULY).unit) == (7, "wd")
    assert law.rule("TCD.CHAIR_COMMUNE_FREQ", JUNE).amount() == "1 lần mỗi tuần"
    assert law.rule("TCD.CHAIR_COMMUNE_FREQ", JULY).amount() == "2 lần mỗi tháng"


def test_a_code_nobody_knows_is_refused():
    with pytest.raises(law.NoRule):
        law.rule("KN.NO_SUCH", NOW)


def test_what_was_read_nowhere_waits_for_a_person_and_what_was_read_in_the_text_does_not():
    config = set(Rule.objects.filter(confidence="CFG", scope=None, verified_at=None).values_list("code", flat=True))
    assert config >= UNVERIFIED
    assert all(not law.rule(code, NOW).is_verified for code in [*UNVERIFIED, "DON.PROCESS", "KNCT.ANSWER_NA"])
    assert law.rule("KN.ACCEPT", NOW).is_verified
    assert not Rule.objects.filter(confidence__in=["CFG", "K"], read_in_text=True).exists()


def test_a_variant_has_its_number_and_an_unknown_one_is_an_error():
    assert law.value("KN.FIRST", NOW, "remote_complex") == 60
    assert law.rule("KN.FIRST", NOW).amount("complex") == "45 ngày"
    with pytest.raises(LookupError):
        law.value("KN.FIRST", NOW, "no_such")


def test_the_nearest_area_above_wins_over_those_further_up():
    city = units.at("01")
    commune, other = units.communes_of(city)[:2]
    national = law.rule("KNCT.ANSWER_COUNCIL", NOW)
    law.change(national, value=25, starts_on=JULY, reason="NQ thành phố", by=SYSTEM, scope=city)
    law.change(national, value=15, starts_on=JULY, reason="NQ xã", by=SYSTEM, scope=commune)
    office = units.at(f"{commune.code}.VPHDND")

    values = {place.code: law.value("KNCT.ANSWER_COUNCIL", NOW, unit=place) for place in (city, commune, other, office)}

    assert values == {city.code: 25, commune.code: 15, other.code: 25, office.code: 15}
    assert law.value("KNCT.ANSWER_COUNCIL", NOW) == 30
    assert law.value("KNCT.ANSWER_COUNCIL", JUNE, unit=commune) == 30


def test_a_place_whose_code_begins_alike_is_not_above():
    """p1 is not above p10: labels are compared whole."""
    rule = law.rule("KNCT.ANSWER_COUNCIL", NOW)
    city = units.at("01")
    law.change(rule, value=11, starts_on=JULY, reason="NQ", by=SYSTEM, scope=city)
    neighbour = type(city)(code="010", name="Nơi khác", path=f"{city.path}0")

    assert law.value("KNCT.ANSWER_COUNCIL", NOW, unit=neighbour) == 30


def test_a_new_number_ends_the_old_one_the_day_before_and_old_cases_keep_it():
    rule = law.rule("KNCT.ANSWER_COUNCIL", NOW)
    new = law.change(rule, value=20, starts_on=NOW, reason="NQ 1", by=SYSTEM)

    rule.refresh_from_db()
    assert rule.valid_to == NOW - datetime.timedelta(days=1)
    assert law.value("KNCT.ANSWER_COUNCIL", rule.valid_to) == 30
    assert law.value("KNCT.ANSWER_COUNCIL", NOW) == 20
    assert not new.is_verified
    with pytest.raises(NotAllowed, match="đã hết hiệu lực ngày 21/11/2026"):
        law.change(rule, value=10, starts_on=NOW, reason="NQ 2", by=SYSTEM)
    with pytest.raises(Invalid, match="phải sau ngày 22/11/2026") as refusal:
        law.change(new, value=10, starts_on=NOW, reason="NQ 2", by=SYSTEM)
    assert refusal.value.field == "starts_on"
    with pytest.raises(Invalid, match="Ghi lý do"):
        law.change(new, value=10, starts_on=NOW + datetime.timedelta(days=1), reason=" ", by=SYSTEM)


def test_two_numbers_for_one_day_and_one_area_are_refused_by_the_database_too():
    rule = law.rule("KNCT.ANSWER_COUNCIL", NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rule.objects.create(code=rule.code, title="x", value=9, unit="cd", basis="x", valid_from=NOW)


def test_a_number_of_the_law_stays_one_when_it_is_changed():
    changed = law.change(law.rule("KN.ACCEPT", NOW), value=5, starts_on=NOW, reason="Luật mới", by=SYSTEM)
    assert changed.confidence == "K"


def test_loading_again_changes_nothing_and_leaves_what_people_changed():
    def load():
        out = StringIO()
        call_command("load_law", stdout=out)
        return seed.load()

    assert load() == {"added": 0, "updated": 0, "kept": 0}
    law.change(law.rule("KNCT.URGE", NOW), value=9, starts_on=NOW, reason="NQ", by=SYSTEM)
    Rule.objects.filter(code="KN.TIME_BAR").update(value=91)

    assert load()["kept"] == 3
    assert law.value("KNCT.URGE", NOW) == 9
    assert Rule.objects.get(code="KN.TIME_BAR").value == 91


def test_a_row_of_an_older_release_is_brought_up_to_date():
    rule = law.rule("KN.TIME_BAR", NOW)
    rule.value = 60
    rule.seed = seed.digest({name: getattr(rule, name) for name in seed._FIELDS})
    rule.save()

    assert seed.load() == {"added": 0, "updated": 1, "kept": 0}
    assert law.value("KN.TIME_BAR", NOW) == 90


def test_a_book_asks_the_database_once_for_any_number_of_records():
    commune = units.communes_of(units.at("01"))[0]
    with CaptureQueriesContext(connection) as captured:
        book = law.Book("KN.ACCEPT", "KNCT.ANSWER_COUNCIL")
        for offset in range(200):
            day = JUNE + datetime.timedelta(days=offset)
            book.rule("KN.ACCEPT", day, commune)
            book.rule("KNCT.ANSWER_COUNCIL", day)
    assert len(captured) == 1


def test_the_actions_themselves_refuse_who_may_not_change_a_number(actor):
    national, city, commune = law.rule("KNCT.URGE", NOW), actor("quantri").unit.area, actor("quantrixa").unit.area
    wanted = {"value": 9, "starts_on": NOW, "reason": "NQ"}
    refused = [
        ("xa", national, None),
        ("chuyenvien", national, city),
        ("quantri", national, None),
        ("quantri", national, commune),
        ("quantrixa", national, city),
        ("quantri", law.rule("KN.ACCEPT", NOW), city),
        ("hethong", national, city),
    ]
    for username, rule, scope in refused:
        with pytest.raises(NotAllowed):
            law.change(rule, **wanted, by=actor(username), scope=scope)
    of_city = law.change(national, **wanted, by=actor("quantri"), scope=city)
    with pytest.raises(NotAllowed):
        law.change(of_city, value=8, starts_on=NOW + datetime.timedelta(days=1), reason="NQ", by=actor("quantrixa"))

    assert list(Rule.objects.filter(code="KNCT.URGE").exclude(pk=national.pk)) == [of_city]


def test_the_action_refuses_who_may_not_vouch_for_a_number(actor):
    national = law.rule("KNCT.URGE", NOW)
    for by in (actor("xa"), actor("quantri"), SYSTEM):
        with pytest.raises(NotAllowed):
            law.mark_verified(national, note="Điều 1", by=by)
    assert law.mark_verified(national, note="Điều 1", by=actor("hethong")).verified_at


@pytest.mark.parametrize("numbers", [{"value": 3651}, {"value": -1}, {"value": 5, "variants": {"complex": 99999}}])
def test_a_number_of_days_that_cannot_be_is_refused(numbers):
    with pytest.raises(Invalid, match="từ 0 đến 3650"):
        law.change(law.rule("KNCT.ANSWER_COUNCIL", NOW), **numbers, starts_on=NOW, reason="NQ", by=SYSTEM)


def test_a_change_keeps_the_variants_that_clocks_run_by():
    with pytest.raises(ValueError, match="complex"):
        law.change(law.rule("KNCT.ANSWER_COUNCIL", NOW), value=5, variants={}, starts_on=NOW, reason="NQ", by=SYSTEM)
