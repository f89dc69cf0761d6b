"""The folder is the schedule: `jobs/daily/<name>.py` and `jobs/minutely/<name>.py` of any part, each with `run(now)`.

A daily job has an hour of its own (`HOUR = 7`, Viet Nam's time; 1 where it names none) and runs once a day; when the
worker was down at that hour it is caught up on the same day.
"""

import importlib
import logging
import pkgutil

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from ..base import dates
from .models import JobRun

log = logging.getLogger(__name__)


def jobs():
    """Every job: [(kind, dotted path)], found once."""
    found = []
    for config in apps.get_app_configs():
        if not config.name.startswith("hoidong."):
            continue
        module = importlib.import_module(config.name)
        for place in pkgutil.walk_packages(module.__path__, f"{config.name}."):
            for kind in ("daily", "minutely"):
                if f".jobs.{kind}." in place.name:
                    found.append((kind, place.name))
    return sorted(found)


def run_due(now):
    """Run what is due at this moment. One job's failure is written down and does not stop the others."""
    local = timezone.localtime(now)
    for kind, path in jobs():
        module = importlib.import_module(path)
        if kind == "daily" and local.hour < getattr(module, "HOUR", 1):
            continue
        period = f"{local:%Y-%m-%d}" if kind == "daily" else f"{local:%Y-%m-%d %H:%M}"
        try:
            with transaction.atomic():
                JobRun.objects.create(name=path, period=period, at=dates.now())
                module.run(now)
        except IntegrityError as error:
            if "job_runs_once_a_period" not in str(error):
                log.exception("job %s failed", path)
        except Exception:
            log.exception("job %s failed", path)
