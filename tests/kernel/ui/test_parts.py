"""Every part of a page: what people typed is shown as text, what is seen can also be heard, numbers and days are Viet Nam's."""

import datetime
import re
from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from hoidong.kernel.base.paging import Page
from hoidong.kernel.ui import appearance, charts, looks, numbers
from hoidong.kernel.ui.icons import ICONS, SHAPES
from hoidong.kernel.ui.tags import charts as chart_tags
from hoidong.kernel.ui.tags import marks, parts, records

EVIL = "<script>alert('x')</script>\"'&"
DAY = datetime.date(2026, 11, 22)


def render(source, path="/?q=%3Cscript%3E", **context):
    request = RequestFactory().get(path)
    request._messages = []
    return Template("{% load ui %}" + source).render(Context({"request": request, "evil": EVIL, "day": DAY, **context}))


LOOK = looks.Look("new", "busy", EVIL, EVIL)
PAGE = Page(rows=[1], next_token=EVIL, prev_token=EVIL)
TYPED = {
    "badge": ("{% badge look %}", {"look": LOOK}),
    "state": ("{% state look %}", {"look": LOOK}),
    "state_words": ("{% state evil note=evil tone=evil %}", {}),
    "due": ("{% due day 3 text=evil %}", {}),
    "due_words": ("{% due evil 3 %}", {}),
    "date": ("{% date evil %}{% date none evil %}", {"none": None}),
    "datetime": ("{% datetime none evil %}", {"none": None}),
    "num": ("{% num none empty=evil %}", {"none": None}),
    "highlight": ("{% highlight evil 'script' %}{% highlight evil evil %}{% highlight evil '' %}", {}),
    "icon": ('{% icon "x" label=evil css=evil %}', {}),
    "shape": ('{% shape "ok" label=evil css=evil %}', {}),
    "note": ("{% note evil %}{{ evil }}{% endnote %}", {}),
    "nothing": ("{% nothing title=evil text=evil %}{{ evil }}{% endnothing %}", {}),
    "machine": ("{% machine why=evil tag=evil %}{{ evil }}{% endmachine %}", {}),
    "dialog": ("{% dialog evil evil %}{{ evil }}{% enddialog %}", {}),
    "tabs": ("{% tabs items label=evil %}", {"items": [looks.Tab(EVIL, EVIL, count=3)]}),
    "chips": ("{% chips items %}", {"items": [looks.Chip(EVIL, EVIL, "q"), looks.Chip(EVIL, EVIL, url=EVIL), looks.Chip("a", "b", EVIL)]}),
    "pager": ("{% pager page shown=evil target=evil %}", {"page": PAGE}),
    "query_with": ('<a href="{% query_with q=evil %}">', {}),
    "bulk": ("{% bulk evil %}{{ evil }}{% endbulk %}", {}),
    "pick": ("{% pick evil evil %}", {}),
    "progress": ("{% progress 1 2 evil note=evil %}", {}),
    "facts": ("{% facts rows %}{% facts rows empty=evil %}", {"rows": [(EVIL, EVIL, EVIL), (EVIL, "")]}),
    "fact": ("{% fact evil note=evil %}{{ evil }}{% endfact %}", {}),
    "timeline": ("{% timeline entries %}", {"entries": [looks.Entry(EVIL, EVIL, EVIL, EVIL, EVIL, EVIL), looks.Entry(DAY, EVIL, status="next")]}),
    "stepper": ("{% stepper steps 1 %}{% stepper many %}", {"steps": [EVIL, "b"], "many": [looks.Step(EVIL, EVIL, EVIL)]}),
    "moves": ("{% moves offers look=look %}", {"look": LOOK, "offers": [
        looks.Button(EVIL, EVIL, key=EVIL, main=True), looks.Button(EVIL, allowed=False, reason=EVIL), looks.Button(EVIL, EVIL, post=True)]}),
    "promise": ("{% promise evil evil day 3 url=evil %}", {}),
    "file_link": ("{% file_link evil evil note=evil %}", {}),
    "why": ("{% why evil steps evil day note=evil %}", {"steps": [SimpleNamespace(label=EVIL, date=EVIL, basis=EVIL)]}),
    "stat": ("{% stat 3 evil url=evil note=evil tone=evil %}", {}),
    "split_bar": ("{% split_bar bars %}", {"bars": [(EVIL, 3, EVIL, EVIL), (EVIL, 1, "said")]}),
    "split_list": ("{% split_list bars %}", {"bars": [(EVIL, 3, "busy", EVIL), {"label": EVIL, "value": 2}]}),
    "bar_rows": ("{% bar_rows bars %}", {"bars": [(EVIL, 3, "busy", EVIL)]}),
    "column_chart": ("{% column_chart bars evil %}", {"bars": [(EVIL, 3)]}),
    "long_date": ("{% long_date day %}", {}),
    "mark": ("{% mark %}", {}),
    "once_key": ("{% once_key %}", {}),
    "pick_all": ("{% pick_all %}", {}),
    "skeleton": ("{% skeleton %}", {}),
    "stylesheets": ("{% stylesheets %}", {}),
    "waiting_toasts": ("{% waiting_toasts %}", {}),
    "form_errors": ("{% form_errors form %}", {"form": SimpleNamespace(is_bound=False)}),
}  # fmt: skip


