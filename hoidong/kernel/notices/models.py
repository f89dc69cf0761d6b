"""Notices, and what each person chose to hear of and how."""

import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How a notice reaches a person. What is not `OFF` always stands in the app too."""

    APP = "app", _("Trong ứng dụng")
    MAIL = "mail", _("Và gửi thư ngay")
    DIGEST = "digest", _("Và gộp vào thư buổi sáng")
    OFF = "off", _("Không báo")


class Mail(models.TextChoices):
    """What is to become of a notice by mail."""

    NONE = "", _("không gửi thư")
    NOW = "now", _("gửi ngay")
    DIGEST = "digest", _("gộp")
    REFUSED = "refused", _("máy chủ thư từ chối")


class Notice(models.Model):
    """One sentence for one person, with the way to what it is about. Its text never goes out by mail."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    subject_kind = models.CharField(max_length=80, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail = models.CharField(max_length=10, choices=Mail.choices, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("thông báo")
        indexes = [
            models.Index(name="notice_of_account", fields=["account", "-id"]),
            models.Index(name="notice_unread", fields=["account", "-id"], condition=models.Q(read_at=None)),
            models.Index(name="notice_for_digest", fields=["account"], condition=models.Q(mail="digest", mailed_at=None)),
            models.Index(name="notice_about", fields=["subject_kind", "subject_id"]),
        ]

    def __str__(self):
        return f"{self.kind} → {self.account_id}"


class Choice(models.Model):
    """What a person chose for one kind; without a row the kind's own way counts."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    way = models.CharField(max_length=10, choices=Way.choices)

    class Meta:
        verbose_name = _("lựa chọn thông báo")
        constraints = [models.UniqueConstraint(name="one_choice_a_kind", fields=["account", "kind"])]

    def __str__(self):
        return f"{self.account_id} {self.kind}: {self.way}"


QUIET_FROM, QUIET_TO = datetime.time(21, 0), datetime.time(6, 30)


class QuietHours(models.Model):
    """When a person wants no mail; without a row from 21:00 to 6:30. Begin and end alike: none."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    begins = models.TimeField(_("từ"), default=QUIET_FROM)
    ends = models.TimeField(_("đến"), default=QUIET_TO)

    class Meta:
        verbose_name = _("giờ yên tĩnh")

    def __str__(self):
        return f"{self.account_id}: {self.begins:%H:%M}–{self.ends:%H:%M}"
