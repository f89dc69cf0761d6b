"""Sealing, opening, destroying. The only code that has what is sealed in clear, and only for as long as it is asked for."""

import json
import re

from django.db import transaction
from django.utils.translation import gettext as _

from .. import audit, outbox
from ..base import dates
from ..base.errors import Invalid, NotAllowed
from ..base.subjects import ref
from ..base.text import fold, nfc
from . import events, readers, sealing
from .models import VaultBox, VaultReader, VaultScan

# Content is filled up to a multiple of this, so that its length does not tell a short name from a long one.
BLOCK = 1024
SHORTEST_REASON = 10  # letters
SHORTEST_NAME, SHORTEST_NUMBER = 3, 9  # what is shorter names nobody by itself
LARGEST_SCAN = 50 * 1024 * 1024


@transaction.atomic
def seal(subject, content, *, unit, readers: list, by):
    """Seal what must stay hidden about a record: `content` is a dict of plain text. Returns the VaultBox.

    `readers` are the Persons named for it; whoever seals has seen it and is named only when listed. Raises Invalid without
    content or without readers, and for a person who is kept out; IntegrityError for a record that is sealed already.
    """
    if not any(content.values()):
        raise Invalid(_("Không có thông tin nào để niêm phong."))
    if not readers:
        raise Invalid(_("Ghi ít nhất một người được mở hồ sơ niêm phong."), field="readers")
    pointer, at = ref(subject), dates.now()
    box = VaultBox(kind=pointer.kind, subject_id=pointer.id, unit=unit, sealed_at=at, changed_at=at)
    key = sealing.new_key()
    box.wrapped, box.key_print = sealing.wrap(key, box.about)
    box.content = sealing.shut(key, _packed(content), box.about)
    box.save(force_insert=True)
    for person in readers:
        _check_not_kept_out(box, person)
        VaultReader.objects.create(box=box, person=person, given_at=at, given_by=by.account)
    audit.record("vault.seal", box, by, about=box.about, readers=[person.pk for person in readers])
    return box


@transaction.atomic
def amend(subject, content, *, by):
    """Replace what is sealed. For people who may open it; the record's key stays."""
    box = _box(subject, lock=True)
    readers.check_open(by, box)
    box.content = sealing.shut(_key(box), _packed(content), box.about)
    box.changed_at = dates.now()
    box.save(update_fields=["content", "changed_at"])
    audit.record("vault.amend", box, by, about=box.about)


@transaction.atomic
def open_box(subject, *, reason, by):
    """What is sealed, as the dict that was given. Raises NotAllowed for who is not named, Invalid for a reason that says nothing.

    The reason stands in the log for everybody who reads the log: one that names what is sealed is refused.
    """
    box = _box(subject)
    readers.check_open(by, box)
    content = content_of(box)
    check_reason(reason, content)
    audit.record("vault.open", box, by, reason=nfc(reason), about=box.about)
    outbox.publish(events.OPENED, box=box.pk, account=by.account.pk if by.account else None)
    return content


@transaction.atomic
def add_scan(subject, content, *, name, media_type, by):
    """Seal a file with the record. Returns its number. Raises Invalid for one larger than LARGEST_SCAN."""
    if len(content) > LARGEST_SCAN:
        raise Invalid(_("Tệp quá 50 MB. Quét lại với độ phân giải thấp hơn, hoặc chia thành nhiều tệp."), field="file")
    box = _box(subject, lock=True)
    head = json.dumps({"name": name, "media_type": media_type}, ensure_ascii=False).encode()
    sealed = sealing.shut(_key(box), len(head).to_bytes(4, "big") + head + content, f"scan {box.about}")
    scan = VaultScan.objects.create(box=box, content=sealed, added_at=dates.now())
    audit.record("vault.add_scan", box, by, about=box.about, scan=scan.pk)
    return scan.pk


