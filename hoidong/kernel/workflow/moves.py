"""Moves: who may take a record from which state to which, and what is written when they do."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils.translation import gettext as _

from .. import audit, outbox
from ..base import sql
from ..base.errors import Invalid, NotAllowed

# One event tells of this many records at most, so that a receiver's transaction stays short.
EVENT_SIZE = 500


@dataclass(frozen=True)
class Move:
    """One arrow of a state diagram.

    `check(actor, record)` raises NotAllowed with the reason; the same text greys out the button.
    `target` may be a state, or None when the move notes something and leaves the state as it is.
    """

    code: str
    sources: frozenset
    target: str | None
    check: Callable
    label: str
    reason_required: bool = False
    event: object | None = None
    key: str = ""
    changes: tuple = field(default=())

    def __init__(self, code, sources, target, check, label, *, reason_required=False, event=None, key="", changes=()):
        for name, value in (
            ("code", code), ("sources", frozenset(sources)), ("target", target), ("check", check), ("label", label),
            ("reason_required", reason_required), ("event", event), ("key", key), ("changes", tuple(changes)),
        ):  # fmt: skip
            object.__setattr__(self, name, value)


@dataclass(frozen=True)
class Offer:
    """A move as a person sees it: open, or closed with the reason."""

    move: Move
    allowed: bool
    reason: str = ""


def _check(move, record, by):
    if record.state not in move.sources:
        raise NotAllowed(
            _("Không thể “%(move)s” khi tình trạng là “%(state)s”.") % {"move": move.label, "state": record.get_state_display()}
        )
    move.check(by, record)


def open_moves(record, moves, by):
    """The moves that lead out of the record's state, each open or closed with its reason. Others are not offered."""
    offers = []
    for move in moves:
        if record.state not in move.sources:
            continue
        try:
            move.check(by, record)
        except NotAllowed as refusal:
            offers.append(Offer(move, allowed=False, reason=str(refusal.reason)))
        else:
            offers.append(Offer(move, allowed=True))
    return offers


def make(move, record, *, by, reason="", **data):
    """Take one record through a move and return it fresh. Raises NotAllowed or Invalid (a reason that is missing).

    `data` names what else the audit entry should say; keys listed in `move.changes` are also written to the record.
    """
    return make_many(move, type(record)._base_manager.filter(pk=record.pk), by=by, reason=reason, **data)[0]


@transaction.atomic
def make_many(move, queryset, *, by, reason="", **data):
    """Take many records through the same move, all or none, with a number of statements that does not grow with them.

    The rows are locked in the order of their keys, so that two people moving the same ones wait, never deadlock.
    """
    reason = (reason or "").strip()
    if move.reason_required and not reason:
        raise Invalid(_("Ghi lý do trước khi “%(move)s”.") % {"move": move.label}, field="reason")
    model = queryset.model
    records = list(model._base_manager.filter(pk__in=queryset.values("pk")).order_by("pk").select_for_update(of=("self",)))
    if not records:
        raise NotAllowed(_("Hồ sơ không còn ở đây. Tải lại trang để xem tình trạng mới."))
    for record in records:
        _check(move, record, by)
    changes = {name: data[name] for name in move.changes if name in data}
    before = {record.pk: record.state for record in records}
    if move.target is not None:
        changes["state"] = move.target
    if changes:
        _write(model, [record.pk for record in records], changes)
    for record in records:
        for name, value in changes.items():
            setattr(record, name, value)
    noted = {name: _plain(value) for name, value in data.items()}
    audit.record_many(
        f"{model._meta.app_label}.{move.code}",
        records,
        by,
        reason=reason,
        data=noted,
        each=lambda record: {"from": str(before[record.pk]), "to": str(record.state)},
    )
    if move.event:
        for start in range(0, len(records), EVENT_SIZE):
            outbox.publish(move.event, ids=[record.pk for record in records[start : start + EVENT_SIZE]])
    return records


def _write(model, keys, changes):
    with connection.cursor() as cursor:
        # Seen by the trigger of `guard()` for the rest of this transaction only.
        cursor.execute("SELECT set_config('hoidong.move', 'yes', true)")
        model._base_manager.filter(pk__in=keys).update(**changes)
        cursor.execute("SELECT set_config('hoidong.move', '', true)")


def _plain(value):
    """The value as the audit keeps it: plain JSON, records by their number, dates as ISO."""
    if value is None or isinstance(value, bool | int | float | str):
        return value if not isinstance(value, str) else str(value)
    if hasattr(value, "pk"):
        return value.pk
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return str(value)


def diagram(moves, states, start):
    """The moves as a Mermaid state diagram, for the module's page in docs; a test keeps it fresh."""
    lines = ["stateDiagram-v2", f"    [*] --> {start}"]
    lines += [f"    {state.value}: {state.label}" for state in states]
    for move in moves:
        for source in sorted(move.sources):
            lines.append(f"    {source} --> {move.target or source}: {move.label}")
    return "\n".join(lines) + "\n"


_described: dict[str, tuple] = {}


def describe(name, moves, states, start):
    """Name a table of moves, so that `manage.py draw_states` writes its diagram into docs/modules/<name>.md."""
    _described[name] = (moves, states, start)


def diagrams():
    """{name: Mermaid text} of every described table of moves."""
    return {name: diagram(*table) for name, table in _described.items()}


def guard(table):
    """Register the trigger that refuses a change of `state` outside of `make()` for one table."""
    sql.register(
        f"guard_{table}",
        f"""
CREATE OR REPLACE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IS DISTINCT FROM OLD.state AND coalesce(current_setting('hoidong.move', true), '') <> 'yes' THEN
    RAISE EXCEPTION 'the state of {table} changes only through workflow.make()' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {table}_guard BEFORE UPDATE OF state ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_guard();
""",
        f"DROP TRIGGER IF EXISTS {table}_guard ON {table}; DROP FUNCTION IF EXISTS {table}_guard();",
    )
