"""The folder is the schedule: `jobs/daily/<name>.py` and `jobs/minutely/<name>.py` of any part, each with `run(now)`.

A daily job has an hour of its own (`HOUR = 7`, Viet Nam's time; 1 where it names none) and runs once a day; when the
worker was down at that hour it is caught up on the same day. What failed is tried again after a quarter of an hour.
"""

import datetime
import functools
import importlib
import logging
import pkgutil

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from ..base import dates
from .models import JobRun
from .tasks import what_failed

log = logging.getLogger(__name__)
KINDS = ("daily", "minutely")
AGAIN_AFTER = datetime.timedelta(minutes=15)


@functools.cache
def jobs():
    """Every job: ((kind, dotted path), …), found once."""
    found = []
    for config in apps.get_app_configs():
        if not config.name.startswith("hoidong."):
            continue
        module = importlib.import_module(config.name)
        for place in pkgutil.walk_packages(module.__path__, f"{config.name}."):
            found += [(kind, place.name) for kind in KINDS if f".jobs.{kind}." in place.name]
    return tuple(sorted(found))


def run_due(now):
    """Run what is due at this moment. One job's failure is written down and does not stop the others."""
    local = timezone.localtime(now)
    for kind, path in jobs():
        module = importlib.import_module(path)
        if kind == "daily" and local.hour < getattr(module, "HOUR", 1):
            continue
        _run_once(path, f"{local:%Y-%m-%d}" if kind == "daily" else f"{local:%Y-%m-%d %H:%M}", module, now)


def _run_once(path, period, module, now):
    """Run a job for its period, unless it ran; the row of its run is written in the same transaction."""
    try:
        with transaction.atomic():
            run, new = JobRun.objects.select_for_update().get_or_create(name=path, period=period, defaults={"at": now})
            if not new and (not run.error or run.at > now - AGAIN_AFTER):
                return
            module.run(now)
            run.at, run.error = now, ""
            run.save(update_fields=["at", "error"])
    except Exception as error:
        log.exception("job %s failed", path)
        JobRun.objects.update_or_create(name=path, period=period, defaults={"at": dates.now(), "error": what_failed(error)})
