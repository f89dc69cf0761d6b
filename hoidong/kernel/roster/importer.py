"""The importer of people: one row is one person with an account and a post."""

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from .. import audit, sheets
from ..base import dates
from ..base.errors import NotAllowed
from ..base.text import fold
from ..people import actions, rules
from ..people.forms import roles_for
from ..people.models import Account, Person
from ..people.roles import ROLES
from ..ui.forms import DateField, UnitField
from ..units import picker
from ..units.models import Unit

COLUMNS = (
    sheets.Column("full_name", _("Họ và tên"), required=True, width=28, example="Nguyễn Thị Bích Hằng",
                  aliases=("Họ tên", "Họ và tên đại biểu", "Họ và tên cán bộ", "Tên")),
    sheets.Column("title", _("Chức vụ"), width=34, example="Chuyên viên Phòng Dân nguyện",
                  aliases=("Chức danh", "Chức vụ, đơn vị công tác", "Chức vụ hiện nay")),
    sheets.Column("unit", _("Đơn vị"), width=34, aliases=("Cơ quan", "Đơn vị công tác", "Nơi công tác", "Cơ quan, đơn vị"),
                  hint=_("Tên hoặc mã; để trống thì là đơn vị chọn lúc gửi tệp.")),
    sheets.Column("role", _("Vai trò"), kind="choice", width=30, choices=tuple((code, role.name) for code, role in ROLES.items()),
                  hint=_("Để trống thì là vai trò chọn lúc gửi tệp.")),
    sheets.Column("username", _("Tên đăng nhập"), width=16, aliases=("Tài khoản", "User", "Username"),
                  hint=_("Để trống thì lấy từ họ tên, ví dụ hangntb.")),
    sheets.Column("email", _("Thư điện tử"), width=26, aliases=("Email", "E-mail", "Thư công vụ")),
    sheets.Column("phone", _("Số điện thoại"), width=14, aliases=("Điện thoại", "Di động", "SĐT")),
    sheets.Column("starts_on", _("Từ ngày"), kind="date", width=12, aliases=("Ngày giữ chức vụ", "Ngày nhận chức vụ")),
)  # fmt: skip


class RosterOptions(forms.Form):
    """What rows that do not say it share."""

    unit = UnitField(label=_("Đơn vị"), help_text=_("Dùng cho các dòng không ghi đơn vị. Đại biểu thì chọn Hội đồng nhân dân."))
    role = forms.ChoiceField(label=_("Vai trò"), help_text=_("Dùng cho các dòng không ghi vai trò."))
    starts_on = DateField(label=_("Giữ chức vụ từ ngày"))

    def __init__(self, *args, actor, **options):
        super().__init__(*args, **options)
        self.fields["role"].choices = roles_for(actor)
        self.fields["unit"].within = rules.base_of(actor)
        self.fields["starts_on"].initial = dates.today()


class RosterImporter(sheets.Importer):
    """People of the units an administrator manages."""

    code = "people.roster"
    name = _("người dùng, đại biểu")
    note = _("Tài khoản được lập chưa có mật khẩu. Nhận xong, vào “Người dùng”, “Chưa đăng nhập” để in phiếu mật khẩu.")
    columns = COLUMNS
    options_form = RosterOptions

    def may(self, actor):
        """Administrators."""
        return rules.is_administrator(actor)

    def check(self, rows, actor, options):
        """Find units, give user names, refuse what cannot be given. The number of queries follows the units named, not the rows."""
        known = _Known(rows, actor, options)
        for line in rows:
            _place(line, known, actor)
            _sign_in(line, known)
            line.values["title"] = line.values["title"] or str(ROLES[line.values["role"] or options["role"]].name)
        return rows

    def take(self, rows, lot, actor, options):
        """Make the people, each with account and post."""
        units = Unit.objects.select_related("area").in_bulk({line.values["unit_id"] for line in rows})
        for line in rows:
            values = line.values
            person = actions.add_person(full_name=values["full_name"], phone=values["phone"], by=actor)
            actions.create_account(person, username=_free(values), email=values["email"], with_password=False, by=actor)
            day = values["starts_on"] or datetime.date.fromisoformat(options["starts_on"])
            role = values["role"] or options["role"]
            actions.give_post(person, unit=units[values["unit_id"]], role=role, title=values["title"], starts_on=day, by=actor)
            line.ref = person.pk
        return len(rows)

    def undo(self, lot, by, reason):
        """Take the people of a lot away again, all or none: only while none of them ever signed in or did anything."""
        made = Person.objects.select_related("account").filter(pk__in=lot.rows.exclude(taken_ref=None).values("taken_ref"))
        people = [person for person in made if rules.check_manages_account(by, person) is None]
        seen = next((person for person in people if person.account and person.account.last_login), None)
        if seen:
            raise NotAllowed(
                _now("%(name)s đã đăng nhập, không bỏ cả lô được nữa. Khóa từng tài khoản cần bỏ.") % {"name": seen.full_name}
            )
        audit.record_many("people.undo", people, by, reason=reason)
        try:
            for person in people:
                person.posts.all().delete()
                person.delete()
                person.account.delete()
        except ProtectedError as error:
            raise NotAllowed(_now("Có người trong lô đã gắn với việc khác. Khóa từng tài khoản cần bỏ.")) from error

    def url_of(self, ref):
        """The person's page."""
        return reverse("people:person", args=[ref])

    def fingerprint_of(self, values):
        """The same name with the same post at the same place is the same person; a phone or mail of its own tells two apart."""
        return "|".join(fold(str(values.get(key, ""))) for key in ("full_name", "title", "unit", "email", "phone"))


