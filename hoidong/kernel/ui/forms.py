"""How forms look, and the widgets beyond Django's own. `{{ form }}` gives the house's form, `{{ field }}` its input.

Each field is label, hint, what is wrong, input, in this order; required is the rule, "không bắt buộc" is written.
"""

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _

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
            attrs["class"] = " ".join(
                part
                for part in ("hd-input", own.get("class", ""), attrs.get("class", ""))
                if part
            )
        if (
            isinstance(widget, forms.DateInput)
            and getattr(widget, "input_type", "text") == "text"
        ):
            attrs |= {
                "data-date": True,
                "inputmode": "numeric",
                "autocomplete": own.get("autocomplete", "off"),
            }
            attrs.setdefault("placeholder", own.get("placeholder", _("ngày/tháng/năm")))
        if isinstance(widget, forms.Textarea):
            attrs.setdefault(
                "rows", own.get("rows") if own.get("rows") not in (None, "10") else "3"
            )
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
        labels = self.labels(chosen) if self.labels else {}
        options = [
            self.create_option(
                name,
                item,
                labels.get(item, labels.get(str(item), item)),
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
