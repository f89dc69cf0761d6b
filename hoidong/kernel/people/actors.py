"""Who acts: an account, its person, and the post in which it acts now."""

from dataclasses import dataclass, field

from django.db.models import OuterRef, Q
from django.utils.translation import gettext as _

from ..base import dates
from ..units import queries as units
from .models import Delegation, Person, Post
from .roles import ROLES


@dataclass(frozen=True)
class Actor:
    """The acting person. `unit` and `role` are those of the post; the system itself has none of them."""

    account: object = None
    person: object = None
    post: object = None
    posts: tuple = field(default=(), compare=False)
    name: str = ""

    @classmethod
    def system(cls):
        """The worker and the commands, which act for nobody."""
        return cls(name="hệ thống")

    @property
    def unit(self):
        """The body where the post is, or None."""
        return self.post.unit if self.post else None

    @property
    def role(self):
        """The class of the post's role, or None."""
        return ROLES.get(self.post.role) if self.post else None

    @property
    def post_title(self):
        """`Chuyên viên Phòng Dân nguyện, Văn phòng … thành phố X`, as the log and the menu show it."""
        return f"{self.post.title}, {self.post.unit.full_name}" if self.post else ""

    @property
    def delegated(self):
        """True when the post belongs to somebody else who gave it for these days."""
        return bool(self.post and self.person and self.post.person_id != self.person.pk)


def posts_of(person, on=None):
    """The posts a person may act in on a day: the own ones and those delegated. One statement."""
    on = on or dates.today()
    given = Delegation.objects.filter(to_person=person, starts_on__lte=on, ends_on__gte=on, revoked_at=None).values("post")
    found = Post.objects.filter(Q(person=person) | Q(pk__in=given), starts_on__lte=on).filter(
        Q(ends_on=None) | Q(ends_on__gte=on)
    )
    found = found.select_related("unit", "unit__area", "unit__area__parent").annotate(
        unit_took_over=units.took_over(OuterRef("unit")), area_took_over=units.took_over(OuterRef("unit__area"))
    )
    return _with_lines(found.order_by("pk"))


def _with_lines(posts):
    """The posts; where a unit took over from nobody, it is told so, and `units.line_of` need not ask."""
    for post in (found := list(posts)):
        for unit, took_over in ((post.unit, post.unit_took_over), (post.unit.area, post.area_took_over)):
            if not took_over:
                units.note_alone(unit)
    return found


def actor_for(account, post_id=None, on=None):
    """The Actor of an account, in the post asked for or its first one; without posts it can do nothing."""
    try:
        person = account.person
    except Person.DoesNotExist:
        return Actor(account=account, name=account.username)
    posts = tuple(posts_of(person, on))
    post = next((one for one in posts if one.pk == post_id), posts[0] if posts else None)
    return Actor(account=account, person=person, post=post, posts=posts, name=person.full_name)


def holds(actor, *codes, unit=None):
    """True when the actor's post has one of these roles (at this unit, if one is named)."""
    if actor is None or actor.post is None or actor.post.role not in codes:
        return False
    return unit is None or actor.post.unit_id == unit.pk


def accounts_at(unit_ids, *codes, on=None):
    """The accounts of people who hold posts at these units today, for notices: {account id: unit id}."""
    on = on or dates.today()
    found = Post.objects.filter(unit__in=unit_ids, starts_on__lte=on, person__account__is_active=True)
    found = found.filter(Q(ends_on=None) | Q(ends_on__gte=on))
    if codes:
        found = found.filter(role__in=codes)
    return list(found.order_by("pk").values_list("person__account", "unit"))


def people_at(unit_ids, *codes, on=None):
    """[(Person, unit id, role)] of who holds posts with these roles at these units on a day, heads of groups first."""
    on = on or dates.today()
    found = Post.objects.filter(unit__in=unit_ids, role__in=codes, starts_on__lte=on).filter(
        Q(ends_on=None) | Q(ends_on__gte=on)
    )
    rows = found.select_related("person").order_by("-role", "person__sort_key", "pk")
    return [(post.person, post.unit_id, post.role) for post in rows]


def described_posts(actor):
    """(post, label, current) of every post one may act in, for the menu."""
    return [(post, _("%(title)s, %(unit)s") % {"title": post.title, "unit": post.unit.full_name}, post == actor.post)
            for post in actor.posts]  # fmt: skip