class _Known:
    """What the rows of a chunk name, looked up at once."""

    def __init__(self, rows, actor, options):
        self.base, self.options = rules.base_of(actor), options
        self.default = Unit.objects.select_related("area").filter(pk=options["unit"]).first()
        said = {line.values["unit"] for line in rows} - {""}
        self.units = {text: _meant(text, self.base) for text in said}
        mails = {line.values["email"].lower() for line in rows} - {""}
        self.mails = set(Account.objects.filter(email__in=mails).values_list("email", flat=True))
        self.wanted = {line.number: line.values["username"].lower() or user_name_of(line.values["full_name"]) for line in rows}
        stems = tuple(set(self.wanted.values()))
        self.names = set(
            Account.objects.filter(username__regex=f"^({'|'.join(map(re.escape, stems))})[0-9]*$").values_list(
                "username", flat=True
            )
        )


def _meant(text, base):
    """(the unit a row names or None, the unit it may have meant or None).

    Only a code, a whole name, also with HĐND, UBND … shortened, or an abbreviation on record counts: a post at a unit that
    was guessed would be a right given away.
    """
    likely = picker.find(text, within=base)
    return (likely, None) if likely and picker.is_named(likely, text) else (None, likely)


def _place(line, known, actor):
    unit, likely = known.units[line.values["unit"]] if line.values["unit"] else (known.default, None)
    line.values["unit_id"] = unit.pk if unit else None
    if unit is None:
        line.errors["unit"] = _not_found(likely)
        return
    try:
        rules.check_gives(actor, unit, line.values["role"] or known.options["role"])
    except NotAllowed as refusal:
        line.errors["role" if rules.covers(actor, unit) else "unit"] = str(refusal.reason)


def _not_found(likely):
    if likely is None:
        return str(_now("Không thấy đơn vị này trong phạm vi mình quản trị. Ghi đúng tên kèm xã, tỉnh, hoặc mã."))
    words = _now("Chưa chắc là đơn vị nào. Nếu là “%(name)s” thì ghi đúng tên này, hoặc mã %(code)s.")
    return str(words % {"name": likely.full_name, "code": likely.code})


def _sign_in(line, known):
    """The user name: as written, or made of the name; and a mail address nobody else has."""
    name, given = known.wanted[line.number], bool(line.values["username"])
    if given and not actions.USER_NAME.fullmatch(name):
        line.errors["username"] = str(_now("Tên đăng nhập chỉ có chữ thường không dấu, chữ số, dấu chấm, gạch ngang."))
    elif given and name in known.names:
        line.errors["username"] = str(
            _now("Tên đăng nhập “%(name)s” đã có người dùng. Chọn tên khác, hoặc để trống.") % {"name": name}
        )
    number = 1
    while not given and name in known.names:
        number += 1
        name = f"{known.wanted[line.number]}{number}"
    known.names.add(name)
    line.values |= {"username": name, "made_name": not given}
    mail = line.values["email"].lower()
    if mail and not _is_mail(mail):
        line.errors["email"] = str(_now("Thư điện tử viết chưa đúng. Ghi như ten@donvi.gov.vn."))
    elif mail in known.mails:
        line.errors["email"] = str(_now("Thư điện tử này đã dùng cho một tài khoản khác."))
    known.mails |= {mail} - {""}


def _is_mail(text):
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _free(values):
    """The user name, or the next free one where it was made of the name: another chunk of the sheet may have taken it."""
    name, number = values["username"], 1
    while values["made_name"] and Account.objects.filter(username=name).exists():
        number += 1
        name = f"{values['username']}{number}"
    return name


def user_name_of(full_name):
    """The given name and the initials before it: "Nguyễn Thị Bích Hằng" gives hangntb."""
    words = re.findall(r"[a-z0-9]+", fold(full_name))
    return "".join([*words[-1:], *(word[0] for word in words[:-1])])[:50] or "nguoidung"


def connect():
    """Make the import known; called once when the app is ready."""
    sheets.register(RosterImporter())
