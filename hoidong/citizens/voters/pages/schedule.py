"""The schedule as others see it: deputies their own, everybody the announced one, and both as calendars to subscribe to."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hoidong.kernel.base import dates, paging
from hoidong.kernel.base.errors import NotAllowed
from hoidong.kernel.base.language import in_vietnamese
from hoidong.kernel.papers import qr_svg
from hoidong.kernel.ui import htmx, toasts
from hoidong.kernel.ui.looks import Tab
from hoidong.kernel.units import queries as units
from hoidong.kernel.units.kinds import AREAS, PROVINCES

from ..actions import calendars as actions
from ..rounds import feeds, queries, rules, timeline, words

# An hour of asking: what a calendar program needs, many times over; guesses end much sooner.
HOUR = 3600
ASKED_AN_HOUR, MISSES_AN_HOUR = 60, 30
MOST_IN_A_FEED = 3000
_NEW_KEY = "voters.new_calendar"


@require_GET
def own_schedule(request):
    """The meetings of the acting deputy, and the secret address of the calendar; a new one is shown once."""
    if not rules.is_deputy(request.actor):
        raise Http404
    on = dates.today()
    past = request.GET.get("xem") == "qua"
    planned = queries.of_deputy(request.actor.person, queries.groups_of(request.actor))
    page = paging.keyset(
        queries.with_all(planned.filter(held_on__lt=on) if past else planned.filter(held_on__gte=on)),
        order=("-held_on", "-id") if past else ("held_on", "id"), after=request.GET.get("trang"),
    )  # fmt: skip
    for row in page:
        row.look = timeline.look_of(row, on)
        row.attending = any(person.pk == request.actor.person.pk for person in words.people_of(row))
    fresh = request.session.pop(_NEW_KEY, "")
    address = f"{settings.SITE_URL}{reverse('schedule:own', args=[fresh])}" if fresh else ""
    context = {
        "page": page, "past": past, "key": queries.key_of(request.actor.person), "address": address,
        "subscribe": _webcal(address), "qr": qr_svg(address) if address else "",
        "tabs": [Tab(_("Sắp tới"), "?", current=not past), Tab(_("Đã qua"), "?xem=qua", current=past)],
    }  # fmt: skip
    response = htmx.render(request, "voters/desk/own_schedule.html", context, part="voters/desk/_own_schedule.html")
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def new_key(request):
    """A new secret address; the one before it stops."""
    try:
        request.session[_NEW_KEY] = actions.new_key(by=request.actor)
    except NotAllowed as error:
        raise Http404 from error
    return redirect("voters:own_schedule")


@require_POST
def revoke_key(request):
    """Stop the secret address."""
    if not rules.is_deputy(request.actor):
        raise Http404
    if actions.revoke_key(by=request.actor):
        toasts.add(request, _("Đã ngừng liên kết lịch. Lịch trên điện thoại không cập nhật nữa."))
    return redirect("voters:own_schedule")


@require_GET
@login_not_required
def public(request):
    """What is announced, by day, for a province or one commune (`?noi=` and its code). Withdrawn and changed stay visible."""
    code = request.GET.get("noi", "")
    provinces = [] if code else _provinces()
    area = _area(code, provinces)
    on = dates.today()
    past = request.GET.get("xem") == "qua"
    planned = _of_area(area)
    page = paging.keyset(
        queries.with_all(planned.filter(held_on__lt=on) if past else planned.filter(held_on__gte=on)),
        order=("-held_on", "-id") if past else ("held_on", "id"), after=request.GET.get("trang"), size=50,
    )  # fmt: skip
    days = []
    for row in page:
        row.told = _changes_of(row)
        row.names = words.names(row, words.people_of(row))
        if not days or days[-1]["day"] != row.held_on:
            days.append({"day": row.held_on, "name": dates.weekday_name(row.held_on), "rows": []})
        days[-1]["rows"].append(row)
    province = area if area is None or area.kind in PROVINCES else area.parent
    feed = f"{settings.SITE_URL}{reverse('schedule:feed', args=[area.code])}" if area else ""
    query = f"noi={area.code}&" if area else ""
    context = {
        "area": area, "days": days, "page": page, "past": past, "feed": feed, "subscribe": _webcal(feed),
        "communes": units.communes_of(province) if province else [], "province": province, "provinces": provinces,
        "tabs": [Tab(_("Sắp tới"), f"?{query}", current=not past), Tab(_("Đã qua"), f"?{query}xem=qua", current=past)],
    }  # fmt: skip
    response = render(request, "voters/public/schedule.html", context)
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def _changes_of(row):
    """The announced changes of a meeting that the public reads: what it was, why."""
    return [(change, words.lines(change)) for change in row.changes.all()]


def _provinces():
    """The provinces whose councils, or whose communes', have published a round, in alphabetical order."""
    found = {}
    for unit in units.get_many(queries.published_areas()).values():
        province = units.province_of(unit)
        if province is not None:
            found[province.pk] = province
    return sorted(found.values(), key=lambda unit: unit.sort_key)


