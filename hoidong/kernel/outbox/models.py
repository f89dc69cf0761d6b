"""Events, and what became of each with each receiver."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """Something that happened. The payload holds numbers of records only, never personal data."""

    name = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("sự kiện")
        indexes = [models.Index(name="event_by_name", fields=["name", "-id"])]

    def __str__(self):
        return f"{self.name} #{self.pk}"


class Delivery(models.Model):
    """One event for one receiver: waiting, done, or failed with the error of the last try."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="deliveries")
    receiver = models.CharField(max_length=160)
    done_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("giao sự kiện")
        constraints = [models.UniqueConstraint(name="event_reaches_a_receiver_once", fields=["event", "receiver"])]
        indexes = [
            models.Index(name="delivery_waiting", fields=["id"], condition=models.Q(done_at=None)),
            models.Index(name="delivery_failing", fields=["-id"], condition=models.Q(done_at=None) & ~models.Q(error="")),
        ]

    def __str__(self):
        return f"{self.event_id} → {self.receiver}"


class JobRun(models.Model):
    """A scheduled job that ran for a day or a minute, so that it runs once for each; with an error it will be tried again."""

    name = models.CharField(max_length=120)
    period = models.CharField(max_length=20)
    at = models.DateTimeField()
    error = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("lần chạy việc định kỳ")
        constraints = [models.UniqueConstraint(name="job_runs_once_a_period", fields=["name", "period"])]

    def __str__(self):
        return f"{self.name} {self.period}"
