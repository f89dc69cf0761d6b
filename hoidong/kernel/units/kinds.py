"""What kinds of units there are, and on which level of government they stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The kind of a unit. The first six are areas: they have a territory, and bodies of their own."""

    NATION = "nation", _("Quốc gia")
    PROVINCE = "province", _("Tỉnh")
    CITY = "city", _("Thành phố")
    COMMUNE = "commune", _("Xã")
    WARD = "ward", _("Phường")
    SPECIAL_ZONE = "special_zone", _("Đặc khu")
    HAMLET = "hamlet", _("Thôn")
    RESIDENTIAL_GROUP = "residential_group", _("Tổ dân phố")
    COUNCIL = "council", _("Hội đồng nhân dân")
    STANDING_COMMITTEE = "standing_committee", _("Thường trực Hội đồng nhân dân")
    COMMITTEE = "committee", _("Ban của Hội đồng nhân dân")
    DEPUTIES_GROUP = "deputies_group", _("Tổ đại biểu")
    COUNCIL_OFFICE = "council_office", _("Văn phòng giúp việc Hội đồng nhân dân")
    PEOPLES_COMMITTEE = "peoples_committee", _("Ủy ban nhân dân")
    DEPARTMENT = "department", _("Sở, ngành")
    COMMUNE_DIVISION = "commune_division", _("Phòng, trung tâm cấp xã")
    FATHERLAND_FRONT = "fatherland_front", _("Ủy ban Mặt trận Tổ quốc Việt Nam")
    NA_DELEGATION = "na_delegation", _("Đoàn đại biểu Quốc hội")
    GOVERNMENT = "government", _("Chính phủ")
    MINISTRY = "ministry", _("Bộ, cơ quan trung ương")
    NATIONAL_ASSEMBLY_BODY = "national_assembly_body", _("Cơ quan của Quốc hội")
    OTHER = "other", _("Cơ quan, tổ chức khác")


class Level(models.TextChoices):
    """The level of government. A body has the level of the area it belongs to."""

    CENTRAL = "central", _("Trung ương")
    PROVINCE = "province", _("Cấp tỉnh")
    COMMUNE = "commune", _("Cấp xã")


PROVINCES = frozenset({Kind.PROVINCE, Kind.CITY})
COMMUNES = frozenset({Kind.COMMUNE, Kind.WARD, Kind.SPECIAL_ZONE})
AREAS = frozenset({Kind.NATION}) | PROVINCES | COMMUNES
NEIGHBOURHOODS = frozenset({Kind.HAMLET, Kind.RESIDENTIAL_GROUP})

# The word a rank is written with in an address, folded and without spaces; see names.py.
RANK_WORD = {
    Kind.PROVINCE: "tinh",
    Kind.CITY: "thanhpho",
    Kind.COMMUNE: "xa",
    Kind.WARD: "phuong",
    Kind.SPECIAL_ZONE: "dackhu",
    Kind.HAMLET: "thon",
    Kind.RESIDENTIAL_GROUP: "todanpho",
}


def level_of(kind, parent=None):
    """The level a unit of this kind stands on, given its parent."""
    if kind in PROVINCES:
        return Level.PROVINCE
    if kind in COMMUNES or kind in NEIGHBOURHOODS:
        return Level.COMMUNE
    return parent.level if parent else Level.CENTRAL
