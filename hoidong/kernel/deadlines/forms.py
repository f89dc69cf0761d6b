"""Forms on the calendar."""

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from ..ui.forms import DateField, TextArea
from .models import CalendarSetting, DayKind


class DayForm(forms.Form):
    """A day off, or a listed day that becomes ordinary again."""

    CLEAR = "clear"
    day = DateField(label=_("Ngày"))
    kind = forms.ChoiceField(
        label=_("Ngày này là"),
        choices=[
            (DayKind.HOLIDAY, DayKind.HOLIDAY.label),
            (DayKind.COMPENSATION, DayKind.COMPENSATION.label),
            (CLEAR, _("ngày bình thường, bỏ khỏi lịch nghỉ")),
        ],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Tên ngày"), max_length=120, required=False, help_text=_("Ví dụ: Giỗ Tổ Hùng Vương."))
    basis = forms.CharField(label=_("Căn cứ"), max_length=300, required=False)
    reason = forms.CharField(label=_("Lý do thay đổi"), widget=TextArea)

    def clean(self):
        """A day off needs its name."""
        cleaned = super().clean()
        if cleaned.get("kind") in (DayKind.HOLIDAY, DayKind.COMPENSATION) and not cleaned.get("name", "").strip():
            self.add_error("name", _("Ghi tên ngày nghỉ, tên này hiện trong cách tính hạn."))
        return cleaned


class SwapForm(forms.Form):
    """A working day off against a weekend day worked."""

    off = DateField(label=_("Ngày được nghỉ"), help_text=_("Một ngày từ thứ Hai đến thứ Sáu."))
    worked = DateField(label=_("Ngày làm bù"), help_text=_("Thứ Bảy hoặc Chủ nhật."))
    basis = forms.CharField(label=_("Căn cứ"), max_length=300)
    reason = forms.CharField(label=_("Lý do thay đổi"), widget=TextArea)


class ConfirmForm(forms.Form):
    """The year was compared with the announcement."""

    note = forms.CharField(
        label=_("Đã đối chiếu với"), widget=TextArea, help_text=_("Số, ngày của thông báo và cơ quan thông báo.")
    )


class AnswerForm(forms.Form):
    """Is the day a day off?"""

    is_off = forms.TypedChoiceField(
        label=_("Ngày này có được nghỉ không"),
        choices=[("yes", _("Có, là ngày nghỉ lễ hưởng nguyên lương")), ("no", _("Không, là ngày làm việc bình thường"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    basis = forms.CharField(label=_("Căn cứ"), max_length=300, help_text=_("Số, ký hiệu, ngày của văn bản, điều, khoản."))
    later_years = forms.BooleanField(label=_("Trả lời như vậy cho cả các năm sau đã nạp"), required=False, initial=True)


class OpenYearForm(forms.Form):
    """A year that is not loaded yet, from the two days the moon decides."""

    tet = DateField(label=_("Mùng Một Tết"), help_text=_("Theo âm lịch Việt Nam."))
    ancestors = DateField(label=_("Giỗ Tổ Hùng Vương"), help_text=_("Mùng 10 tháng Ba âm lịch."))


class SettingForm(forms.Form):
    """What becomes of a term that ends on a day off."""

    choice = forms.ChoiceField(
        label=_("Hạn tính ra rơi vào ngày nghỉ thì"), choices=CalendarSetting.EndOnDayOff, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Lý do thay đổi"), widget=TextArea)


class TryForm(forms.Form):
    """Count a term without keeping anything."""

    start = DateField(label=_("Ngày bắt đầu"))
    days = forms.IntegerField(label=_("Số ngày"), min_value=0, validators=[MaxValueValidator(3650)])
    unit = forms.ChoiceField(label=_("Loại ngày"), choices=[("wd", _("ngày làm việc")), ("cd", _("ngày theo lịch"))])
