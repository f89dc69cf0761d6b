"""What a person chooses to hear of."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import QUIET_FROM, QUIET_TO, Choice, QuietHours, Way


class ChoicesForm(forms.Form):
    """One choice for each kind the person may get, and the quiet hours."""

    begins = forms.TimeField(
        label=_("Không gửi thư từ"), initial=QUIET_FROM, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("đến"), initial=QUIET_TO, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Ghi hai giờ bằng nhau để nhận thư bất cứ lúc nào."),
    )  # fmt: skip

    def __init__(self, *args, account, kinds, **kwargs):
        chosen = dict(Choice.objects.filter(account=account).values_list("kind", "way"))
        hours = QuietHours.objects.filter(pk=account.pk).first()
        initial = {self.name_of(kind): chosen.get(kind.code, kind.way) for kind in kinds}
        if hours:
            initial |= {"begins": hours.begins, "ends": hours.ends}
        super().__init__(*args, initial=initial, **kwargs)
        for kind in kinds:
            self.fields[self.name_of(kind)] = forms.ChoiceField(label=kind.label, choices=Way.choices)
        self.order_fields([*(self.name_of(kind) for kind in kinds), "begins", "ends"])
        self._kinds = kinds

    @staticmethod
    def name_of(kind):
        """The name of a kind's field."""
        return f"way-{kind.code}"

    def chosen(self):
        """{kind code: way} as chosen."""
        return {kind.code: self.cleaned_data[self.name_of(kind)] for kind in self._kinds}