@pytest.mark.parametrize("name", TYPED)
def test_what_people_typed_is_shown_as_text(name):
    source, context = TYPED[name]
    html = render(source, **context)

    assert "<script" not in html
    assert "alert('x')" not in html
    # A quotation mark that ends an attribute early leaves an odd piece behind.
    for tag in re.findall(r"<[a-zA-Z][^>]*>", html):
        assert re.fullmatch(r"""<[a-zA-Z0-9]+(\s+[\w:@.-]+(="[^"]*"|='[^']*')?)*\s*/?>""", tag), tag


def test_every_tag_is_proved_above():
    known = {name for library in (marks, parts, records, chart_tags) for name in library.register.tags}
    ours = {name for name in known if name not in ("moment",)}
    assert ours <= set(TYPED), sorted(ours - set(TYPED))


@pytest.mark.parametrize("name", TYPED)
def test_no_part_brings_a_style_a_script_or_a_handler(name):
    source, context = TYPED[name]
    assert not re.search(r"<style|<[^>]*\s(style|on\w+)=|<[^>]*=\"javascript:", render(source, **context))


def test_signs_are_decoration_unless_they_say_what_they_mean():
    assert 'aria-hidden="true"' in render('{% icon "x" %}')
    labelled = render('{% icon "x" label="Đóng" %}')
    assert 'role="img" aria-label="Đóng"' in labelled
    assert "aria-hidden" not in labelled


def test_a_name_that_is_no_sign_is_an_error():
    for source in ('{% icon "no-such" %}', '{% shape "no-such" %}'):
        with pytest.raises(ValueError, match="no-such"):
            render(source)
    assert "x" in ICONS
    assert "ok" in SHAPES
    with pytest.raises(TemplateSyntaxError):
        render("{% no_such_tag %}")


def test_the_current_tab_step_and_page_are_told():
    tabs = render(
        "{% tabs items %}",
        items=[looks.Tab("Tất cả", "?", current=True), looks.Tab("Quá hạn", "?xem=han", count=1234, late=True)],
    )
    assert tabs.count('aria-current="page"') == 1
    assert '<nav class="hd-tabs" aria-label="Chế độ xem đã lưu">' in tabs
    assert "1.234" in tabs
    steps = render("{% stepper steps 2 %}", steps=["Ghi", "Chuyển", "Trả lời"])
    assert steps.count('aria-current="step"') == 1
    assert "(đã xong)" in steps


def test_a_closed_move_stays_with_the_reason_it_is_described_by():
    html = render(
        "{% moves offers %}",
        offers=[looks.Button("Chuyển", allowed=False, reason="Chưa có cơ quan."), looks.Button("Gộp", "/gop/")],
    )
    described = re.search(r'<button[^>]*disabled[^>]*aria-describedby="([^"]+)"', html)[1]
    assert f'id="{described}"' in html
    assert "Chưa có cơ quan." in html
    assert "hd-btn--main" in html.split("disabled")[1]


