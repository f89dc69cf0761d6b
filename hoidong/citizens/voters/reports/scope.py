"""What a report is about: who asks, which session or period, which round, which place, and the letter it goes with."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from hoidong.kernel.base import dates

from .. import queries
from ..states import COUNTED, Phase


@dataclass(frozen=True)
class Scope:
    """The frame of a report. Without a session it holds every session, without days every day.

    `basis` is the letter the list goes with ("Công văn số 12/HĐND-VP ngày 02/12/2026"); it is printed under the title.
    """

    actor: object
    session: object = None
    phase: str = ""
    commune: object = None
    first: datetime.date | None = None
    last: datetime.date | None = None
    basis: str = ""
    names: bool = False

    def petitions(self):
        """The petitions in the frame that count: what was merged counts once, what was cancelled not at all."""
        found = self.everything()
        return found.filter(session=self.session) if self.session else found

    def everything(self):
        """The same without regard to the session, for what stays open term after term."""
        found = queries.petitions_for(self.actor).filter(state__in=COUNTED)
        if self.phase:
            found = found.filter(phase=self.phase)
        if self.commune:
            found = found.filter(commune=self.commune)
        if self.first:
            found = found.filter(received_on__gte=self.first)
        if self.last:
            found = found.filter(received_on__lte=self.last)
        return found

    def occasion(self):
        """`KỲ HỌP THỨ 3, HĐND …`, for a title; names the round where one is chosen."""
        with override("vi"):
            words = str(self.session) if self.session else _("các kỳ họp")
            if self.phase in (Phase.BEFORE, Phase.AFTER):
                side = _("trước") if self.phase == Phase.BEFORE else _("sau")
                words = f"{side} {words}"
            if self.commune:
                words = _("%(session)s (%(place)s)") % {"session": words, "place": self.commune.name}
            return words.upper()

    def note(self):
        """The line under the title: the letter it goes with, or who made it and as of when; and the period."""
        with override("vi"):
            office = self.actor.unit.full_name
            if self.basis:
                words = _("Kèm theo %(letter)s của %(unit)s") % {"letter": self.basis, "unit": office}
            else:
                words = _("%(unit)s lập, số liệu lúc %(moment)s") % {
                    "unit": office, "moment": dates.format_moment(dates.now())}  # fmt: skip
            if self.first or self.last:
                words += _("; kiến nghị nhận từ %(first)s đến %(last)s") % {
                    "first": dates.format_date(self.first) if self.first else _("đầu nhiệm kỳ"),
                    "last": dates.format_date(self.last or dates.today()),
                }  # fmt: skip
            return f"({words})"
