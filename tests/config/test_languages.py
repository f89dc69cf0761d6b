"""English on the screen, for who chose it; Vietnamese in everything that is written down, printed or told to others."""

import html
import io
import re
import threading

import docx
import pytest
from django.utils.formats import localize_input, sanitize_separators
from django.utils.translation import get_language, gettext, gettext_lazy, override

from hoidong.citizens.voters import actions
from hoidong.citizens.voters.models import Petition
from hoidong.citizens.voters.states import Phase, S, Source
from hoidong.council.meetings import queries as sessions
from hoidong.kernel import audit, publication
from hoidong.kernel.audit.models import AuditEntry
from hoidong.kernel.base.language import in_vietnamese
from hoidong.kernel.law import changes
from hoidong.kernel.law.models import Rule
from hoidong.kernel.sheets.columns import Column

pytestmark = pytest.mark.django_db
COOKIE = "django_language"
SWITCH = "/giao-dien/ngon-ngu/"
HERE = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def english(client):
    """The client of somebody who chose English."""
    client.cookies[COOKIE] = "en"
    return client


def words_of(response):
    """The words of a page, without markup."""
    return html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


# --- Choosing ---------------------------------------------------------------------------------------------------


def test_a_page_is_vietnamese_whatever_language_the_browser_is_in(client):
    page = client.get("/cong/", HTTP_ACCEPT_LANGUAGE="en-US,en")
    assert '<html lang="vi"' in page.content.decode()
    assert page.headers["Content-Language"] == "vi"


def test_the_switch_in_the_footer_leads_back_in_english_and_again_in_vietnamese(client):
    assert f'action="{SWITCH}"' in client.get("/cong/").content.decode()
    answer = client.post(SWITCH, {"language": "en", "next": "/cong/tro-giup/"}, **HERE)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/cong/tro-giup/")
    assert answer.cookies[COOKIE]["max-age"] == 365 * 24 * 3600
    assert '<html lang="en"' in client.get("/cong/tro-giup/").content.decode()
    client.post(SWITCH, {"language": "vi", "next": "/cong/"}, **HERE)
    assert '<html lang="vi"' in client.get("/cong/").content.decode()


def test_a_language_nobody_knows_changes_nothing(client):
    answer = client.post(SWITCH, {"language": "xx", "next": "/cong/"}, **HERE)
    assert COOKIE not in answer.cookies
    client.cookies[COOKIE] = "../../etc"
    assert '<html lang="vi"' in client.get("/cong/").content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ORIGIN": "https://elsewhere.example"}, {"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "null"}, {},
        {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"},
    ],
)  # fmt: skip
def test_a_form_of_another_site_cannot_switch_the_language(client, headers):
    answer = client.post(SWITCH, {"language": "en", "next": "/cong/"}, **headers)
    assert answer.status_code == 403
    assert COOKIE not in answer.cookies


def test_the_switch_leads_to_no_other_site(client):
    answer = client.post(SWITCH, {"language": "en", "next": "https://elsewhere.example/"}, **HERE)
    assert answer.headers["Location"] == "/"


def test_the_switch_is_opened_by_a_form_only(client):
    assert client.get(SWITCH).status_code == 405


def test_an_official_switches_in_the_own_account(signed_in):
    client = signed_in("chuyenvien")
    assert f'action="{SWITCH}"' in client.get("/toi/").content.decode()
    client.post(SWITCH, {"language": "en", "next": "/toi/"}, **HERE)
    assert "My account" in words_of(client.get("/toi/"))


# --- Reading ----------------------------------------------------------------------------------------------------


def test_the_portal_speaks_english(english):
    page = english.get("/cong/")
    assert '<html lang="en"' in page.content.decode()
    assert "Follow a petition" in words_of(page)
    assert page.headers["Content-Language"] == "en"


def test_the_steps_of_a_published_petition_are_said_in_english_with_the_days_of_viet_nam(english, petition_in):
    petition = petition_in(S.CLOSED)
    words = words_of(english.get(f"/cong/tra-cuu/{petition.code}/"))
    assert "The People's Council closed the petition" in words
    assert "Transfer to the resolving body" in words
    assert f"{petition.closed_on:%d/%m/%Y}" in words


