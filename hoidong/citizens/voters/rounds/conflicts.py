"""What does not fit in a plan: one deputy in two places, days off, places without a meeting, days outside the window.

Only what cannot be (a deputy in two places, a row that is not complete) stands in the way of publication; the rest is shown.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hoidong.kernel import deadlines, law
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Refused
from hoidong.kernel.base.text import fold
from hoidong.kernel.deadlines.models import OFF

from ..models import GroupArea, PlannedDeputy
from ..states import Phase
from .states import PlannedState

# A meeting whose end nobody wrote down is taken to last so long.
USUAL_LENGTH = datetime.timedelta(hours=3)
POST_PLAN, BEFORE_DONE, AFTER_DONE, MINUTES = "TXCT.POST_PLAN", "TXCT.BEFORE_DONE", "TXCT.AFTER_DONE", "TXCT.MINUTES"


@dataclass
class Found:
    """What was found in a plan. `stops` and `warns` are {planned id: [sentence]}, `notes` are about the whole plan."""

    stops: dict = field(default_factory=lambda: defaultdict(list))
    warns: dict = field(default_factory=lambda: defaultdict(list))
    notes: list = field(default_factory=list)
    without: list = field(default_factory=list)
    term: str = ""

    def of(self, planned):
        """(what stops, what only warns) of one row."""
        return self.stops.get(planned.pk, []), self.warns.get(planned.pk, [])


def look(found_round, rows, known, on):
    """Look at the rows of a round (with deputies prefetched) against each other, other rounds, the law and the calendar."""
    found = Found()
    rows = [row for row in rows if row.state == PlannedState.PLANNED]
    _look_for_gaps(found, rows)
    _look_for_clashes(found, found_round, rows)
    _look_at_groups(found, rows, known)
    _look_at_days(found, found_round, rows, on)
    _look_for_repeats(found, rows)
    there = {row.commune_id for row in rows}
    found.without = [unit for unit in known.communes if unit.pk not in there]
    return found


def span_of(row):
    """(start, end) of a meeting as moments without zone; the whole day where no hour is known."""
    if row.starts_at is None:
        return datetime.datetime.combine(row.held_on, datetime.time.min), datetime.datetime.combine(
            row.held_on, datetime.time.max
        )
    start = datetime.datetime.combine(row.held_on, row.starts_at)
    return start, datetime.datetime.combine(row.held_on, row.ends_at) if row.ends_at else start + USUAL_LENGTH


def _look_for_gaps(found, rows):
    words = {"commune": _("xã, phường"), "held_on": pgettext("ô của lịch", "ngày"), "venue": _("địa điểm")}
    for row in rows:
        lacking = [label for name, label in words.items() if not (row.commune_id if name == "commune" else getattr(row, name))]
        if row.typed:
            found.stops[row.pk].append(_("Còn ô chưa hiểu được, xem chữ đỏ trong dòng."))
        if lacking:
            found.stops[row.pk].append(_("Còn thiếu: %(cells)s.") % {"cells": ", ".join(lacking)})


def _look_for_clashes(found, found_round, rows):
    """One deputy in two places at once: in this plan, or in another one that was published."""
    by_day = defaultdict(list)
    for row in rows:
        for deputy in row.deputies.all():
            if row.held_on:
                by_day[(deputy.person_id, row.held_on)].append((row, deputy.person))
    clashes = defaultdict(list)
    for entries in by_day.values():
        for place, (row, person) in enumerate(entries):
            for other, _same in entries[:place]:
                if _overlap(row, other):
                    clashes[(row, other)].append(person.full_name)
                    clashes[(other, row)].append(person.full_name)
    _clashes_elsewhere(clashes, found_round, by_day)
    for (row, other), names in clashes.items():
        found.stops[row.pk].append(_clash(names, other))


def _clashes_elsewhere(clashes, found_round, by_day):
    elsewhere = PlannedDeputy.objects.filter(
        person__in={person for person, _day in by_day}, planned__held_on__in={day for _person, day in by_day},
        planned__announced_at__isnull=False, planned__state=PlannedState.PLANNED,
    ).exclude(planned__round=found_round.pk)  # fmt: skip
    for entry in elsewhere.select_related("planned__commune", "person").order_by("pk"):
        for row, person in by_day.get((entry.person_id, entry.planned.held_on), []):
            if _overlap(row, entry.planned):
                clashes[(row, entry.planned)].append(person.full_name)


def _overlap(one, other):
    (first, first_end), (second, second_end) = span_of(one), span_of(other)
    return first < second_end and second < first_end


def _clash(names, other):
    return _("%(people)s cùng lúc ở %(place)s (%(when)s).") % {
        "people": ", ".join(names),
        "place": other.commune.name if other.commune else other.venue or _("dòng %(place)s") % {"place": other.place},
        "when": f"{other.hours} {dates.format_date(other.held_on)}".strip(),
    }


def _look_at_groups(found, rows, known):
    """Deputies of other groups, communes outside the constituency: allowed, but not without a decision."""
    constituencies = defaultdict(set)
    groups = {row.group_id for row in rows} - {None}
    for group_id, commune_id in GroupArea.objects.filter(group__in=groups).values_list("group", "commune"):
        constituencies[group_id].add(commune_id)
    all_groups = {unit.pk for unit in known.groups}
    for row in rows:
        if row.group_id is None:
            continue
        area = constituencies[row.group_id]
        if row.commune_id and area and row.commune_id not in area:
            found.warns[row.pk].append(
                _("%(commune)s không thuộc địa bàn của %(group)s; tiếp xúc ngoài đơn vị bầu cử cần Thường trực đồng ý.")
                % {"commune": row.commune.name, "group": row.group.name}
            )
        strangers = [
            deputy.person.full_name
            for deputy in row.deputies.all()
            if (seats := known.seats.get(deputy.person_id, set()) & all_groups) and row.group_id not in seats
        ]
        if strangers:
            found.warns[row.pk].append(
                _("Không thuộc %(group)s: %(names)s; tiếp xúc ngoài đơn vị bầu cử cần Thường trực đồng ý.")
                % {"group": row.group.name, "names": ", ".join(strangers)}
            )


def _look_at_days(found, found_round, rows, on):
    first, last, why = _window(found, found_round)
    posted = _first_posted_day(found, found_round, on)
    calendar = deadlines.current()
    missing_years = set()
    for row in rows:
        if row.held_on is None:
            continue
        told = found.warns[row.pk]
        entry = calendar.entry(row.held_on) if row.held_on.year in calendar.years else None
        if row.held_on.year not in calendar.years:
            missing_years.add(row.held_on.year)
        if entry and entry.kind in OFF:
            told.append(_("Ngày %(day)s là ngày nghỉ: %(name)s.") % {"day": dates.format_date(row.held_on), "name": entry.name})
        if not found_round.starts_on <= row.held_on <= found_round.ends_on:
            told.append(_("Ngoài thời gian của đợt (%(first)s–%(last)s).") % {
                "first": dates.format_date(found_round.starts_on), "last": dates.format_date(found_round.ends_on)})  # fmt: skip
        if (first and row.held_on < first) or (last and row.held_on > last):
            told.append(why)
        if row.announced_at is None and row.held_on < on:
            told.append(_("Ngày này đã qua."))
        elif row.announced_at is None and posted and row.held_on < posted:
            told.append(_("Công bố hôm nay là muộn: lịch phải công khai trước hội nghị %(term)s.") % {"term": found.term})
    for year in sorted(missing_years):
        found.notes.append(_("Lịch nghỉ năm %(year)s chưa có, chưa kiểm tra được ngày nghỉ.") % {"year": year})


def _window(found, found_round):
    """(first day, last day, sentence) of the window the rules give, seen from the session; None where a side is open."""
    session = found_round.session
    before = found_round.phase == Phase.BEFORE
    if found_round.phase == Phase.OTHER:
        return None, None, ""
    code, event = (BEFORE_DONE, session.opens_on) if before else (AFTER_DONE, session.closes_on)
    try:
        rule = law.rule(code, event, found_round.area)
        limit = (
            deadlines.latest_before(event, rule.value, rule.unit) if before else deadlines.due_on(event, rule.value, rule.unit)
        )
    except Refused as refusal:
        found.notes.append(str(refusal.reason))
        return None, None, ""
    words = {
        "day": dates.format_date(limit),
        "term": rule.amount(),
        "unsure": "" if rule.is_verified else _(" (số chưa đối chiếu luật)"),
    }
    if before:
        return None, limit, _("Muộn: tiếp xúc trước kỳ họp xong chậm nhất %(day)s, trước khai mạc %(term)s%(unsure)s.") % words
    why = _("Tiếp xúc sau kỳ họp từ sau ngày bế mạc đến %(day)s, trong %(term)s%(unsure)s.") % words
    return session.closes_on + datetime.timedelta(days=1), limit, why


def _first_posted_day(found, found_round, on):
    """The first day of a meeting that is announced in time when the plan is published today; None where no rule says."""
    try:
        rule = law.rule(POST_PLAN, on, found_round.area)
        found.term = rule.amount()
        return deadlines.due_on(on, rule.value, rule.unit)
    except Refused as refusal:
        found.notes.append(str(refusal.reason))
        return None


def _look_for_repeats(found, rows):
    seen = {}
    for row in rows:
        if not (row.commune_id and row.held_on and row.venue):
            continue
        key = (row.commune_id, row.held_on, row.starts_at, fold(row.venue))
        if key in seen:
            found.warns[row.pk].append(_("Giống dòng %(place)s: cùng nơi, cùng lúc.") % {"place": seen[key]})
        seen.setdefault(key, row.place)


def minutes_due(days, area):
    """{day: last day for the minutes of a meeting held then}, by the rule in force; None where no rule or calendar says."""
    book = law.Book(MINUTES)
    calendar = deadlines.current()
    found = {}
    for day in set(days):
        try:
            rule = book.rule(MINUTES, day, area)
            found[day] = deadlines.due_on(day, rule.value, rule.unit, calendar=calendar)
        except Refused:
            found[day] = None
    return found


def minutes_term(held_on, area):
    """How the last day for the minutes is counted (a Due with its steps), or None where no rule or calendar says."""
    try:
        return deadlines.due_by_rule(MINUTES, held_on, unit=area, start_label=_("Ngày họp"))
    except Refused:
        return None
