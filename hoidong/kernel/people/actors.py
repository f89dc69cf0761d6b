"""Who acts: an account, its person, and the post in which it acts now."""

from dataclasses import dataclass, field
from functools import cache

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from ..base import dates
from ..units import queries as units
from ..units.models import Unit
from .models import Person, Post
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


# Written by hand: it stands before every page, and putting it together with the ORM took longer than everything else of the sign-in.
# The delegated posts come as an array, so that both ways to a post go by an index.
_POSTS = """
SELECT {columns},
  EXISTS (SELECT FROM kernel_unitsuccession step WHERE step.new_id = unit.id AND step."on" <= %(today)s),
  EXISTS (SELECT FROM kernel_unitsuccession step WHERE step.new_id = area.id AND step."on" <= %(today)s)
FROM kernel_post post
JOIN kernel_unit unit ON unit.id = post.unit_id
LEFT JOIN kernel_unit area ON area.id = unit.area_id
LEFT JOIN kernel_unit parent ON parent.id = area.parent_id
WHERE post.starts_on <= %(on)s AND (post.ends_on IS NULL OR post.ends_on >= %(on)s)
  AND (post.person_id = %(person)s OR post.id = ANY (ARRAY(
    SELECT post_id FROM kernel_delegation
    WHERE to_person_id = %(person)s AND starts_on <= %(on)s AND ends_on >= %(on)s AND revoked_at IS NULL)))
ORDER BY post.id
"""
_READ = (("post", Post), ("unit", Unit), ("area", Unit), ("parent", Unit))


@cache
def _posts_statement():
    quote = connection.ops.quote_name
    columns = (f"{alias}.{quote(field.column)}" for alias, model in _READ for field in model._meta.concrete_fields)
    return _POSTS.format(columns=", ".join(columns))


def posts_of(person, on=None):
    """The posts a person may act in on a day, each with unit, area and the place above: the own ones and those delegated.

    One statement. Where a unit took over from nobody, it is told so, and `units.line_of` need not ask.
    """
    today = dates.today()
    with connection.cursor() as cursor:
        cursor.execute(_posts_statement(), {"person": person.pk, "on": on or today, "today": today})
        return [_post_of(row) for row in cursor]


def _post_of(row):
    values, found = iter(row), []
    for _alias, model in _READ:
        names = [field.attname for field in model._meta.concrete_fields]
        one = model.from_db(connection.alias, names, [next(values) for _name in names])
        found.append(one if one.pk is not None else None)
    post, unit, area, parent = found
    post.unit, unit.area = unit, area
    if area is not None:
        area.parent = parent
    for place, took_over in zip((unit, area), values, strict=True):
        if place is not None and not took_over:
            units.note_alone(place)
    return post


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
