"""Forms: label, hint, what is wrong, input; errors stand at the field, what was typed stays."""

import re

import pytest
from django import forms

from hoidong.kernel.ui.forms import DateField, TextArea

EVIL = "<script>alert('x')</script>\""


class Form(forms.Form):
    name = forms.CharField(label="Họ tên", help_text="Như trên giấy tờ.")
    on = DateField(label="Ngày", required=False)
    words = forms.CharField(label="Nội dung", widget=TextArea, required=False)
    count = forms.IntegerField(label="Số người", required=False, min_value=1)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "Một"), ("b", EVIL)], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Đồng ý công khai", required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        super().clean()
        if self.cleaned_data.get("count") == 13:
            self.add_error(None, EVIL)


def html_of(**data):
    return str(Form(data or None))


def test_every_input_has_its_label_and_its_hint():
    html = html_of()
    for name in ("name", "on", "words", "count"):
        assert f'<label for="id_{name}">' in html
    assert re.search(r'<input[^>]*name="name"[^>]*aria-describedby="id_name_helptext"', html)
    assert 'id="id_name_helptext"' in html
    assert html.count("không bắt buộc") == 3
    assert "<fieldset" in html
    assert "<legend>Loại" in html
    assert "hd-errors" not in html


def test_errors_stand_at_their_field_and_in_the_summary_and_the_words_stay():
    html = html_of(name="", on="31/02/2026", words="Đã gõ <b>", count="không", kind="a")

    assert "Có 3 chỗ cần sửa" in html
    assert 'role="alert"' in html
    for name in ("name", "on", "count"):
        assert f'href="#id_{name}"' in html
        field = re.search(rf'<input[^>]*name="{name}"[^>]*>', html)[0]
        assert 'aria-invalid="true"' in field
        assert f"id_{name}_error" in field
        assert f'id="id_{name}_error"' in html
    assert 'value="31/02/2026"' in html
    assert 'value="không"' in html
    assert "Đã gõ &lt;b&gt;" in html
    assert "Không có ngày 31/02/2026 trong lịch" in html
    assert "aria-invalid" not in re.search(r"<textarea[^>]*>", html)[0]


def test_an_error_of_the_whole_form_is_said_above_and_escaped():
    html = html_of(name="An", kind="a", count="13")
    assert "Có 1 chỗ cần sửa" in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_what_was_typed_and_choices_are_shown_as_text():
    html = html_of(name=EVIL, words=EVIL, on=EVIL, kind=EVIL, hidden=EVIL)
    assert "<script" not in html
    assert 'value="&lt;script&gt;' in html


def test_days_are_shown_and_taken_day_first():
    form = Form({"name": "An", "kind": "a", "on": "5.3.26"})
    assert form.is_valid(), form.errors
    assert f"{form.cleaned_data['on']:%Y-%m-%d}" == "2026-03-05"
    shown = str(Form(initial={"on": form.cleaned_data["on"]}))
    assert 'value="05/03/2026"' in shown
    assert 'placeholder="ngày/tháng/năm"' in shown
    assert 'inputmode="numeric"' in shown


@pytest.mark.parametrize(("typed", "read"), [("1.234", 1234), ("1234", 1234), ("", None)])
def test_whole_numbers_are_taken_with_and_without_points(typed, read):
    class Count(forms.Form):
        count = forms.IntegerField(required=False, localize=True)

    form = Count({"count": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["count"] == read


def test_a_form_has_no_style_script_or_handler():
    assert not re.search(r"<style|<script|\s(style|on\w+)=", html_of(name="", kind=""))