def test_boxes_bars_and_dialogs_have_names():
    assert 'aria-label="Chọn kiến nghị 1284"' in render('{% pick 5 "Chọn kiến nghị 1284" %}')
    assert 'aria-label="Chọn cả trang"' in render("{% pick_all %}")
    assert 'role="group"' in render('{% bulk "kiến nghị" %}{% endbulk %}')
    dialog = render('{% dialog "huy" "Hủy kiến nghị này?" %}{% enddialog %}')
    assert 'aria-labelledby="huy-title"' in dialog
    assert 'id="huy-title"' in dialog
    bar = render("{% split_bar bars %}", bars=[("Đã giải quyết", 1200, "good"), ("Đang", 300, "busy")])
    assert 'role="img" aria-label="Đã giải quyết 1.200, Đang 300"' in bar
    assert 'role="img" aria-label="Theo tháng: 9 3"' in render('{% column_chart bars "Theo tháng" %}', bars=[("9", 3)])
    assert "<label" in render('{% progress 3 10 "Đang nhận" %}')
    chip = render("{% chips items %}", items=[looks.Chip("Xã", "Đông", "xa")])
    assert "Bỏ lọc Xã: Đông" in chip


def test_a_page_link_keeps_the_filters_and_drops_the_old_page():
    html = render("{% pager page %}", path="/?xa=5&trang=cu", page=Page(rows=[1], next_token="moi"))
    assert 'href="?xa=5&amp;trang=moi"' in html
    assert 'rel="next"' in html
    assert "disabled" in html
    assert render("{% pager page %}", page=Page(rows=[1])).strip() == ""


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (9, "còn 9 ngày", "is-calm"),
        (5, "còn 5 ngày", "is-soon"),
        (0, "hôm nay", "is-soon"),
        (-3, "quá 3 ngày", "is-late"),
        (None, "chưa tính được", "is-calm"),
    ],
)
def test_a_term_says_how_far_it_is(days, words, tone):
    html = render("{% due day days %}", days=days)
    assert "22/11/2026" in html
    assert words in html
    assert tone in html


def test_days_and_moments_are_viet_nams_with_the_machines_form_beside_them():
    moment = datetime.datetime(2026, 11, 22, 17, 30, tzinfo=datetime.UTC)
    assert render("{% date day %}") == '<time class="hd-num" datetime="2026-11-22">22/11/2026</time>'
    assert "23/11/2026 00:30" in render("{% datetime at %}", at=moment)
    assert 'datetime="2026-11-23">23/11/2026' in render("{% date at %}", at=moment)
    assert render("{{ day }}") == "22/11/2026"
    assert render("{% long_date day %}") == "ngày 22 tháng 11 năm 2026"


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [(1234567.5, None, "1.234.567,5"), (1234567, None, "1.234.567"), (0, None, "0"), (-1234, None, "−1.234"), (None, None, ""),
     (12.5, 2, "12,50"), (0.1, None, "0,1"), (1e6, None, "1.000.000"), (999, None, "999")],
)  # fmt: skip
def test_numbers_have_points_between_thousands_and_a_comma_before_decimals(value, places, written):
    assert numbers.write(value, places) == written
    assert render("{{ value|number:places }}", value=value, places=places) == written


def test_a_share_of_nothing_is_not_said():
    assert numbers.percent(12, 81) == "14,8 %"
    assert numbers.percent(0, 81) == "0,0 %"
    assert numbers.percent(3, 0) == ""
    assert "chưa có" in render('{% stat none "Tỷ lệ" %}', none=None)


def test_a_key_and_a_year_are_never_written_with_points():
    assert render("{{ key }} {{ year }}", key=1284567, year=2026) == "1284567 2026"


def test_what_was_searched_is_marked_whatever_its_accents():
    assert render('{% highlight "Sửa Đường liên thôn" "duong" %}') == "Sửa <mark>Đường</mark> liên thôn"
    assert render('{% highlight "đường" "a" %}') == "đường"


def test_a_single_case_stays_visible_beside_thousands():
    placed = charts.split([5000, 1, 0])
    assert set(placed) == {0, 1}
    assert float(placed[1][1]) >= charts.LEAST
    assert sum(float(width) for _x, width in placed.values()) + charts.GAP == pytest.approx(100, abs=0.1)
    assert charts.split([0, 0]) == {}
    assert charts.columns([], 288, 60) == []


@pytest.mark.parametrize("cookie", ["", "large.dark.compact", "x.y", "<script>", "large." * 500])
def test_the_look_of_a_browser_is_one_of_those_offered(cookie):
    request = RequestFactory().get("/")
    request.COOKIES[appearance.COOKIE] = cookie
    for name in appearance.classes(appearance.read(request)).split():
        assert name in {"hd-large", "hd-larger", "hd-light", "hd-dark", "hd-compact"}
