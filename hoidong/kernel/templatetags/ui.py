"""All tags of ui under one name. They are written in hoidong/kernel/ui/tags, by what they show."""

from django import template

from hoidong.kernel.ui.tags import charts, marks, parts, records

register = template.Library()
for library in (marks, parts, records, charts):
    register.tags |= library.register.tags
    register.filters |= library.register.filters
