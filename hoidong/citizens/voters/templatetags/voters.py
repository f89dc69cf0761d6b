"""Small tags of this module's pages."""

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from hoidong.kernel.ui.looks import Button
from hoidong.kernel.ui.tags.records import moves as moves_box

from ..pages.moving import PAGES

register = template.Library()


@register.filter
def get(params, name):
    """A value of the query string; empty where it is not given."""
    return params.get(name, "")


@register.filter
def unlocalized(number):
    """A key as plain digits, for addresses and values."""
    return str(number) if number is not None else ""


@register.filter
def places(names):
    """`xã A, phường B và 4 nơi khác`: two names, then how many more."""
    if len(names) <= 3:
        return ", ".join(names)
    return _("%(first)s, %(second)s và %(more)s nơi khác") % {"first": names[0], "second": names[1], "more": len(names) - 2}


@register.simple_tag(takes_context=True)
def petition_moves(context, offers, look, petition):
    """The moves of a record as buttons: those without a form are made at once, the others lead to their page."""
    buttons, main = [], True
    for offer in offers:
        page = PAGES.get(offer.move.code)
        if page is None:
            continue
        buttons.append(
            Button(
                label=str(offer.move.label),
                url=f"{reverse('voters:move', args=[offer.move.code])}?chon={petition.pk}",
                allowed=offer.allowed,
                reason=offer.reason,
                key=offer.move.key,
                main=offer.allowed and main,
            )
        )
        main = main and not offer.allowed
    return render_to_string("ui/parts/moves.html", moves_box(context, buttons, look))
