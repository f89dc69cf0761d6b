"""Reports: one definition gives page, sheet, document and PDF with the same rows and the same sums."""

import html
import io
import json
import re
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from python_calamine import CalamineWorkbook

from hoidong.citizens.voters import reports
from hoidong.citizens.voters.models import Origin, Petition, PrintedReport
from hoidong.citizens.voters.queries import meetings_for, petitions_for
from hoidong.citizens.voters.reports import printing
from hoidong.citizens.voters.reports.tasks import print_report
from hoidong.council.meetings import queries as sessions
from hoidong.kernel.audit import records
from hoidong.kernel.audit.models import AuditEntry
from hoidong.kernel.base.errors import NotAllowed
from hoidong.kernel.notices.models import Notice
from hoidong.kernel.papers import listings, workbooks

ALL = [pytest.param(report, id=report.slug) for report in reports.REPORTS]
ADDRESS = "/cu-tri/bao-cao/bieu/"


@pytest.fixture
def scope(actor):
    """The current session as the city's office asks for it, or another person or frame."""

    def frame(username="chuyenvien", **given):
        by = actor(username)
        return reports.Scope(by, **{"session": sessions.current_session(by), **given})

    return frame


def sheet_of(filled, scope):
    content = workbooks.xlsx(filled, unit=scope.actor.unit)
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def table_of(content):
    rows = Document(io.BytesIO(content)).tables[-1].rows
    return [[cell.text for cell in row.cells] for row in rows]


@pytest.mark.parametrize("report", ALL)
def test_page_sheet_and_document_of_a_report_hold_the_same_cells(report, scope):
    frame = scope()
    filled = report.filled(frame)
    words = [[said for said, _kind in row] for row in listings.cells_of(filled)]
    document = table_of(listings.docx(filled, unit=frame.actor.unit))
    heads = 2 if report.listing.grouped else 1
    last = len(document) - any(column.summed for column in report.listing.columns)
    assert document[heads:last] == words
    numbers = [row[0] for row in sheet_of(filled, frame) if isinstance(row[0], float)]
    assert numbers == [float(place) for place in range(1, len(words) + 1)]


@pytest.mark.parametrize("slug", ["1a", "results", "1b1", "field", "meetings", "sorting", "ledger"])
def test_a_report_that_counts_everything_loses_nothing(slug, scope):
    frame = scope()
    rows, sums = reports.BY_SLUG[slug].fill(frame)
    total = frame.petitions().count()
    assert total > 5
    if slug == "meetings":
        assert sums["count"] == meetings_for(frame.actor).filter(session=frame.session).count() > 0
    elif "count" in sums:
        assert sums["count"] == sum(row["count"] for row in rows) == total
    else:
        assert len(rows) == total


def test_answered_is_told_apart_from_solved_and_adds_up(scope):
    rows, sums = reports.BY_SLUG["results"].fill(scope())
    for row in [*rows, sums]:
        assert row["answered"] == row["solved"] + row["working"] + row["will"] + row["explained"]
        assert row["count"] == row["answered"] + row["waiting"]
    assert sums["solved"] < sums["answered"]


def test_the_columns_of_fields_add_up_with_what_has_no_field_yet(scope):
    frame = scope()
    rows, sums = reports.BY_SLUG["1a"].fill(frame)
    marked = sum(sums[group] for group in ("policy", "economy", "society", "justice", "security"))
    assert marked + frame.petitions().filter(field=None).count() == len(rows) == sums["words"]


def test_a_merged_petition_stands_once_and_names_every_place_that_raised_it(scope):
    rows, _sums = reports.BY_SLUG["1a"].fill(scope())
    noted = [row for row in rows if row["note"]]
    assert noted
    master = Petition.objects.get(number=noted[0]["number"].split("/")[0], year=noted[0]["number"].split("/")[1])
    others = {name for name in Origin.objects.filter(petition=master).values_list("commune__name", flat=True)} - {
        master.commune.name
    }
    assert all(name in noted[0]["note"] for name in others)
    assert not {f"{one.number}/{one.year}" for one in Petition.objects.filter(state="merged")} & {row["number"] for row in rows}


def test_what_an_earlier_session_left_open_stands_in_the_list_of_what_waits(scope):
    frame = scope()
    petition = frame.petitions().filter(result="").first()
    earlier = sessions.sessions_of(frame.session.council).order_by("opens_on").first()
    Petition.objects.filter(pk=petition.pk).update(session=earlier)
    rows, _sums = reports.BY_SLUG["pending"].fill(frame)
    assert [row["waited"] for row in rows if row["number"] == petition.shown_number] == [2]


