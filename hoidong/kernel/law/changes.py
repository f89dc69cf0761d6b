"""Changing a rule: always a new row from a day on, so that old cases keep the number they were handled by."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from .. import audit, outbox
from ..base import dates
from ..base.errors import Invalid, NotAllowed
from ..base.language import in_vietnamese
from . import access
from .events import CHANGED
from .models import MOST, Confidence, Rule


@transaction.atomic
def change(rule, *, value, starts_on, reason, by, basis=None, variants=None, unit=None, scope=None):
    """Give a rule a new value from a day on. Returns the new row; the old one ends the day before.

    `scope` (a Unit) makes a row of its own for that unit and leaves the row above as it is.
    Raises Invalid (no reason, a number or a day that does not fit) or NotAllowed (`by` may not change this rule for this
    unit; someone changed it in the meantime). A row keeps all variants of the one before it: clocks run by them.
    """
    reason = (reason or "").strip()
    if not reason:
        raise Invalid(_("Ghi lý do thay đổi, ví dụ số văn bản mới."), field="reason")
    rule = Rule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    own = scope is None or scope.pk == rule.scope_id
    access.check_may_change_for(by, rule, rule.scope if own else scope)
    variants = _variants(rule, variants)
    _check_number(value, "value")
    if own:
        _close(rule, starts_on)
    new = Rule(
        code=rule.code,
        title=rule.title,
        value=value,
        unit=unit or rule.unit,
        when=rule.when,
        variants=variants,
        basis=basis or rule.basis,
        valid_from=starts_on,
        valid_to=None,
        scope=rule.scope if own else scope,
        # A number of the law stays one: units may set their own only where the law is silent (CFG).
        confidence=rule.confidence if rule.confidence == Confidence.CONFIG else Confidence.KNOWLEDGE,
        note=reason,
    )
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError as error:
        raise Invalid(
            _("Đã có quy định “%(code)s” cho khoảng từ %(day)s. Chọn ngày bắt đầu khác hoặc sửa dòng đó.")
            % {"code": rule.code, "day": dates.format_date(starts_on)},
            field="starts_on",
        ) from error
    _note(rule, new, by, reason)
    outbox.publish(CHANGED, ids=[new.pk], code=new.code, starts_on=starts_on.isoformat(), reason=reason)
    return new


def _note(old, new, by, reason):
    words = {"before": _amount(old), "after": _amount(new), "starts_on": new.valid_from.isoformat()}
    audit.record("law.changed", new, by, reason=reason, code=new.code, old_rule=old.pk, **words)


def _variants(rule, given):
    if given is None:
        return rule.variants
    if lost := sorted(set(rule.variants) - set(given)):
        raise ValueError(f"a change of {rule.code} keeps its variants; {lost} are missing")
    for name, value in given.items():
        for number in value if isinstance(value, list) else [value]:
            _check_number(number, f"variant_{name}")
    return given


def _check_number(value, field):
    if not 0 <= value <= MOST:
        raise Invalid(_("Ghi một số từ 0 đến %(most)s.") % {"most": MOST}, field=field)


@in_vietnamese
def _amount(rule):
    return rule.amount()


def _close(rule, starts_on):
    if rule.valid_to is not None:
        raise NotAllowed(
            _("Quy định này đã hết hiệu lực ngày %(day)s. Mở dòng đang dùng để thay đổi.")
            % {"day": dates.format_date(rule.valid_to)}
        )
    if rule.valid_from is not None and starts_on <= rule.valid_from:
        raise Invalid(
            _("Ngày bắt đầu phải sau ngày %(day)s, ngày quy định hiện hành bắt đầu.")
            % {"day": dates.format_date(rule.valid_from)},
            field="starts_on",
        )
    rule.valid_to = starts_on - datetime.timedelta(days=1)
    rule.save(update_fields=["valid_to"])


@transaction.atomic
def mark_verified(rule, *, note, by):
    """Note that a person compared the row with the text of the law. The note says where (article, page).

    Raises NotAllowed for anybody but the administrator of the row's unit, or of the platform for the national ones.
    """
    note = (note or "").strip()
    if not note:
        raise Invalid(_("Ghi đã đối chiếu với văn bản nào, điều, khoản nào."), field="note")
    rule = Rule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    access.check_may_verify(by, rule)
    rule.verified_by, rule.verified_at, rule.verified_note = by.account, dates.now(), note
    rule.save(update_fields=["verified_by", "verified_at", "verified_note"])
    audit.record("law.verified", rule, by, reason=note, code=rule.code, value=_amount(rule))
    return rule
