"""Fields of forms that take files. They check what was brought; the action saves it with `files.save`."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..base.errors import Invalid
from . import judging, saving


class FileInput(forms.FileInput):
    """The picker, offering only the types that are taken."""

    def __init__(self, attrs=None, *, multiple=False):
        self.allow_multiple_selected = multiple
        super().__init__({"accept": judging.accept()} | ({"multiple": True} if multiple else {}) | (attrs or {}))

    def value_from_datadict(self, data, files, name):
        """One upload, or the list of them."""
        if not self.allow_multiple_selected:
            return super().value_from_datadict(data, files, name)
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class UploadField(forms.FileField):
    """A file (or several), judged by content. `max_size` is in bytes; the value is the upload, to hand to `files.save`."""

    default_error_messages = {
        "required": _("Chọn một tệp."),
        "missing": _("Không nhận được tệp. Chọn lại tệp."),
        "empty": _("Tệp rỗng. Chọn lại tệp."),
    }

    def __init__(self, *, multiple=False, max_size=None, **options):
        self.multiple, self.max_size = multiple, max_size
        options.setdefault("widget", FileInput(multiple=multiple))
        super().__init__(**options)

    def clean(self, data, initial=None):
        """The upload, or the list of uploads where several may come."""
        if not self.multiple:
            return self._judged(super().clean(data, initial))
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return [self._judged(super(UploadField, self).clean(one)) for one in given]

    def _judged(self, upload):
        if not upload:
            return None
        try:
            content, name = saving.read(upload, limit=self.max_size)
            judging.judge(content, name, self.max_size)
        except Invalid as wrong:
            raise ValidationError(str(wrong.reason), code="invalid") from wrong
        return upload
