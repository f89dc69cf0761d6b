"""Reports as the office meets them: every figure opens its list, and page, XLSX, DOCX and PDF say the same."""

import io
import re
import zipfile

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

pytest_plugins = ["tests.journeys.site"]


@pytest.fixture
def officer(visit):
    """Somebody of the city's office."""
    return visit("chuyenvien")


def test_every_figure_of_the_dashboard_opens_the_list_behind_it(officer):
    page = officer.page
    officer.go("/cu-tri/bao-cao/").look("bao-cao", phone=True)
    tiles = page.eval_on_selector_all(".hd-stats a", "links => links.map(one => [one.innerText, one.getAttribute('href')])")
    rows = page.eval_on_selector_all(
        ".rp-table a, .rp-promises a", "links => links.map(one => [one.innerText, one.getAttribute('href')])"
    )
    bars = page.eval_on_selector_all(
        "svg a, .rp-two li a", "links => links.map(one => [one.textContent, one.getAttribute('href')])"
    )
    assert len(tiles) == 4
    assert rows
    assert any("linh-vuc=" in href for _words, href in bars)
    assert any("noi-neu=" in href for _words, href in bars)
    for words, href in [*tiles, rows[0], rows[-1]]:
        figure = re.search(r"\d+", words.replace(".", "")).group()
        officer.go(href)
        shown = page.inner_text("[aria-current=true], .hd-tabs [aria-current]")
        assert re.search(rf"\b{figure}\b", shown), (words, href, shown)


def test_a_report_says_the_same_on_the_page_in_excel_word_and_pdf(officer):
    page = officer.page
    officer.go("/cu-tri/bao-cao/bieu/").look("bao-cao-danh-muc", phone=True)
    page.click("a:has-text('Kết quả giải quyết theo cơ quan')")
    page.wait_for_load_state("load")
    officer.look("bao-cao-ket-qua", phone=True)
    cells = page.locator(".rp-cells tbody tr >> nth=0 >> td").all_inner_texts()
    title = page.inner_text(".rp-title")
    files = {kind: _fetch(officer, f"a[href*='/results/{kind}/']") for kind in ("xlsx", "docx", "pdf")}
    sheet = _sheet(files["xlsx"])
    assert any(row[1:3] == [cells[1], f"{cells[2]}.0"] for row in sheet), sheet
    assert title in " ".join(map(" ".join, sheet))
    with zipfile.ZipFile(io.BytesIO(files["docx"])) as packed:
        assert cells[1] in re.sub("<[^>]+>", "", packed.read("word/document.xml").decode())
    assert title.split(":")[0] in _words_of(files["pdf"])
    assert cells[1].split()[0] in _words_of(files["pdf"])


def test_the_ledger_and_the_synthesis_of_the_session_open_with_content(officer):
    page = officer.page
    officer.go("/cu-tri/bao-cao/bieu/ledger/").look("bao-cao-so-22-cot", phone=True)
    number = re.search(r"\d+/20\d\d", page.inner_text(".rp-cells tbody")).group()
    ledger = _sheet(_fetch(officer, "a[href*='/ledger/xlsx/']"))
    assert any(number in cell for row in ledger for cell in row)
    officer.go("/cu-tri/bao-cao/bieu/")
    assert "BÁO CÁO" in _words_of(_fetch(officer, "a[href*='/tong-hop/pdf/']"))
    with zipfile.ZipFile(io.BytesIO(_fetch(officer, "a[href*='/tong-hop/docx/']"))) as packed:
        assert "kiến nghị" in packed.read("word/document.xml").decode()


def _fetch(visitor, selector):
    """What a link of the page gives, asked for with the visitor's own session."""
    answer = visitor.page.request.get(visitor.page.eval_on_selector(selector, "link => link.href"))
    assert answer.status == 200, selector
    return answer.body()


def _sheet(content):
    """The rows of the first sheet, every cell as words."""
    return [
        [str(cell) for cell in row]
        for row in CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    ]


def _words_of(content):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
