"""The forms of rounds: only what the law needs is compulsory; number and day of the plan may come later."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hoidong.council.meetings import queries as sessions
from hoidong.kernel.ui.forms import DateField, SuggestMany, TextArea
from hoidong.kernel.units.kinds import PROVINCES

from ..models import Meeting, Round
from ..states import Phase
from .states import Kind

BASIS = _("Căn cứ Luật Tổ chức chính quyền địa phương;\nCăn cứ quy định về tiếp xúc cử tri của đại biểu Hội đồng nhân dân")


class RoundForm(forms.ModelForm):
    """The facts of a round."""

    starts_on = DateField(label=_("Từ ngày"))
    ends_on = DateField(label=_("Đến ngày"))
    plan_date = DateField(label=_("Ngày ban hành"), required=False)

    class Meta:
        model = Round
        fields = (
            "session",
            "phase",
            "starts_on",
            "ends_on",
            "plan_number",
            "plan_date",
            "signer",
            "signer_title",
            "basis",
            "note",
        )
        widgets = {"basis": TextArea(rows=4), "note": TextArea(rows=2)}
        labels = {"session": _("Kỳ họp")}
        help_texts = {
            "plan_number": _("Có thể ghi sau, khi kế hoạch được ký. Ví dụ 125/KH-HĐND."),
            "signer_title": _("Ví dụ: TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN – PHÓ CHỦ TỊCH"),
            "basis": _("Mỗi căn cứ một dòng; in đầu kế hoạch."),
            "note": _("Ghi chú trong văn phòng, không công bố."),
        }

    def __init__(self, *args, actor, last=None, **options):
        super().__init__(*args, **options)
        offered = sessions.sessions_for(actor)
        if actor.unit.area.kind in PROVINCES:
            offered = offered.filter(council__area=actor.unit.area)
        self.fields["session"].queryset = offered
        self.fields["session"].empty_label = None
        if self.instance.pk is None:
            current = sessions.current_session(actor)
            self.fields["session"].initial = current.pk if current else None
            self.fields["phase"].initial = Phase.BEFORE
            for name in ("signer", "signer_title", "basis"):
                self.fields[name].initial = getattr(last, name, "") or (BASIS if name == "basis" else "")

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Ngày kết thúc không thể trước ngày bắt đầu."))
        elif first and last and (last - first).days > 200:
            self.add_error("ends_on", _("Đợt dài quá 200 ngày. Xem lại năm của hai ngày."))
        return cleaned


class _ByName(forms.ModelChoiceField):
    """Units of one area by their bare names."""

    def label_from_instance(self, unit):
        return unit.name


class PlannedForm(forms.Form):
    """One meeting of a published round: what is changed here is announced."""

    group = _ByName(label=_("Tổ đại biểu"), queryset=None, required=False, empty_label=_("Không theo tổ"))
    commune = _ByName(label=_("Xã, phường"), queryset=None, empty_label=_("Chọn nơi họp"))
    held_on = DateField(label=_("Ngày"))
    starts_at = forms.TimeField(
        label=_("Bắt đầu"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends_at = forms.TimeField(
        label=_("Kết thúc"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    venue = forms.CharField(label=_("Địa điểm"), max_length=200)
    kind = forms.ChoiceField(label=_("Hình thức"), choices=Kind)
    people = forms.ModelMultipleChoiceField(label=_("Đại biểu dự"), queryset=None, required=False, widget=SuggestMany)
    guests = forms.CharField(
        label=_("Đại biểu khác"), max_length=400, required=False, help_text=_("Người không có trong danh sách đại biểu.")
    )
    chair = forms.CharField(label=_("Chủ trì"), max_length=200, required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False, help_text=_("Trong văn phòng, không công bố."))
    reason = forms.CharField(
        label=_("Lý do thay đổi"), max_length=300, required=False, help_text=_("Được công bố cùng thay đổi.")
    )
    seen_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, known, **options):
        super().__init__(*args, **options)
        from hoidong.kernel.people.models import Person
        from hoidong.kernel.units.models import Unit

        self.fields["group"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in known.groups]).in_order()
        self.fields["commune"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in known.communes]).in_order()
        self.fields["people"].queryset = Person.objects.filter(pk__in=known.seats).order_by("sort_key", "pk")

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_at"), cleaned.get("ends_at")
        if last and not first:
            self.add_error("starts_at", _("Ghi giờ bắt đầu, hoặc bỏ giờ kết thúc."))
        elif first and last and last <= first:
            self.add_error("ends_at", _("Giờ kết thúc phải sau giờ bắt đầu."))
        return cleaned


class LinkForm(forms.Form):
    """Which meeting, recorded without the plan, is this one."""

    meeting = forms.ModelChoiceField(label=_("Hội nghị đã ghi"), queryset=Meeting.objects.none(), empty_label=None)

    def __init__(self, *args, meetings, **options):
        super().__init__(*args, **options)
        self.fields["meeting"].queryset = meetings


class ReasonForm(forms.Form):
    """Why a meeting is called off or a round withdrawn: everybody reads it."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=300, widget=TextArea, help_text=_("Được công bố và báo cho nơi liên quan.")
    )
