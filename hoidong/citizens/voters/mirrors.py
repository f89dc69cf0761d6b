"""What mirrors a petition elsewhere: the search index and the citizen's page. Kept in the same transaction, set-based."""

from django.urls import reverse
from django.utils.translation import gettext as _

from hoidong.kernel import publication, search
from hoidong.kernel.base import dates, text
from hoidong.kernel.base.language import in_vietnamese
from hoidong.kernel.units import queries as unit_queries

from . import queries, rules
from .models import Answer, Origin, Petition, TransferItem
from .models.petitions import KIND
from .states import READ_BY_BODY, Result, S


def touch(keys, *, by):
    """The petitions changed: note the moment and bring their mirrors up to date."""
    Petition.objects.filter(pk__in=keys).update(changed_at=dates.now())
    refresh(keys, by=by)


@in_vietnamese
def write_new(petitions, raised_on, *, by):
    """Write the mirrors of petitions that were made just now, in this transaction, from what is at hand: nothing is read back.

    `raised_on` holds the day each was raised, in the same order.
    """
    for start in range(0, len(petitions), 500):
        part = petitions[start : start + 500]
        search.index_many([entry_of(petition) for petition in part])
        pages = [
            citizen_page(petition, day, {}, {}) for petition, day in zip(part, raised_on[start : start + 500], strict=True)
        ]
        publication.publish_many(pages, by=by, new=True)


def refresh(keys, *, by):
    """Write the mirrors of these petitions anew, 500 at a time."""
    keys = sorted(set(keys))
    for start in range(0, len(keys), 500):
        _refresh(keys[start : start + 500], by)


@in_vietnamese
def _refresh(keys, by):
    petitions = list(
        Petition.objects.filter(pk__in=keys)
        .select_related("commune", "province", "office", "body__area", "field", "session", "merged_into")
        .order_by("pk")
    )
    alive = [petition for petition in petitions if petition.state != S.CANCELLED]
    _withdraw([petition.pk for petition in petitions if petition.state == S.CANCELLED], by)
    search.index_many([entry_of(petition) for petition in alive])
    publication.publish_many(_citizen_pages(alive), by=by)


@in_vietnamese
def take_out(keys, *, by):
    """The petitions were cancelled: they are found no more and their codes lead nowhere. A handful of statements for a lot."""
    Petition.objects.filter(pk__in=keys).update(changed_at=dates.now())
    _withdraw(keys, by)


def _withdraw(keys, by):
    search.remove_many(KIND, keys)
    if keys:
        publication.withdraw_many(KIND, keys, reason=_("Hủy theo lô nhập."), by=by)


def entry_of(petition):
    """What search knows of a petition and who may find it. No voter's name is in it."""
    units = {petition.commune_id}
    if petition.handed_up_on:
        units.add(petition.province_id)
    if petition.body_id and petition.state in READ_BY_BODY:
        units.add(petition.body_id)
    return search.Entry(
        kind=KIND,
        subject_id=petition.pk,
        title=petition.title,
        body=petition.text,
        code=f"{petition.shown_number} {petition.code}",
        url=reverse("voters:petition", args=[petition.pk]),
        unit_ids=sorted(units),
        where=str(petition.commune.name),
        on=petition.received_on,
    )


def entries(after=0):
    """Every entry of the index with a number above `after`, in order, for `manage.py reindex`."""
    found = Petition.objects.filter(pk__gt=after).exclude(state=S.CANCELLED)
    for petition in found.select_related("commune", "province").order_by("pk").iterator(chunk_size=1000):
        yield entry_of(petition)


def searched_units(actor):
    """Whose entries an actor finds: on the council's side those of the area, else only the own body's (the kernel's rule)."""
    if rules.works_for_council(actor):
        return unit_queries.line_of(actor.unit.area)
    return unit_queries.line_of(actor.unit) if queries.answers_petitions(actor) else []


