"""What leaves the house holds words only: no formula computes, no markup acts, no letter is lost."""

import io
import re
import zipfile

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from hoidong.citizens.voters import actions
from hoidong.citizens.voters.models import Meeting
from hoidong.citizens.voters.reports import BY_SLUG
from hoidong.council.meetings import queries as sessions
from hoidong.kernel.base import dates
from hoidong.kernel.papers.models import Paper

EVIL = (
    '=HYPERLINK("http://xau.example","Bấm")', "+SUM(1;2) đường hỏng", "-2+3 cầu yếu", "@SUM(A1:A2) kênh bồi", "<script>alert(1)</script> đèn hỏng",
    "<w:p/> & ]]> {{ 7*7 }} {% now %} đường liên thôn",
)  # fmt: skip


@pytest.fixture
def evil(write, hand_up):
    """Petitions whose words look like formulas, markup and templates."""
    made = write(*EVIL, hamlet="=1+1", speaker="=cmd|'/c calc'!A0")
    hand_up(made)
    return made


def cells_of(content):
    return [
        cell for row in CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python() for cell in row
    ]


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name).decode(errors="replace") for name in packed.namelist()}


def quoted(parts):
    """Which cells keep the prefix that stops Excel from computing them when somebody edits them: {words}."""
    styles = re.search(r"<cellXfs.*?</cellXfs>", parts["xl/styles.xml"], re.S).group()
    marked = {str(place) for place, style in enumerate(re.findall(r"<xf [^>]*?/?>", styles)) if 'quotePrefix="1"' in style}
    sheet = parts["xl/worksheets/sheet1.xml"]
    inline = re.findall(r'<c r="[A-Z]+\d+" s="(\d+)" t="inlineStr"><is><t[^>]*>(.*?)</t>', sheet, re.S)
    if shared := parts.get("xl/sharedStrings.xml"):
        words = re.findall(r"<si><t[^>]*>(.*?)</t></si>", shared, re.S)
        inline += [
            (style, words[int(place)]) for style, place in re.findall(r'<c r="[A-Z]+\d+" s="(\d+)" t="s"><v>(\d+)</v>', sheet)
        ]
    return {said for style, said in inline if style in marked}, {said for _style, said in inline}


def test_the_export_of_the_worklist_holds_words_only(evil, signed_in):
    content = signed_in("chuyenvien").get("/cu-tri/kien-nghi/xuat/?xem=all").content
    assert set(EVIL) <= set(cells_of(content))
    parts = parts_of(content)
    assert "<f>" not in parts["xl/worksheets/sheet1.xml"]
    assert not [name for name in parts if "rels" in name and "hyperlink" in parts[name]]
    safe, everything = quoted(parts)
    assert {words for words in everything if words.startswith(("=", "+", "-", "@"))} <= safe
    assert len(safe) >= 4


@pytest.mark.parametrize("slug", sorted(BY_SLUG))
def test_no_report_computes_or_acts(evil, send, signed_in, slug):
    send(evil, with_paper=False)
    client = signed_in("chuyenvien")
    content = client.get(f"/cu-tri/bao-cao/bieu/{slug}/xlsx/").content
    if content[:2] != b"PK":
        pytest.fail(f"{slug}: no workbook")
    parts = parts_of(content)
    assert not [name for name in parts if name.startswith("xl/worksheets/") and re.search(r"<f[ >]", parts[name])]
    safe, everything = quoted(parts)
    assert {words for words in everything if words.startswith(("=", "+", "-", "@"))} <= safe
    page = client.get(f"/cu-tri/bao-cao/bieu/{slug}/").content.decode()
    assert "<script>alert" not in page


def test_minutes_and_letters_print_the_words_as_they_were_said(evil, send, actor):
    clerk = actor("xa")
    meeting = actions.open_meeting(
        Meeting(
            commune=clerk.unit.area,
            session=sessions.current_session(clerk),
            held_on=dates.today(),
            place="{{ 7*7 }} <b>nhà</b>",
        ),
        by=clerk,
    )
    actions.save_opinions(meeting, [{"place": place, "text": words} for place, words in enumerate(EVIL, 1)], by=clerk)
    actions.make_minutes(meeting, by=clerk)
    meeting.refresh_from_db()
    for paper_id in (meeting.paper_id, send(evil).paper_id):
        content = Paper.objects.get(pk=paper_id).docx.read()
        document = Document(io.BytesIO(content))
        words = "\n".join(
            [
                *(line.text for line in document.paragraphs),
                *(cell.text for table in document.tables for row in table.rows for cell in row.cells),
            ]
        )
        for said in EVIL:
            assert " ".join(said.split()) in " ".join(words.split()), said
        assert "49" not in words.replace(f"{dates.today().year}", "")
        assert "HYPERLINK" not in parts_of(content).get("word/_rels/document.xml.rels", "")


@pytest.mark.parametrize("address", ["/cu-tri/kien-nghi/?xem=all", "/cu-tri/kien-nghi/{pk}/", "/cong/tra-cuu/{code}/", "/cu-tri/kien-nghi/{pk}/giay-hen/",
                                     "/tim/?q=<script>alert(1)</script> đèn hỏng", "/cu-tri/kien-nghi/?tu-khoa=<script>alert(1)</script>"])  # fmt: skip
def test_no_page_lets_words_act(evil, signed_in, address):
    client = signed_in("chuyenvien")
    page = client.get(address.format(pk=evil[4].pk, code=evil[4].code))
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;alert(1)" in page.content.decode()
