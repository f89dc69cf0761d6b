"""The ledger of a ward or commune: 22 columns, as council offices of wards keep it, one petition a line."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from hoidong.kernel import deadlines, law
from hoidong.kernel.base import dates
from hoidong.kernel.papers.listings import DAY, MARK, NUMBER, Column
from hoidong.kernel.units import queries as units

from .. import queries
from ..models import Origin
from ..states import WITH_BODY, Level, PetitionState, Source, Verdict
from . import rows as reading

RULE = "KNCT.SUMMARY"
HIDDEN = "•••"
_COMPETENT, _REVIEW = _lazy("Thẩm quyền giải quyết"), _lazy("Rà soát kết quả")

COLUMNS = (
    Column("place", _lazy("STT"), 0.9, NUMBER),
    Column("number", _lazy("Mã vụ việc"), 1.5),
    Column("source", _lazy("Nguồn tiếp nhận"), 1.6),
    Column("speaker", _lazy("Họ tên"), 1.7),
    Column("address", _lazy("Địa chỉ liên hệ"), 1.7),
    Column("phone", _lazy("Số điện thoại"), 1.1),
    Column("field", _lazy("Lĩnh vực"), 1.6),
    Column("where", _lazy("Địa chỉ nơi phản ánh"), 1.9),
    Column("words", _lazy("Nội dung kiến nghị"), 5.0),
    Column("body", _lazy("Phòng, ban chuyên môn giải quyết"), 2.0),
    Column("here", _lazy("Xã, phường"), 1.3, MARK, group=_COMPETENT),
    Column("above", _lazy("Sở, ngành"), 1.1, MARK, group=_COMPETENT),
    Column("received_on", _lazy("Ngày tiếp nhận"), 1.9, DAY),
    Column("due_on", _lazy("Thời hạn giải quyết"), 1.9, DAY),
    Column("report_on", _lazy("Thời hạn báo cáo tổng hợp kết quả"), 1.9, DAY),
    Column("extended", _lazy("Thời gian gia hạn"), 1.2),
    Column("state", _lazy("Trạng thái"), 1.7),
    Column("letter", _lazy("Văn bản trả lời"), 1.8),
    Column("full", _lazy("Hoàn thành"), 1.1, MARK, group=_REVIEW),
    Column("none", _lazy("Chưa giải quyết"), 1.1, MARK, group=_REVIEW),
    Column("partly", _lazy("Mới giải quyết một phần"), 1.1, MARK, group=_REVIEW),
    Column("note", _lazy("Ghi chú"), 1.3),
)


def fill(scope):
    """The rows of the ledger. Names of voters stand there only where the scope says so; who asks that is written down."""
    petitions = scope.petitions()
    replies, voices = reading.replies(petitions), _voices(petitions, scope)
    read, today = reading.read(petitions, ("received_on", "id")), dates.today()
    summaries = _summaries(read, scope)
    extended, others = _extended(petitions), reading.coordinating(petitions)
    rows = []
    for place, row in enumerate(read, start=1):
        voice = voices.get(row["id"], {})
        rows.append({
            **{key: row[key] for key in ("received_on", "due_on")},
            "place": place,
            "number": f"{row['number']}/{row['year']}",
            "source": str(Source(row["source"]).label),
            "speaker": voice.get("speaker", ""),
            "address": voice.get("address", ""),
            "field": row["field__name"],
            "where": voice.get("where", row["commune__name"]),
            "words": row["text"],
            "body": row["body__name"],
            "here": row["level"] == Level.COMMUNE,
            "above": row["level"] in (Level.PROVINCE, Level.CENTRAL),
            "report_on": summaries.get(row["session_id"]),
            "extended": extended.get(row["id"], ""),
            "state": _state(row, today),
            "letter": reading.letter_of(replies.get(row["id"])),
            "note": reading.notes(row["note"], others.get(row["id"])),
            **_review(row),
        })  # fmt: skip
    return rows, {}


def _state(row, today):
    words = str(PetitionState(row["state"]).label)
    late = row["state"] in WITH_BODY and row["due_on"] and row["due_on"] < today
    return _("%(state)s, quá hạn") % {"state": words} if late else words


def _review(row):
    """Done, partly, not: by the class of the newest reply as the office judged it."""
    done = row["result"].startswith("solved")
    partly = not done and (row["result"].startswith("working") or row["verdict"] == Verdict.PARTLY)
    return {"full": done, "partly": partly, "none": not done and not partly}


def _voices(petitions, scope):
    """Where each petition was first raised, and by whom where names may be shown."""
    found = (
        Origin.objects.filter(petition__in=petitions.order_by().values("pk"))
        .order_by("petition", "pk")
        .distinct("petition")
        .values_list("petition", "speaker", "hamlet", "commune", "commune__name")
    )
    voices = {}
    actor = scope.actor
    own = units.line_of(actor.unit.area) if queries.is_commune_side(actor) else None
    for key, speaker, hamlet, commune_id, commune in found:
        if own is not None and commune_id not in own:
            speaker = hamlet = ""  # another commune's voter: not this one's to read
        where = ", ".join(filter(None, [hamlet, commune]))
        told = scope.names or not speaker
        voices[key] = {
            "speaker": speaker if told else HIDDEN,
            "address": where if scope.names and speaker else HIDDEN if speaker else "",
            "where": where,
        }
    return voices


def _summaries(read, scope):
    """The day by which results are reported before each session opens, by the rule of the day: {session id: day}."""
    days = {}
    for key, opens_on in {(row["session_id"], row["session__opens_on"]) for row in read}:
        try:
            rule = law.rule(RULE, opens_on, unit=scope.actor.unit.area)
            days[key] = deadlines.latest_before(opens_on, rule.value, rule.unit)
        except (law.NoRule, deadlines.CalendarMissing):
            continue  # the cell stays empty: a day nobody can count is not guessed
    return days


def _extended(petitions):
    """How long the running terms were extended: {petition id: "15 ngày"}."""
    return deadlines.extensions_of("voters.petition", petitions.order_by().values("pk"))
