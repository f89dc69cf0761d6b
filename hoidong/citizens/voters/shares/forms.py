"""How bodies are asked to coordinate: which, what for, by when."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hoidong.kernel.base.errors import Refused
from hoidong.kernel.ui.forms import DateField, UnitField

from .actions import LONGEST, last_day
from .rules import ASKED_KINDS

_LABELS = (_("Cơ quan phối hợp"), _("Cơ quan phối hợp thứ hai"), _("Cơ quan phối hợp thứ ba"), _("Cơ quan phối hợp thứ tư"))
AT_ONCE = len(_LABELS)


class ShareForm(forms.Form):
    """Up to four bodies at once; for more the same is asked again."""

    asked_for = forms.CharField(
        label=_("Nội dung cần phối hợp"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Cơ quan phối hợp đọc nội dung kiến nghị và lời này, không thấy họ tên cử tri."),
        error_messages={"required": _("Ghi nội dung cần phối hợp.")},
    )  # fmt: skip
    due_on = DateField(label=_("Hạn cho ý kiến"), help_text=_("Không sau hạn trả lời của kiến nghị."))

    def __init__(self, *args, petitions, **kwargs):
        super().__init__(*args, **kwargs)
        names = [f"body_{place}" for place in range(1, AT_ONCE + 1)]
        for place, name in enumerate(names, 1):
            self.fields[name] = UnitField(
                label=_LABELS[place - 1], required=place == 1, kinds=ASKED_KINDS, within=petitions[0].province,
                error_messages={"required": _("Chọn ít nhất một cơ quan phối hợp.")},
            )  # fmt: skip
        self.order_fields([*names, "asked_for", "due_on"])
        try:
            self.fields["due_on"].initial = last_day(petitions)
        except Refused:  # no calendar of that year yet: the day is typed
            self.fields["due_on"].required = True

    def clean(self):
        """The bodies as one list, under `bodies`."""
        data = super().clean()
        chosen = [data.pop(f"body_{place}", None) for place in range(1, AT_ONCE + 1)]
        data["bodies"] = [body for body in chosen if body is not None]
        return data
