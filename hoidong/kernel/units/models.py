"""The tables of units: the unit as it is today, its names through time, what else it is called, who followed whom."""

import re

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..base import subjects
from ..base.fields import Days, LtreeField
from ..base.text import fold, nfc, sort_key
from . import kinds, names


class UnitQuerySet(models.QuerySet):
    """The questions that everyone asks of units."""

    def open_on(self, day):
        """Units that exist on a day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)

    def under(self, unit):
        """A unit and everything below it."""
        return self.filter(path__descendant_of=unit.path)

    def areas(self):
        """Places with a government of their own: provinces, cities, communes, wards, special zones."""
        return self.filter(kind__in=kinds.PROVINCES | kinds.COMMUNES)

    def in_order(self):
        """Bodies in the order of the law, places in the order of the alphabet."""
        return self.order_by("position", "sort_key", "id")


class Unit(models.Model):
    """A place or a body, as it is today. Its key is the code; names are for people only."""

    Kind = kinds.Kind
    Level = kinds.Level

    code = models.CharField(_("mã"), max_length=60, unique=True)
    kind = models.CharField(_("loại"), max_length=30, choices=Kind)
    level = models.CharField(_("cấp"), max_length=10, choices=Level)
    name = models.CharField(_("tên"), max_length=200)
    short_name = models.CharField(_("tên ngắn"), max_length=120, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("trực thuộc"), null=True, blank=True, related_name="children"
    )
    # The nearest area, from the unit itself upwards: an area is its own area.
    area = models.ForeignKey("self", models.PROTECT, verbose_name=_("địa bàn"), null=True, related_name="+")
    path = LtreeField(_("đường dẫn trong cây"), unique=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    sort_key = models.CharField(max_length=600)
    search_words = models.CharField(max_length=500)
    has_council = models.BooleanField(_("có Hội đồng nhân dân"), default=False)
    valid_from = models.DateField(_("có từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    legal_basis = models.CharField(_("căn cứ"), max_length=300, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị")
        constraints = [
            models.CheckConstraint(
                name="unit_ends_after_it_starts", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
        ]
        indexes = [
            GistIndex(name="unit_path_tree", fields=["path"]),
            GinIndex(name="unit_search_words", fields=["search_words"], opclasses=["gin_trgm_ops"]),
            models.Index(name="unit_in_order", fields=["position", "sort_key", "id"]),
            models.Index(name="unit_of_area", fields=["area", "kind"]),
            models.Index(name="unit_of_kind", fields=["kind", "level", "sort_key"]),
        ]

    def __str__(self):
        return self.full_name

    @classmethod
    def from_db(cls, db, field_names, values):
        """An area is its own area: reading `unit.area` must not ask the database for the row at hand."""
        unit = super().from_db(db, field_names, values)
        if "area_id" in unit.__dict__ and unit.area_id == unit.pk:
            unit._state.fields_cache["area"] = unit
        return unit

    def save(self, *args, **kwargs):
        """A new unit gets its place in the tree and its keys; names change through `actions` afterwards."""
        if self._state.adding:
            self.place()
        super().save(*args, **kwargs)

    def place(self, pk=None):
        """Fill what follows from kind, name, code and parent: id, level, path, area and the keys."""
        self.name = nfc(self.name)
        self.parent = self.parent  # takes over the id of a parent that got its own after it was named here
        self.pk = self.pk or pk or new_ids(1)[0]
        self.level = self.level or kinds.level_of(self.kind, self.parent)
        self.short_name = nfc(self.short_name) or self._short()
        label = path_label(self.code, self.kind)
        self.path = f"{self.parent.path}.{label}" if self.parent_id else label
        self.area = self if self.is_area else (self.parent.area if self.parent_id else None)
        self.set_keys()

    def set_keys(self):
        """What lists are sorted by and pickers search in."""
        self.sort_key = sort_key(self.short_name)[:600]
        above = [self.area.name] if self.area_id and not self.is_area else []
        if self.is_area and self.parent_id:
            above = [self.parent.name]
        elif self.area_id and self.area.parent_id and self.area.kind in kinds.COMMUNES:
            above.append(self.area.parent.name)
        self.search_words = fold(" ".join([self.name, *above, self.code]))[:500]

    def _short(self):
        word = self.Kind(self.kind).label if self.is_area or self.is_neighbourhood else ""
        return self.name[len(word) :].strip() if word and self.name.startswith(f"{word} ") else self.name

    @property
    def is_area(self):
        """Whether it is a place with a government of its own (the nation, provinces, communes …)."""
        return self.kind in kinds.AREAS

    @property
    def is_neighbourhood(self):
        """Whether it is a hamlet or a residential group."""
        return self.kind in kinds.NEIGHBOURHOODS

    @property
    def full_name(self):
        """The name with its place: "Ban Pháp chế Hội đồng nhân dân thành phố Đồng Nai". Select `area` along."""
        if self.is_area or not self.area_id or self.area.kind == self.Kind.NATION:
            return self.name
        separator = ", " if self.is_neighbourhood or self.kind == self.Kind.DEPUTIES_GROUP else " "
        return f"{self.name}{separator}{names.in_sentence(self.area.name)}"

    @property
    def called(self):
        """What a body is called beside others: bodies of communes carry the commune's name, each has a People's Committee. Select `area` along."""
        return self.full_name if self.level == kinds.Level.COMMUNE else self.name

    @property
    def name_in_sentence(self):
        """The name as it stands inside a sentence: "thành phố Đồng Nai", "Sở Y tế tỉnh Nghệ An"."""
        return names.in_sentence(self.name) if self.is_area else self.full_name

    def exists_on(self, day):
        """Whether it exists on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def _no_overlap(name, *same):
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in same),
            (Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
        ],
    )


