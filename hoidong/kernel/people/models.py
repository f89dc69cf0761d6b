"""Accounts, persons, posts and delegations."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..base import subjects
from ..base.fields import Days
from ..base.text import fold, nfc, person_sort_key
from . import roles


class AccountManager(BaseUserManager):
    """How Django finds accounts: each with its person, so that a page asks once for both."""

    def get_queryset(self):
        return super().get_queryset().select_related("person")

    def get_by_natural_key(self, username):
        return self.get(username=username)


class Account(AbstractBaseUser):
    """What one signs in with. It holds no rights: rights follow from the posts of its person."""

    username = models.CharField(_("tên đăng nhập"), max_length=60, unique=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    is_active = models.BooleanField(_("được dùng"), default=True)
    must_change_password = models.BooleanField(_("phải đổi mật khẩu"), default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = AccountManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("tài khoản")

    def __str__(self):
        return self.username

    @property
    def is_staff(self):
        """Django's own admin is not used."""
        return False


class Person(models.Model):
    """A person of the office or a deputy. Phone and e-mail are personal data: masked by default."""

    account = models.OneToOneField(Account, models.PROTECT, null=True, blank=True, related_name="person")
    full_name = models.CharField(_("họ và tên"), max_length=120)
    sort_key = models.CharField(max_length=400, editable=False)
    search_words = models.CharField(max_length=300, editable=False)
    phone = models.CharField(_("số điện thoại"), max_length=20, blank=True)
    # The number itself is never stored: a keyed hash finds its owner again, three digits tell people which one it is.
    identity_key = models.CharField(max_length=64, blank=True, editable=False)
    identity_tail = models.CharField(_("ba số cuối của số định danh"), max_length=3, blank=True)

    class Meta:
        verbose_name = _("người")
        constraints = [
            models.UniqueConstraint(name="identity_is_of_one_person", fields=["identity_key"], condition=~Q(identity_key=""))
        ]
        indexes = [
            models.Index(name="person_in_order", fields=["sort_key", "id"]),
            GinIndex(name="person_search_words", fields=["search_words"], opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.full_name = nfc(self.full_name)
        self.sort_key = person_sort_key(self.full_name)[:400]
        self.search_words = fold(self.full_name)[:300]
        super().save(*args, **kwargs)


class Post(models.Model):
    """A post a person holds at a unit for a time (chức vụ)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    unit = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    role = models.CharField(_("vai trò"), max_length=30, choices=roles.choices)
    title = models.CharField(_("chức vụ"), max_length=160)
    term = models.CharField(_("nhiệm kỳ"), max_length=40, blank=True)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("chức vụ")
        constraints = [
            models.CheckConstraint(
                name="post_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            ExclusionConstraint(
                name="person_holds_a_post_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(name="post_of_unit", fields=["unit", "role"])]

    def __str__(self):
        return f"{self.title}, {self.unit_id}"


class Delegation(models.Model):
    """The work of a post given to a colleague of the same unit for some days (ủy quyền), with the reason."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="delegations")
    to_person = models.ForeignKey(Person, models.PROTECT, related_name="delegated")
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến ngày"))
    reason = models.TextField(_("lý do"))
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("ủy quyền")
        constraints = [models.CheckConstraint(name="delegation_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on")))]
        indexes = [models.Index(name="delegation_to", fields=["to_person", "ends_on"])]

    def __str__(self):
        return f"{self.post_id} → {self.to_person_id}"


subjects.register("kernel.person", "kernel.Person", _("người dùng"), "people:person")
