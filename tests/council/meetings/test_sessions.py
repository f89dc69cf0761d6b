"""Terms and sessions: who plans them, which days fit, what is said at which field, who reads them."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hoidong.council.meetings import actions, queries, rules
from hoidong.council.meetings.models import CouncilSession, Term, roman
from hoidong.kernel.audit.models import AuditEntry
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.units import queries as units

pytestmark = pytest.mark.django_db
PAGES = ("/hoi-dong/ky-hop/nhiem-ky/", "/hoi-dong/ky-hop/moi/")


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.fixture
def council(actor):
    """The council of the second commune, which has no term yet."""
    return units.body_of(actor("xa2").unit.area, "council")


@pytest.fixture
def term(council, actor):
    return actions.open_term(council, number=2, first_year=2026, last_year=2031, opens_on=day("2026-06-20"), by=actor("xa2"))


@pytest.fixture
def plan(term, actor):
    """`plan(1, "2026-07-01", "2026-07-03")`: a session of that term."""

    def plan(number, opens, closes, **more):
        kind = more.pop("kind", CouncilSession.Kind.REGULAR)
        return actions.open_session(
            term, number=number, kind=kind, opens_on=day(opens), closes_on=day(closes), by=more.pop("by", actor("xa2")), **more
        )

    return plan


def test_a_term_and_its_sessions_are_opened_and_written_down(plan, term, actor):
    session = plan(1, "2026-07-01", "2026-07-03", place="Hội trường xã")

    assert (session.council, session.number, queries.next_number(term)) == (term.council, 1, 2)
    entry = AuditEntry.objects.filter(action="meetings.open_session").latest("id")
    assert (entry.subject_id, entry.data["opens_on"]) == (session.pk, "2026-07-01")
    assert AuditEntry.objects.filter(action="meetings.open_term", subject_id=term.council_id).exists()


def test_a_new_term_ends_the_one_before_the_day_before(council, term, actor):
    new = actions.open_term(council, number=3, first_year=2031, last_year=2036, opens_on=day("2031-06-25"), by=actor("xa2"))

    term.refresh_from_db()
    assert term.ends_on == day("2031-06-24")
    assert queries.term_on(council, day("2031-06-24")) == term
    assert queries.term_on(council, day("2031-06-25")) == new
    assert queries.term_on(council, day("2026-06-19")) is None


@pytest.mark.parametrize(("changed", "field", "words"), [
    ({"number": 2, "opens_on": "2031-06-25"}, "number", "đã có khóa 2"),
    ({"opens_on": "2026-06-20"}, "opens_on", "nằm trong nhiệm kỳ khác"),
    ({"opens_on": "2020-06-20"}, "opens_on", "nằm trong nhiệm kỳ khác"),
    ({"first_year": 2031, "last_year": 2031, "opens_on": "2031-06-25"}, "last_year", "sau năm bắt đầu"),
])  # fmt: skip
def test_a_term_that_does_not_fit_is_refused_at_its_field_and_changes_nothing(council, term, actor, changed, field, words):
    given = {"number": 3, "first_year": 2031, "last_year": 2036, "opens_on": "2031-06-25", **changed}
    given["opens_on"] = day(given["opens_on"])
    with pytest.raises(Invalid, match=words) as refusal:
        actions.open_term(council, by=actor("xa2"), **given)

    assert refusal.value.field == field
    term.refresh_from_db()
    assert term.ends_on is None
    assert Term.objects.filter(council=council).count() == 1


def test_a_term_does_not_end_before_its_last_session(council, plan, term, actor):
    plan(9, "2031-06-20", "2031-06-26")
    with pytest.raises(Invalid, match="Kỳ họp thứ 9") as refusal:
        actions.open_term(council, number=3, first_year=2031, last_year=2036, opens_on=day("2031-06-25"), by=actor("xa2"))
    assert refusal.value.field == "opens_on"


@pytest.mark.parametrize(("number", "opens", "closes", "field", "words"), [
    (1, "2026-09-01", "2026-09-02", "number", "đã có kỳ họp thứ 1"),
    (2, "2026-07-03", "2026-07-05", "opens_on", "đã có một kỳ họp khác"),
    (2, "2026-06-25", "2026-07-01", "opens_on", "đã có một kỳ họp khác"),
    (2, "2026-07-02", "2026-07-02", "opens_on", "đã có một kỳ họp khác"),
    (2, "2026-09-02", "2026-09-01", "closes_on", "trước ngày khai mạc"),
    (2, "2026-06-19", "2026-06-21", "opens_on", "nằm ngoài"),
    (2, "2031-06-24", "2031-06-25", "closes_on", "nằm ngoài"),
    (2, "2031-06-25", "2031-06-25", "opens_on", "nằm ngoài"),
])  # fmt: skip
def test_a_session_that_does_not_fit_is_refused_at_its_field(plan, term, number, opens, closes, field, words):
    plan(1, "2026-07-01", "2026-07-03")
    Term.objects.filter(pk=term.pk).update(ends_on=day("2031-06-24"))
    term.refresh_from_db()
    with pytest.raises(Invalid, match=words) as refusal:
        plan(number, opens, closes)
    assert refusal.value.field == field
    assert CouncilSession.objects.filter(term=term).count() == 1


def test_sessions_of_two_councils_may_fall_on_the_same_days(plan, actor):
    city = CouncilSession.objects.filter(council__area=actor("chuyenvien").unit.area).latest("opens_on")
    session = plan(1, city.opens_on.isoformat(), city.closes_on.isoformat())
    assert session.opens_on == city.opens_on


def test_a_session_is_moved_to_other_days_and_what_it_was_is_written_down(plan, actor):
    session = plan(1, "2026-07-01", "2026-07-03")
    plan(2, "2026-12-01", "2026-12-03")
    moved = actions.change_session(session, opens_on=day("2026-07-08"), closes_on=day("2026-07-09"), by=actor("xa2"))
    assert moved.opens_on == day("2026-07-08")
    assert AuditEntry.objects.filter(action="meetings.change_session").latest("id").data["before"]["opens_on"] == "2026-07-01"

    with pytest.raises(Invalid, match="kỳ họp khác"):
        actions.change_session(session, opens_on=day("2026-12-03"), closes_on=day("2026-12-04"), by=actor("xa2"))
    session.refresh_from_db()
    assert session.opens_on == day("2026-07-08")


@pytest.mark.parametrize(
    "username", ["xa", "chuyenvien", "thuongtruc", "soxaydung", "phongxa", "daibieu", "quantri", "quantrixa", "hethong"]
)
def test_others_plan_nothing_for_this_council(council, plan, username, actor):
    session = plan(1, "2026-07-01", "2026-07-03")
    by, before = actor(username), AuditEntry.objects.count()
    for act in (
        lambda: actions.open_term(council, number=7, first_year=2040, last_year=2045, opens_on=day("2040-01-01"), by=by),
        lambda: plan(2, "2026-08-01", "2026-08-01", by=by),
        lambda: actions.change_session(session, opens_on=day("2026-08-01"), closes_on=day("2026-08-01"), by=by),
    ):
        with pytest.raises(NotAllowed, match="chính Hội đồng nhân dân đó"):
            act()
    assert not rules.may_plan(by, council)
    assert AuditEntry.objects.count() == before


PLANNERS = {"chuyenvien": True, "lanhdao": True, "thuongtruc": True, "quantri": True, "xa": True, "xa2": True, "quantrixa": True,
            "hethong": False, "daibieu": False, "soxaydung": False, "phongxa": False}  # fmt: skip


@pytest.mark.parametrize("username", sorted(PLANNERS))
def test_pages_of_planning_are_there_for_the_own_councils_office_only(signed_in, username):
    client = signed_in(username)
    assert client.get(PAGES[0]).status_code == (200 if PLANNERS[username] else 404)
    assert client.get(PAGES[1]).status_code in ((200, 302) if PLANNERS[username] else (404,))
    page = client.get("/hoi-dong/ky-hop/").content.decode()
    assert (PAGES[0] in page) is PLANNERS[username]
    session = CouncilSession.objects.get(number=3, council__area__code="01")
    shown = client.get(f"/hoi-dong/ky-hop/{session.pk}/")
    assert shown.status_code == 200
    assert ('<form class="hd-form"' in shown.content.decode()) is (
        PLANNERS[username] and username not in ("xa", "xa2", "quantrixa")
    )
    if not PLANNERS[username] or username in ("xa", "xa2", "quantrixa"):
        client.post(f"/hoi-dong/ky-hop/{session.pk}/", {"opens_on": "1/1/2030", "closes_on": "1/1/2030"})
        assert CouncilSession.objects.get(pk=session.pk).opens_on == session.opens_on


def test_a_session_of_another_commune_is_not_there(plan, signed_in):
    session = plan(1, "2026-07-01", "2026-07-03")
    assert signed_in("xa2").get(f"/hoi-dong/ky-hop/{session.pk}/").status_code == 200
    for username in ("xa", "quantrixa", "soxaydung", "chuyenvien"):
        client = signed_in(username)
        assert client.get(f"/hoi-dong/ky-hop/{session.pk}/").status_code == 404
        assert client.post(f"/hoi-dong/ky-hop/{session.pk}/", {}).status_code == 404
        assert f"/hoi-dong/ky-hop/{session.pk}/" not in client.get("/hoi-dong/ky-hop/").content.decode()


def test_what_is_refused_stands_at_its_field_with_what_was_typed(plan, signed_in):
    plan(1, "2026-07-01", "2026-07-03")
    answer = signed_in("xa2").post(PAGES[1], {
        "number": "2", "kind": "regular", "opens_on": "02/07/2026", "closes_on": "04/07/2026", "place": "Nhà văn hóa thôn Thử",
    })  # fmt: skip
    assert answer.status_code == 422
    assert "đã có một kỳ họp khác" in str(answer.context["form"].errors["opens_on"])
    assert "Nhà văn hóa thôn Thử" in answer.content.decode()
    assert CouncilSession.objects.filter(council__area__code="01").count() == 3


def test_a_session_sent_twice_is_planned_once(term, signed_in):
    client = signed_in("xa2")
    data = {"number": "1", "kind": "regular", "opens_on": "02/07/2026", "closes_on": "04/07/2026", "place": ""}
    assert client.post(PAGES[1], data).status_code == 302
    again = client.post(PAGES[1], data)
    assert again.status_code == 422
    assert "đã có" in str(again.context["form"].errors)
    assert term.sessions.count() == 1


@pytest.mark.parametrize(
    "data", [{"place": ""}, {"opens_on": "31/02/2026", "closes_on": "x"}, {"number": "0"}, {"number": "abc", "kind": "zzz"}]
)
def test_a_form_that_makes_no_sense_is_answered_in_vietnamese(term, signed_in, data):
    answer = signed_in("xa2").post(PAGES[1], data)
    assert answer.status_code == 422
    errors = str(answer.context["form"].errors)
    assert not {"This field", "Enter a", "Select a"} & {
        words for words in ("This field", "Enter a", "Select a") if words in errors
    }


def test_without_a_term_the_page_of_sessions_leads_to_it(signed_in):
    answer = signed_in("xa2").get(PAGES[1])
    assert (answer.status_code, answer.url) == (302, PAGES[0])


def test_the_session_of_a_day_is_the_one_going_on_then_the_next_then_the_last(plan, term):
    first, second = plan(1, "2026-07-01", "2026-07-03"), plan(2, "2026-12-01", "2026-12-03")
    asked = {"2026-07-02": first, "2026-07-04": second, "2026-06-01": first, "2027-01-01": second}
    assert {on: queries.current_session(term.council, day(on)) for on in asked} == asked


def test_the_citys_sessions_come_first_and_matter_to_its_communes(plan, actor):
    own = plan(1, "2026-07-01", "2026-07-03")
    found = list(queries.sessions_for(actor("xa2")))
    assert found[-1] == own
    assert {session.council.area_id for session in found[:-1]} == {actor("chuyenvien").unit.area_id}
    assert queries.current_session(actor("xa2")) in found[:-1]
    assert not queries.sessions_for(None).exists()


def test_the_list_costs_the_same_for_one_session_more_and_for_three(plan, signed_in):
    client, costs = signed_in("xa2"), []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            plan(number, f"2026-{number + 6:02d}-01", f"2026-{number + 6:02d}-02")
        client.get("/hoi-dong/ky-hop/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/hoi-dong/ky-hop/")
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 12


@pytest.mark.parametrize(
    ("number", "shown"), [(1, "I"), (4, "IV"), (9, "IX"), (11, "XI"), (17, "XVII"), (40, "XL"), (89, "LXXXIX")]
)
def test_councils_are_numbered_in_roman_figures(number, shown):
    assert roman(number) == shown
