"""Templates: the default ones, those of an office, and what cannot be one."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from docx.shared import Pt
from pypdf import PdfReader

from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.papers import filling, kinds, making, pdf, replacing
from hoidong.kernel.papers.models import PaperTemplate
from hoidong.kernel.units import queries as units

pytestmark = pytest.mark.django_db
LETTER = "voters.transfer_letter"


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


def template(*paragraphs):
    """A template an office might bring."""
    document, target = Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(target)
    return target.getvalue()


def upload(*paragraphs):
    return SimpleUploadedFile("mẫu của chúng tôi.docx", template(*paragraphs))


def words_of(content):
    """All text of a PDF, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def all_text(docx):
    document = Document(io.BytesIO(docx))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("kind", [kind.code for kind in kinds.all_kinds()])
def test_every_default_template_is_filled_and_printed_with_its_sample(kind):
    found = kinds.known(kind)
    docx, printed = replacing.try_out(found, making.default_template(found))
    text = all_text(docx)
    assert "{{" not in text
    assert "{%" not in text
    assert len(PdfReader(io.BytesIO(printed)).pages) >= 1


def test_the_default_layout_keeps_the_measures_of_the_decree():
    document = Document(io.BytesIO(making.default_template(kinds.known(LETTER))))
    section = document.sections[0]
    edges = (section.page_width, section.page_height, section.left_margin, section.right_margin, section.top_margin,
             section.bottom_margin)  # fmt: skip
    width, height, left, right, top, bottom = (round(edge.mm) for edge in edges)
    assert (width, height) == (210, 297)
    assert 30 <= left <= 35
    assert 15 <= right <= 20
    assert 20 <= top <= 25
    assert 20 <= bottom <= 25
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.styles["Normal"].font.size == Pt(14)
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_pages_are_numbered_from_the_second_on():
    found = kinds.known(LETTER)
    _docx, printed = replacing.try_out(found, making.default_template(found))
    first, second = [page.extract_text().split("\n") for page in PdfReader(io.BytesIO(printed)).pages]
    assert "1" not in [line.strip() for line in first]
    assert "2" in [line.strip() for line in second]


def test_the_pdf_carries_the_font_of_the_house_and_fetches_nothing_else():
    found = kinds.known(LETTER)
    _docx, printed = replacing.try_out(found, making.default_template(found))
    fonts = {str(font["/BaseFont"]) for page in PdfReader(io.BytesIO(printed)).pages for font in _fonts_of(page)}
    assert fonts
    assert all("Tinos" in font for font in fonts)
    with pytest.raises(ValueError, match="fetch nothing"):
        pdf._fetcher().fetch("https://vidu.vn/a.png")


def _fonts_of(page):
    return [font.get_object() for font in page["/Resources"]["/Font"].get_object().values()]


def test_an_offices_own_template_is_used_and_the_one_of_others_is_not(actor):
    office, admin = actor("chuyenvien").unit, actor("quantri")
    replacing.replace(LETTER, office, upload("MẪU RIÊNG số {{ number }}"), by=admin)
    sample = kinds.known(LETTER).sample
    assert "MẪU RIÊNG số 05/HĐND-VP" in all_text(making.render(LETTER, sample, unit=office))
    assert "MẪU RIÊNG" not in all_text(making.render(LETTER, sample, unit=actor("xa").unit))
    assert "MẪU RIÊNG" not in all_text(making.render(LETTER, sample, unit=units.at("01.SXD")))


def test_a_template_of_the_area_counts_for_its_bodies_and_the_nearer_one_wins(actor):
    office, admin = actor("chuyenvien").unit, actor("quantri")
    sample = kinds.known(LETTER).sample
    replacing.replace(LETTER, office.area, upload("MẪU CHUNG {{ number }}"), by=admin)
    assert "MẪU CHUNG" in all_text(making.render(LETTER, sample, unit=office))
    assert "MẪU CHUNG" not in all_text(making.render(LETTER, sample, unit=actor("xa").unit))
    replacing.replace(LETTER, office, upload("MẪU GẦN {{ number }}"), by=admin)
    assert "MẪU GẦN" in all_text(making.render(LETTER, sample, unit=office))


