"""The forms of reply letters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hoidong.kernel.base import dates
from hoidong.kernel.files.forms import FileInput, UploadField
from hoidong.kernel.ui.forms import DateField, UnitField

from ..forms import BODY_KINDS
from ..states import Result


class BringForm(forms.Form):
    """The file; a council's office may say whose letter it is and when it came."""

    file = UploadField(
        label=_("Tệp thư trả lời"),
        help_text=_("Word (.docx), PDF có chữ, hoặc Excel (.xlsx), đến 20 MB. Bản quét không đọc được."),
        widget=FileInput(attrs={"accept": ".docx,.pdf,.xlsx"}),
    )
    body = UnitField(
        label=_("Cơ quan trả lời"), required=False, kinds=BODY_KINDS,
        help_text=_("Để trống thì hệ thống đọc tên cơ quan ở đầu thư; Ông/Bà xem lại sau."),
    )  # fmt: skip
    came_on = DateField(label=_("Ngày nhận văn bản"), help_text=_("Tính đúng hạn hay chậm theo ngày này."))

    def __init__(self, *args, office, **options):
        super().__init__(*args, **options)
        self.fields["came_on"].initial = dates.today()
        if not office:
            del self.fields["body"], self.fields["came_on"]


class BodyForm(forms.Form):
    """Whose letter it is."""

    body = UnitField(
        label=_("Cơ quan trả lời"), kinds=BODY_KINDS, help_text=_("Gõ vài chữ của tên, có dấu hay không đều được.")
    )


class ClassForm(forms.Form):
    """The class of what a passage says was done; a road map needs its day."""

    result = forms.ChoiceField(label=_("Xếp loại kết quả"), choices=[("", _("Chọn một loại")), *Result.choices])
    promised_on = DateField(label=_("Ngày hứa xong"), required=False)
    road_map = forms.CharField(label=_("Lộ trình"), required=False, widget=forms.Textarea(attrs={"rows": 1}))


class FactsForm(forms.Form):
    """Number, day and signer of the letter; all may come later where the file is there."""

    number = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=60, required=False)
    letter_date = DateField(label=_("Ngày ban hành"), required=False)
    signer = forms.CharField(label=_("Người ký"), max_length=120, required=False)
    came_on = DateField(label=_("Ngày nhận văn bản"), help_text=_("Tính đúng hạn hay chậm theo ngày này."))

    def __init__(self, *args, letter, with_came, **options):
        own = {name: getattr(letter, name) for name in ("number", "letter_date", "signer", "came_on")}
        super().__init__(*args, initial=own, **options)
        if not with_came:
            del self.fields["came_on"]
