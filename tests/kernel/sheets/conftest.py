"""An importer of our own, whose rows become people of the register."""

import pytest
from django.utils.translation import gettext_lazy as _

from hoidong.kernel import people, sheets
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.people.models import Person
from hoidong.kernel.sheets import actions, importers


class Names(sheets.Importer):
    """People by name; a person called “Ma” cannot be taken, one with a phone cannot be undone."""

    code = "test.names"
    name = _("người thử")
    columns = (
        sheets.Column("name", _("Họ và tên"), required=True, aliases=("Tên", "name"), example=_("Nguyễn Văn Mẫu")),
        sheets.Column("born", _("Ngày sinh"), kind="date", aliases=("Sinh ngày",), example="01/02/1980"),
        sheets.Column("count", _("Số lượng"), kind="number"),
        sheets.Column("kind", _("Loại"), kind="choice", choices=(("a", "Loại A", "A"), ("b", "Loại B"))),
    )

    def may(self, actor):
        return people.holds(actor, "council_officer", "clerk")

    def check(self, rows, actor, options):
        for line in rows:
            if line.values["count"] == 13:
                line.warn("Số 13.")
        return rows

    def take(self, rows, lot, actor, options):
        if any(line.values["name"] == "Ma" for line in rows):
            raise Invalid("Không nhận người tên Ma.", field="name")
        for line in rows:
            person = Person(full_name=line.values["name"])
            person.save()
            line.ref = person.pk
        return len(rows)

    def undo(self, lot, by, reason):
        found = Person.objects.filter(pk__in=lot.rows.filter(state="taken").values("taken_ref"))
        if found.exclude(phone="").exists():
            raise NotAllowed("Đã dùng rồi.")
        found.delete()


@pytest.fixture
def names():
    importer = sheets.register(Names())
    yield importer
    del importers.known()[importer.code]


@pytest.fixture
def bring_in(names, actor):
    """`bring_in(rows)`: a lot of the city's office from rows under the usual header."""

    def bring(rows, username="chuyenvien", header="Họ và tên;Ngày sinh;Số lượng;Loại", file_name="bang.csv"):
        content = "\n".join([header, *rows]).encode("utf-8-sig")
        return actions.start(names, content=content, file_name=file_name, options={}, told=[], by=actor(username))

    return bring