def test_back_to_the_default_ends_the_own_template_and_keeps_it(actor):
    office, admin = actor("chuyenvien").unit, actor("quantri")
    own = replacing.replace(LETTER, office, upload("MẪU RIÊNG {{ number }}"), by=admin)
    replacing.restore(own, by=admin)
    assert "MẪU RIÊNG" not in all_text(making.render(LETTER, kinds.known(LETTER).sample, unit=office))
    assert PaperTemplate.objects.get(pk=own.pk).ended_at is not None


@pytest.mark.parametrize(
    ("paragraph", "words"),
    [
        ("Số {{ so_van_ban }}", "“so_van_ban”"),
        ("Nơi gửi {{ heading.khong_co }}", "“heading.khong_co”"),
        ("{% for row in petitions %}{{ row.la }}{% endfor %}", "“row.la”"),
        ("{% if number %}thiếu đóng", "viết sai lệnh"),
        ("{{ number.__class__.__mro__ }}", "không được phép|lạ"),
        ("{{ heading|safe }}", "viết sai lệnh|không điền được"),
        ("{% for i in range(99999999) %}x{% endfor %}", "không điền được"),
    ],
)
def test_a_template_that_does_not_fit_is_refused_by_name(actor, paragraph, words):
    with pytest.raises(Invalid, match=words):
        replacing.replace(LETTER, actor("chuyenvien").unit, upload(paragraph), by=actor("quantri"))
    assert not PaperTemplate.objects.exists()


@pytest.mark.parametrize(
    "paragraph",
    [
        "{% if number == 'không bao giờ' %}{{ la }}{% endif %}",
        "{{ la if count == 'x' else number }}",
        "{% for row in petitions if row.place > 99 %}{{ row.la }}{% endfor %}",
        "{% for row in petitions %}{% for part in row.la %}{{ part }}{% endfor %}{% endfor %}",
        "{{ la|default('') }}",
        "{{ signature.la }}",
        "{{ number.la }}",
        "{{ petitions[0].la }}",
    ],
)
def test_an_unknown_placeholder_is_found_where_a_trial_does_not_lead(actor, paragraph):
    with pytest.raises(Invalid, match="ô giữ chỗ lạ: “([^”]*\\.)?la”"):
        replacing.replace(LETTER, actor("chuyenvien").unit, upload(paragraph), by=actor("quantri"))


def test_unknown_placeholders_of_head_foot_and_properties_are_named_all_at_once_beside_the_valid_ones(actor):
    document, target = Document(), io.BytesIO()
    document.add_paragraph("{{ so_hieu }} {{ number }}")
    document.sections[0].header.paragraphs[0].text = "{{ dau_trang }}"
    document.sections[0].footer.paragraphs[0].text = "{{ chan_trang }}"
    document.core_properties.title = "{{ ten_tep }}"
    document.save(target)
    upload = SimpleUploadedFile("a.docx", target.getvalue())
    with pytest.raises(Invalid) as refusal:
        replacing.replace(LETTER, actor("chuyenvien").unit, upload, by=actor("quantri"))
    words = str(refusal.value)
    assert "“chan_trang”, “dau_trang”, “so_hieu”, “ten_tep”" in words
    assert "heading.above, heading.body, heading.place, number, day" in words
    assert "petitions (mỗi dòng: place, number, text, raised, coordinating, due)" in words


@pytest.mark.parametrize(
    "paragraph",
    [
        "{% for row in petitions %}{{ loop.index }} {{ row.text|upper }}{% else %}{{ number }}{% endfor %}",
        "{% set nơi = heading.place %}{{ nơi }} {{ heading['body'] }} {{ petitions[0].text }} {{ petitions|length }}",
        "{% for line in recipients %}{{ line.strip() }}{% endfor %}",
        "{% for name, part in heading.items() %}{{ name }}: {{ part }}{% endfor %}",
    ],
)
def test_what_the_paper_has_is_taken_however_it_is_written(actor, paragraph):
    assert replacing.replace(LETTER, actor("chuyenvien").unit, upload(paragraph), by=actor("quantri")).pk


