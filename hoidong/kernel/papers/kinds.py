"""The kinds of papers the platform prints. Modules register theirs when the platform starts."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """One kind of paper.

    `build()` gives the default template as a python-docx document, `sample` a whole context with invented values: a
    template is tried with it. `words` explains the placeholders: (name, meaning).
    """

    code: str
    name: str
    module: str
    build: Callable
    sample: dict = field(hash=False, compare=False)
    words: tuple = field(default=(), compare=False)


# What stands above and below every paper that is issued: its placeholders with their meaning, and invented values for each.
_ABOVE = ("heading.above, heading.body, heading.place", _("cơ quan cấp trên, cơ quan ban hành, địa danh"))
_BELOW = (
    ("recipients", _("các dòng nơi nhận")),
    ("signature.titles, signature.name", _("quyền hạn, chức vụ và họ tên người ký")),
)
_HEADING = {"heading": {"above": "", "body": "HỘI ĐỒNG NHÂN DÂN\nTỈNH AN MẪU", "place": "An Mẫu"}}
_FOOT = {
    "recipients": ["Như trên;", "Thường trực Hội đồng nhân dân tỉnh An Mẫu;", "Lưu: VT."],
    "signature": {"titles": ["TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN", "PHÓ CHỦ TỊCH"], "name": "Nguyễn Văn Mẫu"},
}


def issued(*, sample, words, **kind):
    """A Kind that is issued as Decree 30/2020 has it: heading above, recipients and signature below, the same for all.

    `sample` and `words` hold what stands between; a sample may have another frame of its own.
    """
    whole = _HEADING | sample | {name: sample.get(name, value) for name, value in _FOOT.items()}
    return Kind(sample=whole, words=(_ABOVE, *words, *_BELOW), **kind)


_kinds: dict[str, Kind] = {}


def register(kind):
    """Make a kind known."""
    _kinds[kind.code] = kind


def known(code):
    """The Kind with this code. Raises KeyError for one nobody registered."""
    return _kinds[code]


def all_kinds():
    """Every kind, by module and name."""
    return sorted(_kinds.values(), key=lambda kind: (str(kind.module), str(kind.name)))
