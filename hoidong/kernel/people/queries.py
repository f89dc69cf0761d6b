"""People an administrator sees, and the few of one's own unit that others may choose."""

from django.db.models import Prefetch, Q

from ..base import dates
from ..base.text import fold
from . import rules
from .models import Delegation, Person, Post


def people_for(actor):
    """The people this administrator manages; nobody for everybody else."""
    if not rules.is_administrator(actor):
        return Person.objects.none()
    found = Person.objects.all()
    if actor.post.role != "system_admin":
        found = found.filter(pk__in=Post.objects.filter(unit__area=actor.unit.area_id).values("person"))
    posts = Post.objects.select_related("unit", "unit__area").order_by("-starts_on", "-pk")
    return found.select_related("account").prefetch_related(Prefetch("posts", posts))


def searched(people, words):
    """Those whose name, user name or e-mail has these words, accents or not."""
    for word in fold(words).split()[:6]:
        people = people.filter(
            Q(search_words__contains=word) | Q(account__username__contains=word) | Q(account__email__contains=word)
        )
    return people


def colleagues_of(actor, unit):
    """People who hold a post at the same unit today, to whom work can be given."""
    on = dates.today()
    at_work = Post.objects.filter(unit=unit, starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gte=on)).values("person")
    return Person.objects.filter(pk__in=at_work).exclude(pk=actor.person.pk).order_by("sort_key", "id")


def delegations_of(actor):
    """What this person gave to others and got from them, newest first, not yet over."""
    mine = Q(post__person=actor.person) | Q(to_person=actor.person)
    found = Delegation.objects.filter(mine, ends_on__gte=dates.today(), revoked_at=None)
    return found.select_related("post__person", "post__unit__area", "to_person").order_by("-starts_on", "-pk")
