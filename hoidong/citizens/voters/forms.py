"""The forms of this module: only what the law needs is compulsory, everything else may follow."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hoidong.council.meetings import queries as meetings
from hoidong.kernel.base import dates
from hoidong.kernel.files.forms import UploadField
from hoidong.kernel.ui.forms import DateField, UnitField

from .models import Field, Meeting, Petition
from .returns import proposals_of
from .states import Level, Phase, Result, Source, Verdict

BODY_KINDS = (
    "department", "peoples_committee", "commune_division", "ministry", "government", "standing_committee", "committee",
    "national_assembly_body", "fatherland_front", "council_office", "other", "na_delegation",
)  # fmt: skip


def _fields():
    return Field.objects.order_by("place", "name")


def _text(label, *, rows=4, required=True, hint="", missing=None):
    errors = {"required": missing} if missing else None
    return forms.CharField(
        label=label, required=required, help_text=hint, error_messages=errors, widget=forms.Textarea(attrs={"rows": rows})
    )


class SessionMixin:
    """Offers the sessions of the councils above the actor's area, the current one chosen."""

    def offer_sessions(self, actor):
        sessions = meetings.sessions_for(actor)
        self.fields["session"].queryset = sessions
        if not self.is_bound and (current := meetings.current_session(actor)) is not None:
            self.fields["session"].initial = current.pk


class PetitionForm(SessionMixin, forms.Form):
    """One petition written down: the text is what counts, the rest keeps its last values with "save and next"."""

    text = _text(
        _("Nội dung kiến nghị"), rows=5, hint=_("Ghi đúng lời cử tri. Tên người nêu ghi ở ô riêng, không ghi vào đây.")
    )
    commune = UnitField(label=_("Nơi nêu"), required=False, kinds=("commune", "ward", "special_zone"))
    hamlet = forms.CharField(label=_("Thôn, tổ dân phố"), max_length=120, required=False)
    speaker = forms.CharField(
        label=_("Người nêu"), max_length=120, required=False, help_text=_("Chỉ xã và văn phòng Hội đồng nhân dân xem được.")
    )
    voters = forms.IntegerField(label=_("Số cử tri cùng nêu"), min_value=1, max_value=999_999, initial=1)
    raised_on = DateField(label=_("Ngày nêu"))
    session = forms.ModelChoiceField(label=_("Kỳ họp"), queryset=None, empty_label=None)
    phase = forms.ChoiceField(label=_("Đợt tiếp xúc"), choices=Phase)
    source = forms.ChoiceField(label=_("Nguồn"), choices=Source, initial=Source.LETTER)
    field = forms.ModelChoiceField(label=_("Lĩnh vực"), queryset=Field.objects.none(), required=False, empty_label=_("Chưa rõ"))
    level = forms.ChoiceField(label=_("Cấp có thẩm quyền"), choices=[("", _("Chưa rõ")), *Level.choices], required=False)
    body = UnitField(label=_("Cơ quan thẩm quyền"), required=False, kinds=BODY_KINDS)

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].queryset = _fields()
        self.offer_sessions(actor)
        if actor.unit.area.level == Level.PROVINCE:
            self.fields["commune"].within = actor.unit.area
        else:
            del self.fields["commune"]
        self.fields["raised_on"].initial = dates.today()

    def clean_raised_on(self):
        return _not_future(self.cleaned_data["raised_on"])


class RewordForm(forms.Form):
    """Editing title and wording; carries the moment of the version that was edited."""

    title = forms.CharField(label=_("Tiêu đề"), max_length=160)
    text = _text(_("Lời văn"), rows=7, hint=_("Lời cử tri ở từng nơi nêu giữ nguyên, không đổi theo."))
    seen_at = forms.DateTimeField(widget=forms.HiddenInput)


