"""The people of the demo: who they are, where they work, and how they sign in."""

from dataclasses import dataclass

from hoidong.kernel import people
from hoidong.kernel.people import actions, roles
from hoidong.kernel.people.models import Account, Person, Post
from hoidong.kernel.units import queries as units

PASSWORD = "hoidong-thu-2026"
CITY = "01"


@dataclass(frozen=True)
class Someone:
    """One person with one post. `where` is an area code and the code of a body in it: `01.VPHDND`, `A.VPHDND`."""

    username: str
    name: str
    where: str
    role: str
    title: str


# A, B, C … stand for the first communes of the city in alphabetical order.
PEOPLE = (
    Someone("xa", "Nguyễn Thị Bích Hằng", "A.VPHDND", "clerk", "Công chức văn phòng"),
    Someone("xa2", "Trần Văn Thuận", "B.VPHDND", "clerk", "Công chức văn phòng"),
    Someone("chuyenvien", "Lê Hoàng Minh Châu", "CITY.VPHDND", "council_officer", "Chuyên viên Phòng Dân nguyện"),
    Someone("chuyenvien2", "Phạm Quốc Bảo", "CITY.VPHDND", "council_officer", "Chuyên viên Phòng Dân nguyện"),
    Someone("lanhdao", "Đỗ Thị Thanh Xuân", "CITY.VPHDND", "leader", "Phó Chánh Văn phòng"),
    Someone("thuongtruc", "Vũ Đình Khải", "CITY.TTHDND", "standing_committee", "Ủy viên Thường trực"),
    Someone("soxaydung", "Hoàng Anh Tuấn", "CITY.SXD", "body_officer", "Chuyên viên Văn phòng Sở"),
    Someone("sonongnghiep", "Bùi Thị Ngọc Lan", "CITY.SNNMT", "body_officer", "Chuyên viên Văn phòng Sở"),
    Someone("phongxa", "Đặng Văn Hưng", "A.UBND", "body_officer", "Chuyên viên"),
    Someone("daibieu", "Ngô Thị Kim Oanh", "CITY.HDND", "deputy", "Đại biểu Hội đồng nhân dân thành phố"),
    Someone("quantri", "Lý Minh Đức", "CITY.VPHDND", "unit_admin", "Quản trị đơn vị"),
    Someone("quantrixa", "Hà Thị Thu", "A.VPHDND", "unit_admin", "Quản trị đơn vị"),
    Someone("hethong", "Mai Xuân Trường", "CITY.VPHDND", "system_admin", "Quản trị hệ thống"),
)


def communes(count):
    """The first communes of the city, in alphabetical order."""
    return list(units.communes_of(units.at(CITY))[:count])


def add_all(first_communes, *, by):
    """Create the people with account and post, where they do not exist yet. Returns {username: Person}."""
    made = {}
    known = set(Account.objects.filter(username__in=[one.username for one in PEOPLE]).values_list("username", flat=True))
    for place, one in enumerate(PEOPLE):
        if one.username in known:
            continue
        person = actions.add_person(full_name=one.name, identity_number=f"999{place + 1:09d}", phone="", by=by)
        actions.create_account(person, username=one.username, password=PASSWORD, must_change=False, by=by)
        unit = units.at(_code(one.where, first_communes))
        actions.give_post(person, unit=unit, role=one.role, title=one.title, starts_on=_first_day(), by=by)
        made[one.username] = person
    return made


def actor(username):
    """The actor of a demo person, as if signed in."""
    return people.actor_for(Account.objects.get(username=username))


def stand_in(unit, role):
    """Somebody of an office that has no sign-in in the demo, so that its part of the story is done by its own people."""
    return people.Actor(name="Cán bộ " + unit.name, post=Post(unit=unit, role=role, title="Chuyên viên"))


def office_of(commune):
    """Who writes for a commune's council: its clerk with a sign-in, or a stand-in."""
    for username in ("xa", "xa2"):
        if (clerk := actor(username)).unit.area_id == commune.pk:
            return clerk
    return stand_in(units.at(f"{commune.code}.VPHDND"), "clerk")


def officer_of(body):
    """Who answers for a body: its officer with a sign-in, or a stand-in."""
    for username in ("soxaydung", "sonongnghiep", "phongxa"):
        if (officer := actor(username)).unit.pk == body.pk:
            return officer
    return stand_in(body, "body_officer")


def sign_ins():
    """(role, user name, name, post) of each person of the demo that is there."""
    accounts = Account.objects.filter(username__in=[one.username for one in PEOPLE]).values_list("username", flat=True)
    there = set(accounts)
    names = Person.objects.filter(account__username__in=there).values_list("account__username", "full_name")
    full_names = dict(names)
    for one in PEOPLE:
        if one.username in there:
            acting = actor(one.username)
            yield str(roles.ROLES[one.role].name), one.username, full_names[one.username], acting.post_title


def _code(where, first_communes):
    place, _dot, body = where.partition(".")
    area = CITY if place == "CITY" else first_communes["ABCDEFGH".index(place)].code
    return f"{area}.{body}"


def _first_day():
    import datetime

    from hoidong.kernel.base import dates

    return dates.today() - datetime.timedelta(days=300)
