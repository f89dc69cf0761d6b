"""How forms look, and the widgets beyond Django's own. `{{ form }}` gives the house's form, `{{ field }}` its input.

Each field is label, hint, what is wrong, input, in this order; required is the rule, "không bắt buộc" is written.
"""

from importlib import import_module
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid

_PLAIN_INPUTS = (
    forms.CheckboxInput,
    forms.RadioSelect,
    forms.CheckboxSelectMultiple,
    forms.HiddenInput,
)


class Field(BoundField):
    """A field on its way to a page: gives its input the house's class and what scripts need to know."""

    def build_widget_attrs(self, attrs, widget=None):
        """Adds class, date and autosize marks; keeps what the form's author set."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        own = widget.attrs
        if not isinstance(widget, _PLAIN_INPUTS):
            attrs["class"] = " ".join(part for part in ("hd-input", own.get("class", ""), attrs.get("class", "")) if part)
        if isinstance(widget, forms.DateInput) and getattr(widget, "input_type", "text") == "text":
            attrs |= {
                "data-date": True,
                "inputmode": "numeric",
                "autocomplete": own.get("autocomplete", "off"),
            }
            attrs.setdefault("placeholder", own.get("placeholder", _("ngày/tháng/năm")))
        if isinstance(widget, forms.Textarea):
            attrs.setdefault("rows", own.get("rows") if own.get("rows") not in (None, "10") else "3")
            attrs["cols"] = False
        if widget.needs_multipart_form:
            attrs.setdefault("data-file", True)
        return attrs

    @property
    def is_choice(self):
        """Whether this is one box to tick, whose label stands beside it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_group(self):
        """Whether this is a group of boxes or dots, to be held by a fieldset."""
        return bool(self.use_fieldset)


class Renderer(DjangoTemplates):
    """FORM_RENDERER: the templates of ui/forms for forms, fields, errors and sets of forms."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = Field


class DateInput(forms.DateInput):
    """dd/mm/yyyy as text; scripts add a button that opens the machine's own calendar."""

    def __init__(self, attrs=None, *, min_date=None, max_date=None):
        super().__init__(attrs)
        self.min_date, self.max_date = min_date, max_date

    def get_context(self, name, value, attrs):
        """Hands the limits on to the calendar as ISO dates."""
        context = super().get_context(name, value, attrs)
        for key, limit in (("data-min", self.min_date), ("data-max", self.max_date)):
            if limit:
                context["widget"]["attrs"][key] = limit.isoformat()
        return context


class TextArea(forms.Textarea):
    """A text that grows with what is written; `rows` is how tall it begins."""

    def __init__(self, attrs=None, *, rows=3):
        super().__init__({"rows": str(rows)} | (attrs or {}))


class Suggest(forms.Select):
    """A select with search in it, for lists of up to a few hundred. Without scripts it is a plain select."""

    def __init__(self, attrs=None, choices=()):
        super().__init__({"data-suggest": True} | (attrs or {}), choices)


class SuggestMany(forms.SelectMultiple):
    """The same for several choices at once."""

    def __init__(self, attrs=None, choices=()):
        super().__init__({"data-suggest": True} | (attrs or {}), choices)


class _Remote:
    """Choices that are too many for a page: only the chosen ones are in it, the rest comes from `load_url`.

    `load_url` answers `?q=` with JSON `{"results": [{"value": …, "text": …, "note": …}]}`. Where scripts do not run, a
    text field stands in; `resolve(text)` turns what was typed into a value, or None.
    """

    template_name = "ui/forms/remote.html"

    def __init__(self, *, load_url, labels=None, resolve=None, attrs=None):
        super().__init__({"data-suggest": True} | (attrs or {}))
        self.load_url, self.labels, self.resolve = load_url, labels, resolve

    def optgroups(self, name, value, attrs=None):
        """Only what is chosen now, with its label."""
        chosen = [item for item in value if item not in ("", None)]
        labels = {str(key): label for key, label in (self.labels(chosen) if self.labels else {}).items()}
        options = [
            self.create_option(
                name,
                item,
                labels.get(str(item), item),
                True,
                index,
                attrs=attrs,
            )
            for index, item in enumerate(chosen)
        ]
        if not self.allow_multiple_selected and not self.is_required:
            options.insert(0, self.create_option(name, "", "", not chosen, 0))
        return [(None, options, 0)]

    def get_context(self, name, value, attrs):
        """The address to ask, and the name of the text field for pages without scripts."""
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-load-url"] = str(self.load_url)
        context["widget"]["typed_name"] = f"{name}__typed" if self.resolve else ""
        return context

    def value_from_datadict(self, data, files, name):
        """What was chosen, or else what was typed, resolved."""
        value = super().value_from_datadict(data, files, name)
        typed = (data.get(f"{name}__typed") or "").strip()
        if value or not typed or not self.resolve:
            return value
        found = self.resolve(typed)
        return [found] if self.allow_multiple_selected and found is not None else found


class RemoteSelect(_Remote, forms.Select):
    """One of very many."""


class RemoteSelectMany(_Remote, forms.SelectMultiple):
    """Several of very many."""


class DateField(forms.DateField):
    """A day, typed day first in any of the ways people type it (base.dates.parse_date)."""

    widget = DateInput

    def to_python(self, value):
        """The date; ValidationError says how to write it."""
        if value in self.empty_values:
            return None
        try:
            return dates.parse_date(value)
        except Invalid as wrong:
            raise ValidationError(str(wrong.reason), code="invalid") from wrong


class UnitField(forms.Field):
    """One record of the register that settings.UNIT_PICKER serves, chosen by typing a part of its name.

    `kinds` and `within` narrow what may be chosen; `within` may be set later, when the acting person is known.
    """

    default_error_messages = {"unknown": _("Không thấy đơn vị này ở đây. Gõ lại vài chữ của tên rồi chọn trong danh sách.")}

    def __init__(self, *, kinds=(), within=None, **options):
        self.kinds, self._within = tuple(kinds), within
        options.setdefault("widget", RemoteSelect(load_url="", labels=_picked_labels))
        super().__init__(**options)
        self._tell_widget()

    @property
    def within(self):
        """The record under which the choice must lie, or None."""
        return self._within

    @within.setter
    def within(self, record):
        self._within = record
        self._tell_widget()

    def __deepcopy__(self, memo):
        copy = super().__deepcopy__(memo)
        copy._tell_widget()
        return copy

    def _tell_widget(self):
        self.widget.load_url = lazy(self._address, str)()
        self.widget.resolve = self._typed

    def _address(self):
        query = {"kinds": ",".join(self.kinds), "within": getattr(self._within, "pk", self._within)}
        return f"{reverse('units:suggest')}?{urlencode({name: value for name, value in query.items() if value})}"

    def _typed(self, text):
        found = _picker().find(text, kinds=self.kinds, within=self._within)
        return found.pk if found else text

    def prepare_value(self, value):
        """The key of the record, for the page."""
        return getattr(value, "pk", value)

    def to_python(self, value):
        """The record, or None where nothing was chosen."""
        if value in self.empty_values:
            return None
        found = _picker().get(value, kinds=self.kinds, within=self._within) if str(value).isdigit() else None
        if found is None:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        return found

    def has_changed(self, initial, data):
        """Whether another record was chosen."""
        return str(self.prepare_value(initial) or "") != str(data or "")


def _picker():
    return import_module(getattr(settings, "UNIT_PICKER", "hoidong.kernel.units.picker"))


def _picked_labels(values):
    return _picker().labels([value for value in values if str(value).isdigit()])
