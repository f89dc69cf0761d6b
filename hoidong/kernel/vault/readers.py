"""Who may open a box: people who are named for it, and nobody who is kept out, whatever post they hold."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from .. import audit
from ..base import dates
from ..base.errors import Invalid, NotAllowed
from ..base.subjects import ref
from .models import VaultBox, VaultReader

_kept_out: dict = {}


def keep_out(kind, rule):
    """Tell who is kept out of records of a kind: rule(subject_id, person) -> bool. The person complained of, and subordinates."""
    _kept_out[kind] = rule


def is_kept_out(box, person):
    """Whether the module keeps this person out of what the box is about."""
    rule = _kept_out.get(box.kind)
    return bool(rule and rule(box.subject_id, person))


def may_open(actor, subject):
    """Whether this person is named for what is sealed about the record. False where nothing is sealed: both look the same."""
    pointer = ref(subject)
    box = VaultBox.objects.filter(kind=pointer.kind, subject_id=pointer.id, destroyed_at=None).first()
    return box is not None and _reads(actor, box)


def check_open(actor, box):
    """Raise NotAllowed for who may not open it, in the words of a record that is not there."""
    if not _reads(actor, box):
        raise nothing_here()


def nothing_here():
    """The refusal for a box that is not there, and for one that is not this person's: nobody learns which."""
    return NotAllowed(_("Không có hồ sơ niêm phong nào để mở ở đây."))


def readers_of(subject, *, by):
    """[VaultReader with its person] of a box, for people who may open it."""
    box = _box(subject, by)
    return list(box.readers.select_related("person").order_by("person__sort_key", "pk"))


@transaction.atomic
def let_read(subject, person, *, by):
    """Name one more person. Only who may open it names others. Raises NotAllowed for a person who is kept out."""
    box = _box(subject, by)
    if is_kept_out(box, person):
        raise NotAllowed(_("Người này có liên quan đến nội dung hồ sơ nên không được đọc. Chọn người khác."))
    VaultReader.objects.update_or_create(
        box=box, person=person, defaults={"given_at": dates.now(), "given_by": by.account, "until": None}
    )
    audit.record("vault.let_read", box, by, about=box.about, person=person.pk)


@transaction.atomic
def stop_reading(subject, person, *, by):
    """Take a name off. The last one stays: a box that nobody opens is lost to the case."""
    box = _box(subject, by)
    if not box.readers.filter(until=None).exclude(person=person).exists():
        raise Invalid(_("Còn một người được mở. Thêm người khác trước khi rút người này."), field="person")
    box.readers.filter(person=person).delete()
    audit.record("vault.stop_reading", box, by, about=box.about, person=person.pk)


def _box(subject, actor):
    pointer = ref(subject)
    box = VaultBox.objects.select_for_update().filter(kind=pointer.kind, subject_id=pointer.id, destroyed_at=None).first()
    if box is None or not _reads(actor, box):
        raise nothing_here()
    return box


def _reads(actor, box):
    """Named, in time, not kept out, in an own post that reads cases: a delegation hands on work, never a name in a list."""
    if actor is None or actor.person is None or actor.role is None or not actor.role.reads_cases or actor.delegated:
        return False
    if is_kept_out(box, actor.person):
        return False
    return box.readers.filter(Q(until=None) | Q(until__gte=dates.now()), person=actor.person).exists()