class UnitName(models.Model):
    """What a unit was called, of which rank it was and under whom it stood, from one day to another."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    kind = models.CharField(_("loại"), max_length=30, choices=kinds.Kind)
    name = models.CharField(_("tên"), max_length=200)
    short_name = models.CharField(_("tên ngắn"), max_length=120, blank=True)
    parent = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("trực thuộc"), null=True, related_name="+")
    key = models.CharField(max_length=200)
    valid_from = models.DateField(_("có từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    legal_basis = models.CharField(_("căn cứ"), max_length=300, blank=True)
    # False where the day or the basis still waits to be checked against the text itself; `note` says what is known.
    verified = models.BooleanField(_("đã đối chiếu văn bản"), default=True)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("tên qua các thời kỳ")
        constraints = [
            _no_overlap("unit_has_one_name_a_day", "unit"),
            models.CheckConstraint(
                name="unit_name_ends_after_it_starts", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
        ]
        indexes = [
            models.Index(name="unit_name_by_key", fields=["key"]),
            GinIndex(name="unit_name_like_key", fields=["key"], opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self):
        return self.name


class UnitAlias(models.Model):
    """Another way a unit is named: an old province, district or commune, an abbreviation, an old code.

    An old place that was split leads to several units, one row each; `main` marks the one that took most of it.
    """

    class Kind(models.TextChoices):
        FORMER_PROVINCE = "former_province", _("tỉnh cũ")
        FORMER_DISTRICT = "former_district", _("huyện cũ")
        FORMER_COMMUNE = "former_commune", _("xã, phường cũ")
        FORMER_BODY = "former_body", _("cơ quan cũ")
        FORMER_UNIT = "former_unit", _("đơn vị cũ")
        ABBREVIATION = "abbreviation", _("tên viết tắt")
        SPELLING = "spelling", _("cách viết khác")
        CODE = "code", _("mã khác")

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    kind = models.CharField(_("loại"), max_length=20, choices=Kind)
    name = models.CharField(_("tên"), max_length=200)
    rank = models.CharField(max_length=20, blank=True)
    key = models.CharField(max_length=200)
    # The old places around it ("Thành phố Vinh, Tỉnh Nghệ An"), for people and as keys for the search.
    within = models.CharField(_("thuộc"), max_length=300, blank=True)
    within_keys = models.CharField(max_length=300, blank=True)
    main = models.BooleanField(_("phần chính"), default=True)
    code = models.CharField(_("mã cũ"), max_length=20, blank=True)
    valid_to = models.DateField(_("dùng đến hết ngày"), null=True, blank=True)
    legal_basis = models.CharField(_("căn cứ"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("tên gọi khác")
        constraints = [
            models.UniqueConstraint(name="unit_alias_is_said_once", fields=["unit", "kind", "rank", "key", "within_keys"]),
        ]
        indexes = [
            models.Index(name="unit_alias_by_key", fields=["key"]),
            GinIndex(name="unit_alias_like_key", fields=["key"], opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self):
        return f"{self.name}, {self.within}" if self.within else self.name


class UnitSuccession(models.Model):
    """One unit took over from another on a day: merged into it, split off from it, or replaced it."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("nhập")
        SPLIT = "split", _("chia, tách")
        REPLACE = "replace", _("thay thế")

    old = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị cũ"), related_name="successions")
    new = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị mới"), related_name="predecessions")
    kind = models.CharField(_("hình thức"), max_length=10, choices=Kind)
    on = models.DateField(_("từ ngày"))
    legal_basis = models.CharField(_("căn cứ"), max_length=300)

    class Meta:
        verbose_name = _("kế thừa")
        constraints = [
            models.UniqueConstraint(name="unit_follows_another_once", fields=["old", "new"]),
            models.CheckConstraint(name="unit_does_not_follow_itself", condition=~Q(old=F("new"))),
        ]

    def __str__(self):
        return f"{self.old_id} → {self.new_id}"


def path_label(code, kind):
    """The label of a unit in the path of the tree: `vn`, `p31`, `c11300`, or the last piece of a body's code."""
    if kind in kinds.PROVINCES:
        return f"p{code}"
    if kind in kinds.COMMUNES:
        return f"c{code}"
    return re.sub(r"[^a-z0-9]", "", fold(code.rsplit(".", 1)[-1]))


def new_ids(count):
    """Fresh ids, taken before the rows are written: an area names itself as its area."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [Unit._meta.db_table, count]
        )
        return [row[0] for row in cursor]


subjects.register("kernel.unit", "kernel.Unit", _("đơn vị"), "units:unit")
