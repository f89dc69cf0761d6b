"""The official's home: what is late, what is due, what waits; the week and the session in its margin."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hoidong.citizens.voters import queries as voters
from hoidong.citizens.voters.members import queries as members
from hoidong.citizens.voters.shares import queries as shares
from hoidong.citizens.voters.supervision import queries as supervision
from hoidong.council.meetings import queries as sessions
from hoidong.kernel import deadlines
from hoidong.kernel.base import dates
from hoidong.kernel.people.middleware import SESSION_POST
from hoidong.kernel.ui.looks import Part

from . import first_steps

SHOWN = 5


@require_GET
@login_not_required
def front(request):
    """The root address: officials come to their desk, everybody else to the portal."""
    return redirect("desk:home" if request.actor else "portal:home")


@require_GET
@login_not_required
def health(request):
    """For the one who watches the server: 200 when web and database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_POST
def switch_post(request):
    """Work in another of one's posts from now on."""
    chosen = request.POST.get("post", "")
    if not any(str(post.pk) == chosen for post in request.actor.posts):
        raise Http404
    request.session[SESSION_POST] = int(chosen)
    return redirect("desk:home")


@require_GET
def home(request):
    """The desk. A handful of statements, whatever the number of petitions."""
    actor, on = request.actor, dates.today()
    deputy = members.works_as_deputy(actor)
    of = members if deputy else voters
    late, lines = of.late_rows(actor, on, SHOWN), of.desk_lines(actor, on)
    due = [] if deputy else voters.due_rows(actor, on, limit=SHOWN)
    by_view = {line.view: line for line in lines}
    session = sessions.current_session(actor)
    split = voters.result_split(actor, session) if voters.works_with_petitions(actor) and session else None
    context = {
        "today": on,
        "weekday": dates.weekday_name(on),
        "late": _rows(late, on, "voters:member_petition" if deputy else "voters:petition", actor),
        "due": _rows(due, on, "voters:petition"),
        "late_line": by_view.get("late"),
        "lines": [
            *(line for line in lines if line.view not in ("late", "soon")),
            *shares.desk_lines(actor, on),
            *supervision.desk_lines(actor, on),
        ],
        "session": session,
        "session_days": _days_to(session, on),
        "split": split,
        "all_url": _all_of(session),
        "parts": _parts(split, session) if split else [],
        "week": _week(on),
        "office": voters.sees_council_side(actor),
        "commune": voters.is_commune_side(actor),
    }
    if not (context["late"] or context["due"] or context["lines"]):
        context["steps"] = first_steps.steps(actor)
    return render(request, "desk/home.html", context)


def _rows(petitions, on, page, actor=None):
    """Each row knows how far its day is, its page, and where urging begins if that is what comes next."""
    calendar = deadlines.current()
    for petition in petitions:
        petition.days = voters.days_left(petition, on, calendar)
        petition.page = reverse(page, args=[petition.pk])
        petition.urge = (
            f"{reverse('voters:move', args=['urge'])}?chon={petition.pk}" if actor and voters.may_urge(actor, petition) else ""
        )
    return petitions


def _days_to(session, on):
    if session is None or session.opens_on < on:
        return None
    try:
        return deadlines.days_left(session.opens_on, on)
    except deadlines.CalendarMissing:
        return None


def _all_of(session):
    return f"{reverse('voters:petitions')}?xem=all&ky-hop={session.pk}" if session else ""


def _parts(split, session):
    """The session's petitions as parts of a bar: what is solved, promised, only explained, not answered."""
    link = _all_of(session)
    return [
        Part(_("Đã giải quyết xong"), split["solved"], "good", f"{link}&ket-qua=solved", "solved"),
        Part(_("Đang, sẽ giải quyết"), split["working"], "busy", f"{link}&ket-qua=working", "road"),
        Part(_("Giải trình, thông tin"), split["explained"], "said", f"{link}&ket-qua=explained", "said"),
        Part(_("Chưa trả lời"), split["waiting"], "calm", f"{link}&ket-qua=none", "sent"),
    ]


def _week(on):
    """The days of this week with why a day is off."""
    monday = on - timedelta(days=on.weekday())
    days = []
    calendar = deadlines.current()
    for place in range(5):
        day = monday + timedelta(days=place)
        entry = calendar.entry(day)
        days.append({"day": day, "name": dates.weekday_name(day), "today": day == on, "off": entry.name if entry else ""})
    return days
