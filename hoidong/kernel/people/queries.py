"""Questions about people, for administrators. Each takes the one who asks and shows nothing outside his units."""

from django.db.models import Exists, OuterRef, Prefetch, Q

from ..base import dates
from ..base.text import fold
from . import rules
from .models import Post

VIEWS = ("", "khoa", "chua-vao", "thoi", "tat-ca")


def current(on=None):
    """The posts of a person that run on a day, for use in Exists."""
    on = on or dates.today()
    return Post.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), person=OuterRef("pk"), starts_on__lte=on)


def manages_others(actor):
    """Whether an administrator's units have anybody besides the administrator."""
    return rules.people_for(actor).exclude(pk=actor.person.pk if actor.person else None).exists()


def people_in(actor, view="", words="", on=None):
    """The people an administrator sees: at work, locked, never signed in, without a post any more, or all."""
    found = rules.people_for(actor).select_related("account")
    if view == "khoa":
        found = found.filter(account__is_active=False)
    elif view == "chua-vao":
        found = found.filter(account__is_active=True, account__last_login=None)
    elif view == "thoi":
        found = found.filter(~Exists(current(on)))
    elif view == "":
        found = found.filter(Exists(current(on))).exclude(account__is_active=False)
    for word in fold(words).split()[:6]:
        found = found.filter(Q(search_words__contains=word) | Q(account__username__contains=word))
    return found.prefetch_related(with_posts(on))


def with_posts(on=None):
    """Each person with `posts_now`, in two statements for the whole page."""
    on = on or dates.today()
    now = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)
    return Prefetch("posts", now.select_related("unit__area").order_by("pk"), to_attr="posts_now")


def person_for(actor, pk):
    """One person with account, or None where this administrator must not see it."""
    return rules.people_for(actor).select_related("account").filter(pk=pk).first()


def posts_of(person):
    """Every post a person held or holds, the latest first."""
    return person.posts.select_related("unit__area").order_by("-starts_on", "-pk")


def post_for(actor, pk):
    """One post of the managed units, or None."""
    return Post.objects.select_related("unit__area", "person").filter(pk=pk, unit__in=rules.units_of(actor)).first()
