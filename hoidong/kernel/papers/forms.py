"""The form that brings an office's own template."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..files.forms import FileInput, UploadField
from ..ui.forms import UnitField
from .replacing import MAX_SIZE


class ReplaceForm(forms.Form):
    """Which unit prints by it, and the DOCX."""

    unit = UnitField(
        label=_("Đơn vị dùng mẫu này"),
        help_text=_("Mẫu cũng dùng cho các cơ quan trực thuộc đơn vị này, trừ nơi có mẫu riêng."),
    )
    file = UploadField(
        label=_("Mẫu (.docx)"), max_size=MAX_SIZE, widget=FileInput({"accept": ".docx"}),
        help_text=_("Tải mẫu mặc định về, sửa bằng Word, giữ các ô giữ chỗ trong {{ }}. Mẫu được điền thử trước khi nhận."),
    )  # fmt: skip

    def __init__(self, *args, within, **options):
        super().__init__(*args, **options)
        self.fields["unit"].within = within