def _citizen_pages(petitions):
    """The page a voter sees with the code: steps, bodies, dates, the reply; never a name of a voter."""
    keys = [petition.pk for petition in petitions]
    raised = {}
    for origin in Origin.objects.filter(petition_first__in=keys).order_by("pk").values_list("petition_first", "raised_on"):
        raised.setdefault(origin[0], origin[1])
    masters = {petition.merged_into_id for petition in petitions if petition.merged_into_id}
    replies = {}
    for reply in (
        Answer.objects.filter(petition__in={*keys, *masters}).select_related("body__area").order_by("petition", "round")
    ):
        replies[reply.petition_id] = reply
    letters = {}
    for item in TransferItem.objects.filter(petition__in={*keys, *masters}).select_related("letter__body__area").order_by("pk"):
        letters[item.petition_id] = item
    return [citizen_page(petition, raised.get(petition.pk, petition.received_on), replies, letters) for petition in petitions]


def citizen_page(petition, raised_on, replies, letters):
    """One such page; `replies` and `letters` hold the newest Answer and TransferItem by the petition's number."""
    lead = petition.merged_into or petition
    reply, item = replies.get(lead.pk), letters.get(lead.pk)
    return publication.Item(
        kind=KIND,
        subject_id=petition.pk,
        code=petition.code,
        unit=petition.commune,
        title=petition.title,
        summary=text.clip(petition.text, 1200),
        facts={
            "raised_on": raised_on.isoformat(),
            "place": petition.commune.name,
            "state": lead.get_state_display(),
            "answered": bool(reply),
            "answered_on": reply.given_on.isoformat() if reply else "",
            "solved": bool(reply and Result(reply.result).solved),
            "body": lead.body.called if lead.body_id and lead.state in READ_BY_BODY else "",
            "due_on": lead.due_on.isoformat() if lead.due_on else "",
            "promised_on": reply.promised_on.isoformat() if reply and reply.promised_on else "",
        },
        steps=list(_steps(petition, lead, raised_on, item, reply)),
        reply=_reply(reply),
    )


def _steps(petition, lead, raised_on, item, reply):
    yield _step(raised_on, _("Cử tri nêu"), petition.commune.name, "past")
    if petition.handed_up_on and petition.commune_id != petition.province_id:
        yield _step(petition.handed_up_on, _("Chuyển lên cấp trên"), petition.province.name, "past")
    if petition.merged_into_id:
        yield _step(None, _("Gộp với kiến nghị cùng nội dung"), str(lead), "past")
    if item:
        note = _("%(body)s, văn bản %(symbol)s") % {"body": item.letter.body.called, "symbol": item.letter.symbol}
        yield _step(item.letter.issued_on, _("Chuyển cơ quan giải quyết"), note, "past")
    if reply:
        yield _step(reply.given_on, _("Đã trả lời"), reply.body.called, "past")
    if lead.state == S.CLOSED:
        yield _step(lead.closed_on, _("Hội đồng nhân dân đóng kiến nghị"), lead.office.name, "past")
        return
    yield _step(None, lead.get_state_display(), _now_with(lead), "now")
    if lead.due_on and not reply:
        yield _step(lead.due_on, _("Hạn trả lời"), lead.body.called, "next")
    if reply and reply.promised_on:
        yield _step(reply.promised_on, _("Ngày hứa xong"), reply.body.called, "next")


def _now_with(petition):
    return petition.body.called if petition.state in (S.SENT, S.TAKEN) else petition.office.name


def _step(day, title, note, status):
    return {"on": day.isoformat() if day else "", "title": str(title), "note": str(note), "status": status}


def _reply(reply):
    if reply is None:
        return {}
    return {
        "body": reply.body.called,
        "text": reply.text,
        "result": reply.get_result_display(),
        "road_map": reply.road_map,
        "letter": reply.letter_number,
        "letter_date": reply.letter_date.isoformat() if reply.letter_date else "",
    }
