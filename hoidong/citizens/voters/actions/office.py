"""What the council offices do with petitions: hand up, classify, reword, merge."""

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from hoidong.kernel import audit, workflow
from hoidong.kernel.base import dates, text
from hoidong.kernel.base.errors import Invalid, NotAllowed, Stale

from .. import mirrors, moves, rules
from ..models import Origin, Petition
from ..proposals import alike
from ..states import S


def _make(move, petitions, by, reason="", **data):
    """Take petitions through a move and bring what mirrors them up to date."""
    made = workflow.make_many(move, petitions, by=by, reason=reason, **data)
    mirrors.touch([petition.pk for petition in made], by=by)
    return made


@transaction.atomic
def hand_up(petitions, *, by, on=None):
    """The commune's office hands petitions up to the province (tập hợp)."""
    first = petitions.select_related("province").first()
    return _make(moves.HAND_UP, petitions, by, office=first and first.province, handed_up_on=on or dates.today())


@transaction.atomic
def keep(petitions, *, by):
    """The commune keeps what its own bodies answer; it classifies and transfers like the province does."""
    return _make(moves.KEEP, petitions, by)


@transaction.atomic
def send_back(petition, *, by, reason):
    """The province gives a petition back to the commune, saying why."""
    return _make(moves.SEND_BACK, _one(petition), by, reason, office=petition.commune, handed_up_on=None)[0]


@transaction.atomic
def classify(petitions, *, by, field=None, level="", body=None):
    """Set field, level and competent body. What is left empty stays as it is, so that many can be set at once."""
    changes = {name: value for name, value in (("field", field), ("level", level), ("body", body)) if value}
    if not changes:
        raise Invalid(_("Chọn ít nhất một trong ba: lĩnh vực, cấp, cơ quan."), field="field")
    return _make(moves.CLASSIFY, petitions, by, **changes)


@transaction.atomic
def reword(petition, *, title, words, by, seen_at):
    """Edit title and wording; what the voters said stays as original text and with each origin.

    `seen_at` is the moment of the version the person edited; raises Stale when somebody was faster.
    """
    locked = Petition.objects.select_for_update(of=("self",)).get(pk=petition.pk)
    rules.check_office(by, locked)
    if locked.state not in (S.NEW, S.HANDED_UP, S.CLASSIFIED, S.RETURNED):
        raise NotAllowed(_("Kiến nghị đã chuyển cơ quan, lời văn không sửa được nữa."))
    if locked.changed_at != seen_at:
        raise Stale(_("Kiến nghị vừa được người khác sửa. Bản Ông/Bà gõ còn ở đây; so với bản mới rồi lưu lại."))
    if not text.nfc(words):
        raise Invalid(_("Ghi nội dung kiến nghị."), field="text")
    before = {"title": locked.title, "text": locked.text}
    Petition.objects.filter(pk=locked.pk).update(title=text.nfc(title)[:160], text=text.nfc(words))
    audit.record("voters.reword", locked, by, before=before, after={"title": title, "text": words})
    alike.keep([Petition.objects.get(pk=locked.pk)])
    mirrors.touch([locked.pk], by=by)


@transaction.atomic
def merge(master, others, *, by):
    """Merge repeats into one petition. Every place that raised it moves along and stays listed; each counts once.

    Two people merging the same petitions at once lose nothing: rows are locked in one order and a petition that went
    into another in the meantime refuses (its state no longer allows the move).
    """
    keys = sorted({master.pk, *others.values_list("pk", flat=True)})
    locked = {row.pk: row for row in Petition.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))}
    master = locked[master.pk]
    rules.check_office(by, master)
    if master.state not in (S.HANDED_UP, S.CLASSIFIED):
        raise NotAllowed(
            _("Kiến nghị %(number)s đang “%(state)s”, không nhận gộp được nữa.")
            % {"number": master, "state": master.get_state_display()}
        )
    rest = [key for key in keys if key != master.pk]
    if not rest:
        raise Invalid(_("Chọn ít nhất hai kiến nghị để gộp."))
    merged = workflow.make_many(moves.MERGE, Petition.objects.filter(pk__in=rest), by=by, merged_into=master)
    Petition.objects.filter(merged_into__in=rest).update(merged_into=master)
    Origin.objects.filter(petition__in=rest).update(petition=master)
    _recount([master.pk])
    audit.record("voters.merged_here", master, by, merged=[str(petition) for petition in merged])
    mirrors.touch(keys, by=by)
    return Petition.objects.get(pk=master.pk)


@transaction.atomic
def unmerge(petition, *, by):
    """Take a merged petition out again, with the places it had brought."""
    # Both rows at once and in the order in which merging takes them, so that the two never wait for each other.
    keys = [petition.pk, petition.merged_into_id or petition.pk]
    locked = {row.pk: row for row in Petition.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))}
    master_id = locked[petition.pk].merged_into_id
    freed = workflow.make(moves.UNMERGE, petition, by=by, merged_into=None)
    Origin.objects.filter(petition_first=freed).update(petition=freed)
    _recount([freed.pk, master_id])
    mirrors.touch([freed.pk, master_id], by=by)
    return freed


@transaction.atomic
def cancel_lot(lot_id, *, by, reason):
    """Take back what an import brought, as long as nothing was done with it. Returns how many were cancelled."""
    lot = Petition.objects.filter(lot_id=lot_id).exclude(state=S.CANCELLED)
    moved_on = lot.exclude(state__in=moves.CANCEL.sources).count()
    if moved_on:
        raise NotAllowed(
            _("Lô không hủy được: %(count)s kiến nghị đã được phân loại, gộp hoặc chuyển đi.") % {"count": moved_on}
        )
    keys = [petition.pk for petition in workflow.make_many(moves.CANCEL, lot, by=by, reason=reason)]
    mirrors.take_out(keys, by=by)
    return len(keys)


def _one(petition):
    return Petition.objects.filter(pk=petition.pk)


def _recount(keys):
    """The number of voters is the sum over the places that raised it."""
    sums = Origin.objects.filter(petition__in=keys).values("petition").annotate(total=Sum("voters")).order_by("petition")
    for row in sums:
        Petition.objects.filter(pk=row["petition"]).update(voters=row["total"])