def test_words_that_look_like_a_formula_stay_words(scope):
    frame = scope()
    first = frame.petitions().first()
    said = '=HYPERLINK("http://x";"y") <b>đậm</b>'
    Petition.objects.filter(pk=first.pk).update(text=said)
    filled = reports.BY_SLUG["1a"].filled(frame)
    content = workbooks.xlsx(filled, unit=frame.actor.unit)
    assert said in [row[3] for row in sheet_of(filled, frame)]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
        assert not [name for name in package.namelist() if "hyperlink" in name.lower() or "externalLink" in name]
    assert any(said in row for row in table_of(listings.docx(filled, unit=frame.actor.unit)))


@pytest.mark.parametrize("report", ALL)
def test_a_report_takes_few_statements_however_many_rows_it_has(report, scope):
    frame = scope()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        report.fill(frame)
    assert len(queries) <= 7


@pytest.mark.parametrize("slug", ["1a", "results", "ledger"])
def test_the_number_of_statements_does_not_grow_with_the_rows(slug, scope):
    frame = scope()
    counts = []
    for few in (frame.petitions().order_by("pk")[:1], frame.petitions().order_by("pk")[:8]):
        keys = list(few.values_list("pk", flat=True))
        part = _Part(frame, keys)
        with CaptureQueriesContext(connection) as queries:
            rows, _sums = reports.BY_SLUG[slug].fill(part)
        assert rows
        counts.append(len(queries))
    assert counts[0] == counts[1]


class _Part:
    """A scope over some petitions only."""

    def __init__(self, scope, keys):
        self._scope, self._keys = scope, keys

    def petitions(self):
        return self._scope.petitions().filter(pk__in=self._keys)

    def __getattr__(self, name):
        return getattr(self._scope, name)


def test_a_commune_reports_its_own_petitions_and_no_others(scope):
    frame = scope("xa")
    mine = {f"{one.number}/{one.year}" for one in petitions_for(frame.actor)}
    rows, _sums = reports.BY_SLUG["ledger"].fill(reports.Scope(frame.actor))
    assert rows
    assert {row["number"] for row in rows} <= mine
    assert len(mine) < Petition.objects.count()


@pytest.mark.parametrize("username", ["soxaydung", "phongxa", "quantri", "hethong", "daibieu"])
def test_who_does_not_work_for_the_council_finds_no_report(signed_in, username):
    client = signed_in(username)
    for address in ("", "1a/", "1a/xlsx/", "ledger/docx/"):
        assert client.get(ADDRESS + address).status_code == 404


def test_names_of_voters_are_covered_until_somebody_asks_and_that_is_written_down(signed_in, scope, actor):
    petition = scope().petitions().first()
    Origin.objects.filter(petition=petition).update(speaker="Phan Thị Mẫu Kín")
    client = signed_in("chuyenvien")
    covered = client.get(f"{ADDRESS}ledger/").content.decode()
    assert "Phan Thị Mẫu Kín" not in covered
    assert "•••" in covered
    assert "Phan Thị Mẫu Kín" in client.get(f"{ADDRESS}ledger/?ho-ten=on").content.decode()
    newest = AuditEntry.objects.order_by("-id").first()
    assert newest.action == records.LOOKED
    assert "họ tên cử tri" in newest.data["what"]


def test_only_the_ledger_can_show_names(signed_in, scope):
    petition = scope().petitions().first()
    Origin.objects.filter(petition=petition).update(speaker="Phan Thị Mẫu Kín")
    client = signed_in("chuyenvien")
    for report in reports.REPORTS:
        if not report.names:
            assert "Phan Thị Mẫu Kín" not in client.get(f"{ADDRESS}{report.slug}/?ho-ten=on").content.decode()


def test_every_report_is_a_page_and_three_files(signed_in):
    client = signed_in("chuyenvien")
    listed = client.get(ADDRESS).content.decode()
    for report in reports.REPORTS:
        assert f"{ADDRESS}{report.slug}/" in listed
        assert client.get(f"{ADDRESS}{report.slug}/").status_code == 200
    for kind, begins in (("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF")):
        answer = client.get(f"{ADDRESS}results/{kind}/")
        assert answer.content.startswith(begins)
        assert kind in answer["Content-Disposition"]