class ClassifyForm(forms.Form):
    """Field, level and competent body for one petition or many. An empty choice leaves what is there."""

    field = forms.ModelChoiceField(
        label=_("Lĩnh vực"), queryset=Field.objects.none(), required=False, empty_label=_("Giữ nguyên")
    )
    level = forms.ChoiceField(label=_("Cấp có thẩm quyền"), choices=[("", _("Giữ nguyên")), *Level.choices], required=False)
    body = UnitField(
        label=_("Cơ quan thẩm quyền"), required=False, kinds=BODY_KINDS,
        help_text=_("Gõ vài chữ của tên, có dấu hay không đều được."),
    )  # fmt: skip

    def __init__(self, *args, petitions=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].queryset = _fields()
        self.returned = proposals_of(petitions)
        if len(petitions) == 1:
            only = petitions[0]
            self.initial = {"field": only.field_id, "level": only.level, "body": only.body_id, **self.initial}
        if self.returned is not None:
            self.initial["body"] = self.returned.body.pk


class SendForm(forms.Form):
    """The letter: day of issue and who signs. The number is drawn when it is issued."""

    issued_on = DateField(label=_("Ngày phát hành"))
    signer = forms.CharField(label=_("Người ký"), max_length=120)
    signer_title = forms.CharField(
        label=_("Quyền hạn, chức vụ ký"), max_length=160, initial=_("TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN"),
        help_text=_("Ví dụ: TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN – PHÓ CHỦ TỊCH"),
    )  # fmt: skip
    complex_matter = forms.BooleanField(
        label=_("Vụ việc phức tạp, cần phối hợp nhiều cơ quan (thời hạn dài hơn theo quy định)"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["issued_on"].initial = dates.today()

    def clean_issued_on(self):
        return _not_future(self.cleaned_data["issued_on"])


class UrgeForm(SendForm):
    """The urging letter: day of issue and who signs; how often it was urged is counted, not asked."""

    complex_matter = None


class MergeForm(forms.Form):
    """Which of the chosen petitions stays and takes the places of the others."""

    master = forms.ModelChoiceField(label=_("Kiến nghị giữ lại"), queryset=Petition.objects.none(), widget=forms.RadioSelect,
                                    empty_label=None)  # fmt: skip

    def __init__(self, *args, petitions, **kwargs):
        super().__init__(*args, **kwargs)
        keys = [petition.pk for petition in petitions]
        self.fields["master"].queryset = Petition.objects.filter(pk__in=keys).order_by("pk")
        if keys:
            self.fields["master"].initial = max(petitions, key=lambda petition: (petition.voters, -petition.pk)).pk


class ReasonForm(forms.Form):
    """A move that must say why."""

    reason = _text(_("Lý do"), rows=3, hint=_("Nơi nhận đọc được lý do này."), missing=_("Ghi lý do."))


class ReturnForm(ReasonForm):
    """A body returns what is not its own, and may say whose it is."""

    proposed = UnitField(
        label=_("Cơ quan có thẩm quyền (đề xuất)"), required=False, kinds=BODY_KINDS,
        help_text=_("Nếu biết. Văn phòng Hội đồng nhân dân xem đề xuất này rồi quyết định."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """The body's reply. Number and date of the letter may come later; a promise never comes without its date."""

    words = _text(_("Nội dung trả lời"), rows=7)
    result = forms.ChoiceField(label=_("Xếp loại kết quả"), choices=[("", _("Chọn một loại")), *Result.choices])
    road_map = _text(_("Lộ trình"), rows=2, required=False, hint=_("Các mốc sẽ làm, nếu có."))
    promised_on = DateField(label=_("Ngày hứa xong"), required=False, help_text=_("Bắt buộc khi xếp loại “có lộ trình”."))
    letter_number = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=60, required=False)
    letter_date = DateField(label=_("Ngày ban hành"), required=False)
    signer = forms.CharField(label=_("Người ký"), max_length=120, required=False)
    file = UploadField(label=_("Văn bản trả lời"), required=False, help_text=_("PDF, DOCX, XLSX hoặc ảnh, đến 20 MB."))


class PaperAnswerForm(AnswerForm):
    """A reply that came to the office on paper."""

    came_on = DateField(label=_("Ngày nhận văn bản"), help_text=_("Tính đúng hạn hay chậm theo ngày này."))
    field_order = ("letter_number", "letter_date", "signer", "came_on", "file")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["came_on"].initial = dates.today()

    def clean_came_on(self):
        """No letter comes tomorrow."""
        day = self.cleaned_data["came_on"]
        if day > dates.today():
            raise ValidationError(_("Ngày này chưa tới. Ghi ngày không sau hôm nay."))
        return day


class AssessForm(forms.Form):
    """The office's judgement of a reply."""

    verdict = forms.ChoiceField(label=_("Đánh giá"), choices=Verdict, widget=forms.RadioSelect)
    note = _text(_("Nhận xét"), rows=3, required=False)


class MeetingForm(SessionMixin, forms.ModelForm):
    """The facts of a meeting."""

    held_on = DateField(label=_("Ngày họp"))

    class Meta:
        model = Meeting
        fields = (
            "session", "phase", "held_on", "starts_at", "place", "chair", "secretary",
            "deputies_present", "deputies_absent", "voters_total", "voters_women",
        )  # fmt: skip
        widgets = {
            "deputies_present": forms.Textarea(attrs={"rows": 2}),
            "deputies_absent": forms.Textarea(attrs={"rows": 2}),
            "starts_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        labels = {"session": _("Kỳ họp")}

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].empty_label = None
        self.offer_sessions(actor)
        if not self.instance.pk:
            self.initial["held_on"] = self.initial.get("held_on") or dates.today()

    def clean_held_on(self):
        return _not_future(self.cleaned_data["held_on"])

    def clean(self):
        cleaned = super().clean()
        total, women = cleaned.get("voters_total"), cleaned.get("voters_women")
        if total is not None and women is not None and women > total:
            self.add_error("voters_women", _("Số cử tri nữ không thể nhiều hơn tổng số %(total)s.") % {"total": total})
        return cleaned


def _not_future(day):
    if day and day > dates.today():
        raise forms.ValidationError(
            _("Ngày %(day)s chưa tới. Ghi ngày không sau hôm nay, %(today)s.")
            % {"day": dates.format_date(day), "today": dates.format_date(dates.today())}
        )
    return day


class ScopeForm(forms.Form):
    """The frame of a report, kept in the address. `names` offers to show voters' names where a report has a place for them."""

    session = forms.ModelChoiceField(label=_("Kỳ họp"), queryset=None, required=False, empty_label=_("Mọi kỳ họp"))
    phase = forms.ChoiceField(label=_("Đợt tiếp xúc"), choices=[("", _("Mọi đợt")), *Phase.choices], required=False)
    commune = UnitField(label=_("Nơi nêu"), required=False, kinds=("commune", "ward", "special_zone"))
    first = DateField(label=_("Nhận từ ngày"), required=False)
    last = DateField(label=_("Đến ngày"), required=False)
    basis = forms.CharField(
        label=_("Kèm theo văn bản"),
        max_length=120,
        required=False,
        help_text=_("Ví dụ: Công văn số 12/HĐND-VP ngày 02/12/2026."),
    )
    names = forms.BooleanField(
        label=_("Hiện họ tên cử tri"),
        required=False,
        help_text=_("Mỗi lần hiện được ghi nhật ký. Không gửi bảng này ra ngoài cơ quan."),
    )
    _ADDRESS = {"session": "ky-hop", "phase": "dot", "commune": "noi-neu", "first": "tu-ngay", "last": "den-ngay",
                "basis": "kem-theo", "names": "ho-ten"}  # fmt: skip

    def __init__(self, *args, actor, names=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = meetings.sessions_for(actor)
        self.fields["commune"].within = actor.unit.area
        if not names:
            del self.fields["names"]

    def add_prefix(self, field_name):
        """The word that stands in the address."""
        return self._ADDRESS.get(field_name, field_name)

    def clean(self):
        """A period does not end before it begins."""
        data = super().clean()
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", _("Ngày cuối trước ngày đầu. Sửa một trong hai ngày."))
        return data
