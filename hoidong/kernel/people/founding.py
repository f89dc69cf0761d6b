"""The first run: the area's bodies by law and the first administrator, once, by somebody who sits at the server."""

import ipaddress

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from .. import audit
from ..base.errors import NotAllowed
from ..base.language import in_vietnamese
from ..units.founding import bodies_by_law, create_bodies_by_law
from ..units.kinds import Kind
from ..units.models import Unit
from . import actions
from .actors import Actor
from .models import Account

__all__ = ["bodies_by_law", "found", "is_open", "sits_at_the_server"]

_LOCK = 7_204_312  # any number that is the same everywhere
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED_HOST")
_OWN_NAMES = {"localhost", "127.0.0.1", "[::1]"}


def is_open():
    """Whether the platform still waits for its first administrator."""
    return settings.FIRST_RUN and not Account.objects.exists()


def sits_at_the_server(request):
    """Whether a request comes from the machine itself and through nobody: no proxy, no other name."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    if not address.is_loopback or any(request.META.get(name) for name in _FORWARDED):
        return False
    name = request.get_host()
    return (name if name.endswith("]") else name.rpartition(":")[0] or name) in _OWN_NAMES


@transaction.atomic
@in_vietnamese
def found(area, *, full_name, username, password, email=""):
    """Bodies by law and the first administrator of an area; returns the account. Raises NotAllowed the second time.

    The first administrator gets two posts: over the platform, and over the people and units of the area.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if Account.objects.exists():
        raise NotAllowed(_("Nền tảng đã được thiết lập. Đăng nhập bằng tài khoản đã có."))
    by = Actor.system()
    create_bodies_by_law(area, by=by)
    office = Unit.objects.filter(area=area, kind=Kind.PEOPLES_COMMITTEE).first() or area
    person = actions.add_person(full_name=full_name, by=by)
    account, _password = actions.create_account(
        person, username=username, email=email, password=password, must_change=False, by=by
    )
    actions.give_post(person, unit=office, role="system_admin", title=_("Quản trị hệ thống"), by=by)
    actions.give_post(person, unit=office, role="unit_admin", title=_("Quản trị đơn vị"), by=by)
    audit.record("people.found", person, by, area=area.code)
    return account
