"""The page of the queue, for the administrator of the system: what waits, what failed and where, try again."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from .. import people
from ..base.errors import Refused
from ..base.paging import keyset
from ..ui import htmx, toasts
from . import queue as line


def _checked(request):
    if not people.holds(request.actor, "system_admin"):
        raise Http404


@require_GET
def queue(request):
    """Figures, deliveries that fail, jobs that were given up, periodic jobs that failed."""
    _checked(request)
    context = {
        "figures": line.figures(),
        "page": keyset(line.failing_deliveries(), order=("-id",), after=request.GET.get("trang")),
        "jobs": line.failed_jobs(),
        "runs": line.failed_runs(),
    }
    return htmx.render(request, "outbox/queue.html", context, part="outbox/_queue.html")


@require_POST
def retry_delivery(request, pk):
    """Try one delivery again."""
    return _retry(request, line.retry_delivery, pk)


@require_POST
def retry_job(request, pk):
    """Put one job back."""
    return _retry(request, line.retry_job, pk)


def _retry(request, action, pk):
    _checked(request)
    try:
        action(pk, by=request.actor)
    except Refused as refusal:
        toasts.add(request, str(refusal.reason), tone="late")
    else:
        toasts.add(request, _("Đã đưa lại vào hàng đợi. Kết quả có sau vài giây."))
    return htmx.redirect(request, reverse("outbox:queue"))
