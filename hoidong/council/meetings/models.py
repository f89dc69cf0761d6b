"""A council's terms and sessions."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hoidong.kernel.base import subjects
from hoidong.kernel.base.fields import Days


class Term(models.Model):
    """A council's term of office (nhiệm kỳ). It ends the day before the next council opens its first session."""

    council = models.ForeignKey("kernel.Unit", models.PROTECT, verbose_name=_("Hội đồng nhân dân"), related_name="+")
    number = models.PositiveSmallIntegerField(_("khóa"))
    first_year = models.PositiveSmallIntegerField(_("từ năm"))
    last_year = models.PositiveSmallIntegerField(_("đến năm"))
    opens_on = models.DateField(_("ngày khai mạc kỳ họp thứ nhất"))
    ends_on = models.DateField(_("ngày kết thúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("nhiệm kỳ")
        constraints = [
            models.UniqueConstraint(name="council_has_each_term_once", fields=["council", "number"]),
            models.CheckConstraint(name="term_ends_after_it_opens", condition=Q(ends_on=None) | Q(ends_on__gte=F("opens_on"))),
            models.CheckConstraint(name="term_years_follow_each_other", condition=Q(last_year__gt=F("first_year"))),
            ExclusionConstraint(
                name="council_has_one_term_a_day",
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    (Days("opens_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return self.years

    @property
    def years(self):
        """ "nhiệm kỳ 2026–2031", as it is written behind the number of the council."""
        return _now("nhiệm kỳ %(first)s–%(last)s") % {"first": self.first_year, "last": self.last_year}


class CouncilSession(models.Model):
    """A session of a council (kỳ họp). All kinds are numbered in one series within the term."""

    class Kind(models.TextChoices):
        REGULAR = "regular", _("Kỳ họp thường lệ")
        THEMATIC = "thematic", _("Kỳ họp chuyên đề")
        EXTRAORDINARY = "extraordinary", _("Kỳ họp giải quyết công việc phát sinh đột xuất")

    # The council repeats the term's, so that lists and permissions need no join.
    council = models.ForeignKey("kernel.Unit", models.PROTECT, verbose_name=_("Hội đồng nhân dân"), related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, verbose_name=_("nhiệm kỳ"), related_name="sessions")
    number = models.PositiveSmallIntegerField(_("kỳ họp thứ"))
    kind = models.CharField(_("loại kỳ họp"), max_length=20, choices=Kind, default=Kind.REGULAR)
    opens_on = models.DateField(_("ngày khai mạc"))
    closes_on = models.DateField(_("ngày bế mạc"))
    place = models.CharField(_("địa điểm"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("kỳ họp")
        constraints = [
            models.UniqueConstraint(name="term_has_each_session_once", fields=["term", "number"]),
            models.CheckConstraint(name="session_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))),
            models.CheckConstraint(name="session_number_begins_at_one", condition=Q(number__gte=1)),
            ExclusionConstraint(
                name="council_has_one_session_a_day",
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    (Days("opens_on", "closes_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(name="session_of_council", fields=["council", "-opens_on", "-id"])]

    def __str__(self):
        return self.short_name

    @property
    def short_name(self):
        """ "Kỳ họp thứ 3 (chuyên đề), HĐND thành phố Đồng Nai". Select `council__area` along."""
        return _now("%(session)s, HĐND %(area)s") % {"session": self._numbered(), "area": self.council.area.name_in_sentence}

    @property
    def name(self):
        """ "Kỳ họp thứ 3, Hội đồng nhân dân thành phố … khóa XI, nhiệm kỳ 2026–2031"; select `term` and `council__area`."""
        return _now("%(session)s, %(council)s khóa %(number)s, %(years)s") % {
            "session": self._numbered(),
            "council": self.council.full_name,
            "number": roman(self.term.number),
            "years": self.term.years,
        }

    def _numbered(self):
        word = _now("Kỳ họp thứ nhất") if self.number == 1 else _now("Kỳ họp thứ %(number)s") % {"number": self.number}
        if self.kind == self.Kind.THEMATIC:
            return _now("%(session)s (chuyên đề)") % {"session": word}
        if self.kind == self.Kind.EXTRAORDINARY:
            return _now("%(session)s (giải quyết công việc phát sinh đột xuất)") % {"session": word}
        return word


_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number):
    """The number of a council as it is written: khóa XI. For 1 to 89."""
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text += sign
            number -= value
    return text


subjects.register("meetings.councilsession", "meetings.CouncilSession", _("kỳ họp"), "meetings:session")
