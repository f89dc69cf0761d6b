"""Who hears of it: followers of every move, the office of what a deputy added."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from hoidong.kernel import live, notices
from hoidong.kernel.people.actors import accounts_at
from hoidong.kernel.units import queries as units

from .. import rules
from ..models import DeputyWord, Petition
from ..rounds.rules import DEPUTY_ROLES
from . import events, queries

MOVED = "voters.followed_moved"
KINDS = (
    notices.Kind(MOVED, lazy("Kiến nghị tôi theo dõi có chuyển biến"), way=notices.Way.DIGEST, roles=DEPUTY_ROLES),
    notices.Kind(events.SPOKEN, lazy("Đại biểu thêm lời vào kiến nghị"), way=notices.Way.APP, roles=rules.OFFICE_ROLES),
)


def tell_followers(event):
    """Everybody who follows a petition that moved: where it stands now."""
    ids = event.payload["ids"]
    following = queries.followers(ids)
    if not following:
        return
    for petition in Petition.objects.filter(pk__in=following).order_by("pk").only("pk", "number", "year", "title", "state"):
        words = _("%(number)s: %(state)s · %(title)s") % {
            "number": petition, "state": petition.get_state_display(), "title": petition.title}  # fmt: skip
        url = reverse("voters:member_petition", args=[petition.pk])
        notices.tell(following[petition.pk], kind=MOVED, text=words, url=url, subject=petition)


def tell_office(event):
    """The office that has the petition in hand reads what a deputy added."""
    said = DeputyWord.objects.select_related("petition", "person").get(pk=event.payload["word"])
    office = units.body_of(units.get(said.petition.office_id), "council_office")
    if office is None:
        return
    words = _("%(person)s thêm lời vào kiến nghị %(number)s · %(title)s") % {
        "person": said.person.full_name, "number": said.petition, "title": said.petition.title}  # fmt: skip
    people = [account for account, _unit in accounts_at([office.pk], *rules.OFFICE_ROLES)]
    notices.tell(people, kind=events.SPOKEN, text=words, url=said.petition.get_absolute_url(), subject=said.petition)
    live.tell(f"unit-{office.pk}")