def test_a_wrong_frame_is_answered_at_its_field_and_no_file_is_made(signed_in):
    client = signed_in("chuyenvien")
    page = client.get(f"{ADDRESS}1a/?tu-ngay=20/11/2026&den-ngay=01/11/2026")
    assert page.status_code == 422
    assert "Ngày cuối trước ngày đầu" in page.content.decode()
    assert client.get(f"{ADDRESS}1a/xlsx/?tu-ngay=20/11/2026&den-ngay=01/11/2026").status_code == 404


def test_a_list_too_long_for_a_paper_says_what_to_do(scope):
    filled = reports.BY_SLUG["1a"].filled(scope())
    long = listings.Filled(filled.listing, filled.title, filled.note, filled.rows[:1] * (listings.MOST_IN_PATIENCE + 1))
    for patient in (False, True):
        with pytest.raises(NotAllowed, match="Tải bảng Excel"):
            listings.pdf(long, unit=scope().actor.unit, patient=patient)


def test_a_long_pdf_is_printed_by_the_worker_for_who_asked_and_nobody_else(signed_in, actor, monkeypatch):
    monkeypatch.setitem(listings.MOST_ON_PAPER, "pdf", 2)
    client = signed_in("chuyenvien")
    answer = client.get(f"{ADDRESS}1a/pdf/?dot=before")
    assert answer.status_code == 302
    assert "đang in ở phía sau" in html.unescape(client.get(answer["Location"]).content.decode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'voters.print_report' ORDER BY id DESC LIMIT 1")
        args = cursor.fetchone()[0]
    print_report.func(**(args if isinstance(args, dict) else json.loads(args)))

    notice = Notice.objects.filter(account=actor("chuyenvien").account, kind=printing.KIND).latest("id")
    printed = signed_in("chuyenvien").get(notice.url)
    assert b"".join(printed).startswith(b"%PDF") if printed.streaming else printed.content.startswith(b"%PDF")
    for username in ("chuyenvien2", "xa", "hethong"):
        assert signed_in(username).get(notice.url).status_code == 404


def test_a_report_is_not_printed_for_who_left_the_post_meanwhile(actor):
    by = actor("chuyenvien")
    assert print_report.func(slug="1a", query="", account_id=by.account.pk, post_id=by.post.pk + 99_999) is None
    assert not PrintedReport.objects.exists()


def test_the_letter_a_list_goes_with_stands_under_its_title(scope):
    filled = reports.BY_SLUG["1a"].filled(scope(basis="Công văn số 12/HĐND-VP ngày 02/12/2026"))
    assert filled.note.startswith("(Kèm theo Công văn số 12/HĐND-VP ngày 02/12/2026 của ")


def test_every_figure_of_the_dashboard_is_that_of_the_list_behind_it(signed_in):
    client = signed_in("chuyenvien")
    page = html.unescape(client.get("/cu-tri/bao-cao/").content.decode())
    doors = re.findall(
        r'href="(/cu-tri/kien-nghi/\?[^"]*(?:tuoi|hua|noi-neu|linh-vuc|ket-qua|co-quan)=[^"]*)"[^>]*>(?:<[^>]+>)*([\d.]+)', page
    )
    assert len({address.split("&")[-1].split("=")[0] for address, _figure in doors}) >= 5
    for address, figure in doors:
        found = client.get(address).context["count"]
        assert found == int(figure.replace(".", "")), address


def test_the_dashboard_takes_as_many_statements_whatever_it_shows(signed_in, cost):
    assert cost(signed_in("chuyenvien"), "/cu-tri/bao-cao/") <= 15


def test_the_synthesis_report_holds_every_petition_once_and_no_voter_by_name(scope, signed_in):
    frame = scope()
    Origin.objects.all().update(speaker="Phan Thị Mẫu Kín")
    answer = signed_in("chuyenvien").get("/cu-tri/bao-cao/tong-hop/docx/")
    words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs)
    for petition in frame.petitions():
        assert words.count(petition.text.rstrip(" .")) >= 1
    for merged in Petition.objects.filter(state="merged"):
        assert merged.merged_into.text.rstrip(" .") in words
    assert "Phan Thị Mẫu Kín" not in words
    assert f"có {frame.petitions().count()} kiến nghị" in words
    assert signed_in("chuyenvien").get("/cu-tri/bao-cao/tong-hop/pdf/").content.startswith(b"%PDF")


def test_the_synthesis_report_is_for_the_councils_side(signed_in):
    assert signed_in("soxaydung").get("/cu-tri/bao-cao/tong-hop/docx/").status_code == 404