@transaction.atomic
def open_scan(subject, number, *, reason, by):
    """(name, media type, bytes) of a sealed file. As `open_box`; raises NotAllowed for a number of another record."""
    box = _box(subject)
    readers.check_open(by, box)
    check_reason(reason, content_of(box))
    scan = box.scans.filter(pk=number).first()
    if scan is None:
        raise readers.nothing_here()
    plain = sealing.opened(_key(box), scan.content, f"scan {box.about}")
    size = int.from_bytes(plain[:4], "big")
    head = json.loads(plain[4 : 4 + size])
    audit.record("vault.open_scan", box, by, reason=nfc(reason), about=box.about, scan=scan.pk)
    outbox.publish(events.OPENED, box=box.pk, account=by.account.pk if by.account else None)
    return head["name"], head["media_type"], plain[4 + size :]


@transaction.atomic
def destroy(subject, *, reason, by):
    """Take the key and the content away for good; the box stays as proof that there was one. For people who may open it."""
    box = _box(subject, lock=True)
    readers.check_open(by, box)
    check_reason(reason, content_of(box))
    box.scans.all().delete()
    box.wrapped = box.content = b""
    box.destroyed_at = box.changed_at = dates.now()
    box.save(update_fields=["wrapped", "content", "destroyed_at", "changed_at"])
    audit.record("vault.destroy", box, by, reason=nfc(reason), about=box.about)


def gives_away(subject, text):
    """Would this text name what is sealed about the record? For notes, reasons and papers of whoever writes about it.

    True or False and nothing else, however much fits: nobody learns from it which word it was.
    """
    box = VaultBox.objects.filter(**_where(subject), destroyed_at=None).first()
    return box is not None and _names(text, content_of(box))


@transaction.atomic
def rewrap():
    """Bring the keys of all boxes under the key of today. Returns how many were done, and how many no key opens."""
    done = lost = 0
    older = VaultBox.objects.filter(destroyed_at=None).exclude(key_print=sealing.print_of_today())
    for box in older.select_for_update().defer("content").order_by("pk").iterator(chunk_size=500):
        try:
            key = _key(box)
        except sealing.Shut:
            lost += 1
            continue
        box.wrapped, box.key_print = sealing.wrap(key, box.about)
        box.save(update_fields=["wrapped", "key_print"])
        done += 1
    return done, lost


def _where(subject):
    pointer = ref(subject)
    return {"kind": pointer.kind, "subject_id": pointer.id}


def _box(subject, *, lock=False):
    found = VaultBox.objects.filter(**_where(subject), destroyed_at=None)
    box = (found.select_for_update() if lock else found).first()
    if box is None:
        raise readers.nothing_here()
    return box


def _key(box):
    return sealing.unwrap(box.wrapped, box.key_print, box.about)


def content_of(box):
    """What is sealed, in clear: for the code of this package, which has checked who asks."""
    return json.loads(sealing.opened(_key(box), box.content, box.about))


def _packed(content):
    plain = json.dumps({name: nfc(value) for name, value in content.items()}, ensure_ascii=False).encode()
    return plain.ljust(-(-len(plain) // BLOCK) * BLOCK)


def _check_not_kept_out(box, person):
    if readers.is_kept_out(box, person):
        raise NotAllowed(_("Người này có liên quan đến nội dung hồ sơ nên không được đọc. Chọn người khác."))


def check_reason(reason, content):
    """Raise Invalid for a reason that says nothing, or that names what is sealed."""
    reason = nfc(reason)
    if sum(letter.isalpha() for letter in reason) < SHORTEST_REASON:
        raise Invalid(_("Ghi rõ lý do mở, ít nhất 10 chữ cái: việc gì, theo văn bản nào."), field="reason")
    if _names(reason, content):
        raise Invalid(
            _("Lý do không được chứa thông tin đã niêm phong. Ghi việc cần làm, không ghi tên, địa chỉ, số giấy tờ."),
            field="reason",
        )


def _names(text, content):
    """Whether a text holds a value of the content, however it is spelt: whole words, or a number with other signs between."""
    words, digits = f" {_words(text)} ", _digits(text)
    for value in content.values():
        told, number = _words(value), _digits(value)
        if (len(told) >= SHORTEST_NAME and f" {told} " in words) or (len(number) >= SHORTEST_NUMBER and number in digits):
            return True
    return False


def _words(text):
    return " ".join(re.findall(r"\w+", fold(text)))


def _digits(text):
    return "".join(re.findall(r"\d", text))
