"""The forms of a lot. Options of an importer stand in a form of its own."""

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from ..base import dates
from ..base.language import in_vietnamese
from ..ui.forms import TextArea


class FileForm(forms.Form):
    """The sheet itself."""

    file = forms.FileField(
        label=_("Tệp bảng"),
        help_text=_("Excel (.xlsx, .xls), LibreOffice (.ods) hoặc .csv, tới 20 MB. Bảng có sẵn của cơ quan dùng được ngay."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt,.xlsm"}),
    )


class CancelForm(forms.Form):
    """Why a lot is cancelled."""

    reason = forms.CharField(label=_("Lý do hủy"), widget=TextArea, max_length=500, required=False)

    def __init__(self, *args, must=True, **options):
        super().__init__(*args, **options)
        self.fields["reason"].required = must


@in_vietnamese
def plain_options(form):
    """(values, words): what was chosen as plain JSON, and as [label, text] for people."""
    values, told = {}, []
    for name, value in form.cleaned_data.items():
        values[name] = _plain(value)
        if words := _words(form.fields[name], value):
            told.append([str(form.fields[name].label), words])
    return values, told


def _plain(value):
    if isinstance(value, Model):
        return value.pk
    return value.isoformat() if hasattr(value, "isoformat") else value


def _words(field, value):
    if value in (None, "", False):
        return ""
    if isinstance(field, forms.ChoiceField) and not isinstance(value, Model):
        return str(dict(field.choices).get(value, value))
    if value is True:
        return str(_("có"))
    return dates.format_date(value) if hasattr(value, "isoformat") else str(value)