def test_a_template_with_what_the_pdf_cannot_show_is_refused(actor, tmp_path):
    document, target = Document(), io.BytesIO()
    document.add_paragraph("gạch đầu dòng", style="List Bullet")
    document.add_paragraph("{{ number }}")
    paragraph = document.add_paragraph("đánh số")
    paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 1
    document.save(target)
    with pytest.raises(Invalid, match="đánh số tự động"):
        replacing.replace(
            LETTER, actor("chuyenvien").unit, SimpleUploadedFile("a.docx", target.getvalue()), by=actor("quantri")
        )


def test_what_voters_wrote_is_never_an_order_in_docx_or_pdf():
    sample = kinds.known(LETTER).sample
    wild = (
        '=HYPERLINK("http://x") <b>đậm</b> & {{ 7*7 }} {% if %} </w:t></w:r> \x07\x0c\x00 <script>alert(1)</script>\ndòng hai'
    )
    rows = [{**sample["petitions"][0], "text": wild}]
    docx = filling.fill(making.default_template(kinds.known(LETTER)), {**sample, "petitions": rows})
    text = all_text(docx)
    assert '=HYPERLINK("http://x") <b>đậm</b> & {{ 7*7 }} {% if %} </w:t></w:r>' in text
    assert "<script>alert(1)</script>\ndòng hai" in text
    page = pdf.html_of(docx)
    assert "<script>" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page


def test_an_administrator_changes_templates_of_the_own_area_only(actor):
    with pytest.raises(NotAllowed):
        replacing.replace(LETTER, actor("chuyenvien").unit, upload("{{ number }}"), by=actor("quantrixa"))
    with pytest.raises(NotAllowed):
        replacing.replace(LETTER, actor("chuyenvien").unit, upload("{{ number }}"), by=actor("chuyenvien"))


def test_the_page_of_templates_lists_every_kind_and_takes_a_new_one(signed_in, actor):
    client = signed_in("quantri")
    page = client.get(reverse("papers:templates")).content.decode()
    assert all(str(kind.name) in page for kind in kinds.all_kinds())
    default = client.get(reverse("papers:default", args=[LETTER]))
    assert default["Content-Disposition"].startswith("attachment;")
    assert client.get(reverse("papers:preview", args=[LETTER])).content.startswith(b"%PDF-")
    address, office = reverse("papers:replace", args=[LETTER]), actor("chuyenvien").unit
    assert "petitions" in client.get(address).content.decode()
    wrong = client.post(address, {"unit": office.pk, "file": upload("{{ sai_ten }}")})
    assert wrong.status_code == 422
    assert "sai_ten" in wrong.content.decode()
    edited = SimpleUploadedFile("mau.docx", default.content)
    assert client.post(address, {"unit": office.pk, "file": edited}).status_code == 303
    own = PaperTemplate.objects.get()
    assert office.full_name in client.get(reverse("papers:templates")).content.decode()
    assert client.get(reverse("papers:own", args=[own.pk])).content == default.content
    client.post(reverse("papers:restore", args=[own.pk]))
    own.refresh_from_db()
    assert own.ended_at is not None


def test_other_people_find_neither_the_page_nor_an_own_template(signed_in, actor):
    own = replacing.replace(LETTER, actor("chuyenvien").unit, upload("{{ number }}"), by=actor("quantri"))
    assert signed_in("chuyenvien").get(reverse("papers:templates")).status_code == 404
    client = signed_in("quantrixa")
    assert client.get(reverse("papers:own", args=[own.pk])).status_code == 404
    assert client.post(reverse("papers:restore", args=[own.pk])).status_code == 404
    assert client.get(reverse("papers:replace", args=["khong.co"])).status_code == 404