def test_the_desk_speaks_english_and_keeps_the_days_of_viet_nam(english, signed_in):
    client = signed_in("chuyenvien")
    page = client.get("/ban-lam-viec/")
    assert '<html lang="en"' in page.content.decode()
    assert "Desk" in words_of(page)
    listed = words_of(client.get("/cu-tri/kien-nghi/?xem=all"))
    assert "Voters' petitions" in listed
    due = Petition.objects.filter(due_on__isnull=False, merged_into=None, state=S.SENT).first()
    assert f"{due.due_on:%d/%m/%Y}" in words_of(client.get(due.get_absolute_url()))


def test_a_refusal_is_said_in_the_language_of_who_is_refused(english):
    page = english.get("/cong/tra-cuu/", {"ma": "7F3K"})
    assert page.status_code == 422
    assert "A code has 8 letters and digits, like 7F3K-94WD. You typed “7F3K”." in words_of(page)


def test_thousands_and_decimals_stay_those_of_viet_nam():
    with override("en"):
        assert sanitize_separators("1.234,5") == "1234.5"
        assert localize_input(1.5) == "1,5"


# --- Writing ----------------------------------------------------------------------------------------------------


def test_what_the_public_reads_is_kept_in_vietnamese_when_an_official_reads_english(actor):
    clerk = actor("xa")
    with override("en"):
        [petition] = actions.record_petitions(
            [actions.Draft(text="Đề nghị sửa cầu Đông.")], office=clerk.unit.area, session=sessions.current_session(clerk),
            phase=Phase.BEFORE, source=Source.LETTER, by=clerk,
        )  # fmt: skip
        assert str(petition.get_state_display()) == "New"
    page = publication.by_code(petition.code)
    assert [step["title"] for step in page.steps] == ["Cử tri nêu", "Mới ghi"]
    assert page.facts["state"] == "Mới ghi"


def test_the_log_is_vietnamese_when_its_author_reads_english(actor):
    rule = Rule.objects.filter(unit="wd", valid_to=None).first()
    with override("en"):
        changes.mark_verified(rule, note="Điều 1", by=actor("hethong"))
        audit.looked_at(rule, actor("hethong"), gettext_lazy("văn bản %(name)s"), name="KH.pdf")
    verified, looked = AuditEntry.objects.filter(subject_kind="kernel.rule", subject_id=rule.pk).order_by("pk")
    assert verified.data["value"].endswith("ngày làm việc")
    assert looked.data["what"] == "văn bản KH.pdf"


def test_a_report_is_printed_in_vietnamese_for_who_reads_english(english, signed_in):
    client = signed_in("chuyenvien")
    assert "ANNEX I: LIST OF VOTERS" in words_of(client.get("/cu-tri/bao-cao/bieu/1a/"))
    answer = client.get("/cu-tri/bao-cao/bieu/1a/docx/")
    paper = docx.Document(io.BytesIO(answer.content))
    assert paper.paragraphs[0].text.startswith("PHỤ LỤC I: DANH MỤC KIẾN NGHỊ")
    assert "phu-luc-i" in answer.headers["Content-Disposition"]


def test_a_sheet_is_understood_in_both_languages():
    column = Column("session", gettext_lazy("Kỳ họp"), kind="choice", choices=(("yes", gettext_lazy("Có")),))
    for language in ("vi", "en"):
        with override(language):
            assert column.likeness("Kỳ họp") > 0.9
            assert column.likeness("Session") > 0.9
            assert column.read("Có") == column.read("Yes") == "yes"


def test_a_look_in_vietnamese_does_not_change_the_language_of_others_at_work():
    seen, inside, done = [], threading.Event(), threading.Event()

    @in_vietnamese
    def write(wait):
        inside.set()
        if wait:
            assert done.wait(5)
        return gettext("Lưu")

    def english_thread():
        with override("en"):
            seen.append(write(wait=True))
            seen.append((get_language(), gettext("Lưu")))

    thread = threading.Thread(target=english_thread)
    thread.start()
    assert inside.wait(5)
    with override("vi"):
        write(wait=False)
    done.set()
    thread.join()
    assert seen == ["Lưu", ("en", "Save")]