def _area(code, provinces=()):
    """The area of a code; without one the province that announces, where it is the only one. 404 for what is no area."""
    if code:
        unit = units.at(code[:20])
        if unit is None or unit.kind not in AREAS:
            raise Http404
        return unit
    return provinces[0] if len(provinces) == 1 else None


def _of_area(area):
    if area is None:
        return queries.announced()
    if area.kind in PROVINCES:
        return queries.announced().filter(commune__path__descendant_of=area.path)
    return queries.announced().filter(commune__in=units.line_of(area))


@require_GET
@login_not_required
def feed(request, code):
    """The public calendar of a province or a commune."""
    area = _area(code)
    name = _("Tiếp xúc cử tri %(area)s") % {"area": area.name_in_sentence}
    address = f"{settings.SITE_URL}{reverse('schedule:public')}?noi={area.code}"
    response = _calendar(_of_area(area), name, address, f"tiep-xuc-cu-tri-{area.code}.ics")
    response.headers["Cache-Control"] = "public, max-age=900"
    return response


@require_GET
@login_not_required
def own_feed(request, secret):
    """A deputy's calendar under its secret address. Wrong, revoked and too often asked look the same to who guesses."""
    # Whatever is written about this request from here on says where it went, not with which secret.
    request.path = request.path_info = reverse("schedule:own", args=["***"])
    place = f"voters.calendar.{request.META.get('REMOTE_ADDR', '')}.{dates.now():%j%H}"
    if cache.get(place, 0) >= MISSES_AN_HOUR:
        return _closed(429)
    key = actions.use_key(secret)
    if key is None:
        _count(place)
        return _closed(404)
    asked = f"voters.calendar.{key.pk}.{dates.now():%j%H}"
    if _count(asked) > ASKED_AN_HOUR:
        return _closed(429)
    name = _("Tiếp xúc cử tri: %(person)s") % {"person": key.person.full_name}
    planned = queries.of_deputy(key.person)
    address = f"{settings.SITE_URL}{reverse('voters:own_schedule')}"
    response = _calendar(planned, name, address, "lich-tiep-xuc.ics")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _count(key):
    found = cache.get(key, 0) + 1
    cache.set(key, found, HOUR)
    return found


def _closed(status):
    response = HttpResponse(status=status, content_type="text/plain")
    if status == 429:
        response.headers["Retry-After"] = str(HOUR)
    return response


@in_vietnamese
def _calendar(planned, name, address, file_name):
    recent = planned.filter(held_on__gte=dates.today() - feeds.KEPT)
    rows = queries.with_all(recent).order_by("held_on", "pk")[:MOST_IN_A_FEED]
    content = feeds.calendar(rows, name=name, url=address)
    return HttpResponse(
        content, content_type=feeds.CONTENT_TYPE, headers={"Content-Disposition": f'inline; filename="{file_name}"'}
    )


def _webcal(address):
    """The same address as calendar programs on phones open it."""
    return f"webcal://{address.split('://', 1)[1]}" if address else ""
