"""A body that is late is urged by letter (đôn đốc): counted, numbered, kept as proof of having asked."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from hoidong.kernel import deadlines, numbering, workflow
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid

from .. import moves, papers
from ..models import Petition, UrgingItem, UrgingLetter
from .transfers import REGISTER, enter_in_book

RULE = "KNCT.URGE"


@transaction.atomic
def urge(petitions, *, issuer, issued_on, signer, signer_title, by, with_paper=True):
    """Urge the bodies of late petitions: one letter for each body and each time (lần 1, lần 2 …). Returns the letters.

    A petition is counted from the last time its term began to run: a reply that was asked for again begins at 1. The next
    urging has to wait until the day set by the one before has passed. The day comes from the rule in force on the day of
    issue. Raises Invalid with what to mend, NotAllowed when one of the petitions is not late.
    """
    if issued_on > dates.today():
        raise Invalid(
            _("Ngày %(day)s chưa tới. Ghi ngày phát hành không sau hôm nay.") % {"day": dates.format_date(issued_on)},
            field="issued_on",
        )
    batch = list(petitions.select_for_update(of=("self",)).order_by("pk"))
    if not batch:
        raise Invalid(_("Chọn ít nhất một kiến nghị quá hạn."))
    counted = _counted(batch, issued_on)
    answer_by = deadlines.due_by_rule(RULE, issued_on, unit=batch[0].office).due_on
    groups = {}
    for petition in batch:
        groups.setdefault((petition.body_id, counted[petition.pk]), []).append(petition)
    frame = {"issuer": issuer, "issued_on": issued_on, "signer": signer, "signer_title": signer_title, "due_on": answer_by}
    return [
        _issue(group, times, frame, by, with_paper) for (_body, times), group in sorted(groups.items(), key=lambda one: one[0])
    ]


def _counted(batch, issued_on):
    """{petition id: which time this is}. Refuses where the last urging's own day has not passed."""
    last = {
        (row["petition"], row["was_due_on"]): row
        for row in UrgingItem.objects.filter(petition__in=[petition.pk for petition in batch])
        .values("petition", "was_due_on")
        .annotate(times=Max("times"), until=Max("letter__due_on"))
        .order_by()
    }
    counted = {}
    for petition in batch:
        before = last.get((petition.pk, petition.due_on))
        if before and before["until"] >= issued_on:
            raise Invalid(
                _("Kiến nghị %(number)s đã đôn đốc lần %(times)s, hạn trả lời %(day)s chưa qua. Chờ hết hạn rồi đôn đốc tiếp.")
                % {"number": petition, "times": before["times"], "day": dates.format_date(before["until"])}
            )
        counted[petition.pk] = (before["times"] if before else 0) + 1
    return counted


def _issue(group, times, frame, by, with_paper):
    issuer, issued_on = frame["issuer"], frame["issued_on"]
    number = numbering.draw(REGISTER, unit=issuer, year=issued_on.year)
    letter = UrgingLetter.objects.create(
        **frame, office=group[0].office, body=group[0].body, times=times, number=number, symbol=papers.symbol(number, issuer),
        count=len(group), made_by=by.person, made_at=dates.now(),
    )  # fmt: skip
    enter_in_book(letter, _lazy("Đôn đốc %(body)s trả lời kiến nghị của cử tri (lần %(times)s)"), times=times)
    UrgingItem.objects.bulk_create(
        [UrgingItem(letter=letter, petition=one, times=times, was_due_on=one.due_on) for one in group], batch_size=500
    )
    keys = [petition.pk for petition in group]
    workflow.make_many(
        moves.URGE, Petition.objects.filter(pk__in=keys), by=by,
        letter=letter.symbol, letter_id=letter.pk, times=times, answer_by=letter.due_on,
    )  # fmt: skip
    if with_paper:
        letter.paper_id = papers.urging_letter(letter, group, by=by).pk
        letter.save(update_fields=["paper_id"])
    return letter
