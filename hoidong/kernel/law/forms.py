"""Forms on rules. A variant of the rule is a field of its own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..base import dates
from ..ui.forms import DateField, TextArea
from .models import MOST, Measure

VARIANT_WORDS = {
    "complex": _("Vụ việc phức tạp"),
    "remote": _("Vùng sâu, vùng xa, đi lại khó khăn"),
    "remote_complex": _("Vùng sâu, vùng xa và phức tạp"),
    "multi_place": _("Phải kiểm tra ở nhiều nơi"),
    "extend": _("Gia hạn"),
    "extend_special": _("Gia hạn vụ việc đặc biệt phức tạp"),
    "latest": _("Chậm nhất"),
}


def variant_words(rule):
    """[(what, amount in words)] of the variants of a rule: "Vụ việc phức tạp", "45 ngày"."""
    told = []
    for name, value in rule.variants.items():
        amount = " + ".join(str(part) for part in value) if isinstance(value, list) else str(value)
        told.append((VARIANT_WORDS.get(name, name), f"{amount} {rule.get_unit_display()}"))
    return told


class ChangeForm(forms.Form):
    """A new value from a day on."""

    value = forms.IntegerField(label=_("Giá trị mới"), min_value=0, max_value=MOST)
    unit = forms.ChoiceField(label=_("Đơn vị tính"), choices=Measure)
    starts_on = DateField(label=_("Dùng từ ngày"), help_text=_("Việc phát sinh trước ngày này vẫn theo số cũ."))
    basis = forms.CharField(label=_("Căn cứ"), max_length=300, help_text=_("Số, ký hiệu văn bản, điều, khoản."))
    reason = forms.CharField(label=_("Lý do thay đổi"), widget=TextArea)

    def __init__(self, *args, rule, **options):
        self.rule = rule
        options["initial"] = {
            "value": rule.value,
            "unit": rule.unit,
            "basis": rule.basis,
            "starts_on": dates.today(),
        } | (options.get("initial") or {})
        super().__init__(*args, **options)
        for name, value in rule.variants.items():
            self.fields[f"variant_{name}"] = forms.CharField(
                label=VARIANT_WORDS.get(name, name),
                initial=" + ".join(str(part) for part in value) if isinstance(value, list) else value,
                help_text=_("Nhiều lần thì ghi dấu cộng, ví dụ 30 + 30.") if isinstance(value, list) else "",
            )
        self.order_fields(["value", "unit", *(f"variant_{name}" for name in rule.variants), "starts_on", "basis", "reason"])

    def clean(self):
        """Reads the variants back into numbers, or lists of numbers where the rule has lists."""
        cleaned = super().clean()
        variants = {}
        for name, before in self.rule.variants.items():
            written = str(cleaned.get(f"variant_{name}", ""))
            parts = [part.strip() for part in written.split("+")]
            if not all(part.isdecimal() for part in parts) or (len(parts) > 1 and not isinstance(before, list)):
                self.add_error(f"variant_{name}", _("Ghi một số nguyên, ví dụ 45."))
                continue
            if any(len(part) > 4 or int(part) > MOST for part in parts):
                self.add_error(f"variant_{name}", _("Số ngày nhiều nhất là %(most)s.") % {"most": MOST})
                continue
            numbers = [int(part) for part in parts]
            variants[name] = numbers if isinstance(before, list) else numbers[0]
        cleaned["variants"] = variants
        return cleaned


class VerifyForm(forms.Form):
    """The number was compared with the text."""

    note = forms.CharField(
        label=_("Đã đối chiếu với"),
        widget=TextArea,
        help_text=_("Tên văn bản, điều, khoản, nơi đọc. Ví dụ: Nghị quyết liên tịch 72/2025, Điều 46, bản Công báo."),
    )
