"""Teams are founded, take petitions up, write what they found, conclude. Each takes `by` and is one transaction."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from hoidong.kernel import audit, workflow
from hoidong.kernel.base import dates, text
from hoidong.kernel.base.errors import Invalid, Stale

from .. import moves as petition_moves
from ..models import SupervisionItem, SupervisionTeam, TeamMember
from . import moves, paper, rules
from .states import DemandState, Part

LONGEST = 8000
AT_ONCE = 500  # petitions taken up in one go


@transaction.atomic
def found_team(team, members, *, by):
    """Keep a new team. `members` are (Person, Part) with exactly one head. Returns the SupervisionTeam."""
    rules.check_lead(by, team)
    team.made_by, team.made_at = by.person, dates.now()
    _check_days(team)
    team.save()
    _seat(team, members)
    audit.record("voters.found_team", team, by, decision=team.decision_number, members=len(members))
    return team


@transaction.atomic
def change_team(team, members, *, by):
    """Keep changed facts and members of a team at work. Returns the SupervisionTeam."""
    rules.check_running(by, locked(team.pk))
    _check_days(team)
    team.save(update_fields=["issuer", "name", "decision_number", "decision_date", "content", "starts_on", "ends_on", "others"])
    _seat(team, members)
    audit.record("voters.change_team", team, by, decision=team.decision_number, members=len(members))
    return team


def _check_days(team):
    if team.decision_date > dates.today():
        raise Invalid(_("Ngày quyết định chưa tới. Ghi ngày ký quyết định lập đoàn."), field="decision_date")
    if team.ends_on < team.starts_on:
        raise Invalid(_("Ngày kết thúc không thể trước ngày bắt đầu."), field="ends_on")


def _seat(team, members):
    if [part for _person, part in members].count(Part.HEAD) != 1:
        raise Invalid(_("Chọn một trưởng đoàn."), field="head")
    team.members.all().delete()
    TeamMember.objects.bulk_create([TeamMember(team=team, person=person, part=part) for person, part in members])


def locked(pk):
    """The team, its row locked until the transaction ends: what belongs to it changes one after the other."""
    return SupervisionTeam.objects.select_for_update(of=("self",)).select_related("area").get(pk=pk)


@transaction.atomic
def take_up(team, petitions, *, by):
    """Take petitions (a queryset) into the team's group; those already in it stay as they are. Returns the new items.

    Raises NotAllowed where one is not for this council to take up, Invalid where all are in the group already.
    """
    team = locked(team.pk)
    rules.check_running(by, team)
    fresh = petitions.exclude(pk__in=SupervisionItem.objects.filter(team=team).values("petition"))
    keys = list(fresh.order_by("pk").values_list("pk", flat=True)[: AT_ONCE + 1])
    if not keys:
        raise Invalid(_("Các kiến nghị này đã ở trong %(team)s.") % {"team": team.name}, field="team")
    if len(keys) > AT_ONCE:
        raise Invalid(_("Chọn tối đa %(most)s kiến nghị một lần. Lọc hẹp lại.") % {"most": AT_ONCE}, field="team")
    made = workflow.make_many(
        petition_moves.SUPERVISE, petitions.model.objects.filter(pk__in=keys), by=by, team=team.name,
        decision=team.decision_number, team_id=team.pk,
    )  # fmt: skip
    items = SupervisionItem.objects.bulk_create(
        [SupervisionItem(team=team, petition=petition, added_on=dates.today()) for petition in made], batch_size=500
    )
    audit.record("voters.team_takes_up", team, by, count=len(items))
    return items


@transaction.atomic
def take_out(item, *, by):
    """Take a petition out of the group again, while nothing was found of it."""
    team = locked(item.team_id)
    rules.check_running(by, team)
    item = SupervisionItem.objects.select_for_update(of=("self",)).select_related("petition").get(pk=item.pk)
    if item.words:
        raise Invalid(_("Kiến nghị %(number)s đã có nhận xét, không đưa ra được nữa.") % {"number": item.petition})
    audit.record("voters.unsupervise", item.petition, by, team=team.name)
    audit.record("voters.team_lets_go", team, by, petition=str(item.petition))
    item.delete()


def mark_of(item):
    """What stands in a finding now, as a short mark a form carries: of two who write at once the second is told."""
    return hashlib.sha256("|".join([item.words, item.seen, item.pace, item.advice]).encode()).hexdigest()[:16]


@transaction.atomic
def find(item, *, words, seen, pace, advice, by, mark=None):
    """Write what the team found of one petition. Returns the item. Raises Stale where somebody wrote meanwhile (`mark`)."""
    team = locked(item.team_id)
    rules.check_find(by, team)
    item = SupervisionItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if mark and mark != mark_of(item):
        raise Stale(
            _("Thành viên khác vừa ghi nhận xét này. Xem lời mới bên trên; nếu vẫn giữ lời của Ông/Bà thì lưu lần nữa.")
        )
    words = checked(words, "words", _("Ghi nhận xét của đoàn."))
    item.words, item.seen, item.pace, item.advice = words, seen, pace, advice
    item.found_on, item.found_by = dates.today(), by.person
    item.save(update_fields=["words", "seen", "pace", "advice", "found_on", "found_by"])
    audit.record("voters.team_finding", team, by, item=item.pk, petition=item.petition_id, seen=seen, pace=pace, advice=advice)
    return item


def checked(words, field, missing):
    """The words as they are kept. Raises Invalid with `field` where there are none or too many."""
    words = text.nfc(words)
    if not words:
        raise Invalid(missing, field=field)
    if len(words) > LONGEST:
        raise Invalid(_("Tối đa %(most)s chữ cái. Rút ngắn lại.") % {"most": LONGEST}, field=field)
    return words


@transaction.atomic
def conclude(team, *, words, number, day, signer, signer_title, by):
    """Conclude: the words, what bodies are asked for becomes known to them, and the paper is kept. Returns the team."""
    team = locked(team.pk)
    words = checked(words, "words", _("Ghi kết luận của đoàn."))
    if not team.decision_date <= day <= dates.today():
        raise Invalid(_("Ngày kết luận từ ngày quyết định lập đoàn đến hôm nay."), field="day")
    early = team.demands.filter(due_on__lt=day).select_related("body__area").order_by("pk").first()
    if early is not None:
        raise Invalid(
            _("Kiến nghị với %(body)s có hạn %(due)s trước ngày kết luận. Sửa hạn rồi kết luận.")
            % {"body": early.body.called, "due": dates.format_date(early.due_on)},
            field="day",
        )
    team = workflow.make(
        moves.CONCLUDE, team, by=by, conclusion=words, conclusion_number=number, concluded_on=day, signer=signer,
        signer_title=signer_title,
    )  # fmt: skip
    drafts = team.demands.filter(state=DemandState.DRAFT)
    if drafts.exists():
        workflow.make_many(moves.ISSUE, drafts, by=by)
    _note_on_petitions(team, "voters.supervised_end", by, number=number)
    team.paper_id = paper.keep(team, by=by).pk
    team.save(update_fields=["paper_id"])
    return team


@transaction.atomic
def close(team, *, by):
    """Everything asked for is done or no longer followed. Returns the team."""
    return workflow.make(moves.CLOSE, locked(team.pk), by=by, closed_on=dates.today())


@transaction.atomic
def cancel(team, reason, *, by):
    """The team is called off before it concluded; its petitions are free again. Returns the team."""
    team = workflow.make(moves.CANCEL, locked(team.pk), by=by, reason=reason)
    _note_on_petitions(team, "voters.unsupervise", by)
    return team


def _note_on_petitions(team, action, by, **data):
    petitions = [item.petition for item in team.items.select_related("petition").order_by("pk")]
    audit.record_many(action, petitions, by, data={"team": team.name, **data})
