"""The letter that takes petitions to the body competent to answer, with the list of them as its annex."""

import re

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hoidong.kernel import numbering, papers
from hoidong.kernel.base import dates, text
from hoidong.kernel.base.language import in_vietnamese
from hoidong.kernel.papers import building, headings

from ..models import Origin
from ..shares import queries as shares

CODE = "voters.transfer_letter"
_COUNCIL_KINDS = ("council", "standing_committee", "council_office")


def symbol(number, issuer):
    """`05/HĐND-VP`: number, issuing body, drafting unit (a letter names no kind; Decree 30/2020, annex III)."""
    if issuer.kind in _COUNCIL_KINDS:
        return numbering.symbol(number, "HĐND-VP")
    if issuer.kind == "committee":
        return numbering.symbol(number, f"HĐND-{_initials(issuer.name.replace(' Hội đồng nhân dân', ''))}")
    return numbering.symbol(number, f"{_initials(issuer.name)}-VP")


def _initials(name):
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", text.nfc(name)) if word.lower() != "và").upper()


def sender_of(issuer):
    """In whose name an office writes, inside a sentence."""
    if issuer.kind in _COUNCIL_KINDS:
        return _now("Thường trực Hội đồng nhân dân %(area)s") % {"area": issuer.area.name_in_sentence}
    return issuer.full_name


@in_vietnamese
def transfer_letter(letter, petitions, by):
    """Print a letter with its petitions. Returns the Paper."""
    petitions = sorted(petitions, key=lambda petition: petition.pk)
    name = _now("Công văn chuyển kiến nghị %(symbol)s") % {"symbol": letter.symbol}
    return papers.make(CODE, _context(letter, petitions), unit=letter.issuer, name=name, subject=letter, by=by)


def _context(letter, petitions):
    sender, recipient = sender_of(letter.issuer), letter.body.full_name
    raised = raised_at([petition.pk for petition in petitions])
    others = shares.coordinating([petition.pk for petition in petitions])
    copies = sorted({body for bodies in others.values() for body in bodies}, key=lambda body: (body.sort_key, body.pk))
    due = dates.format_date(letter.due_on)
    return {
        "heading": papers.heading_for(headings.issuer_of(letter.issuer)).as_context(),
        "number": letter.symbol,
        "day": dates.format_long(letter.issued_on),
        "about": _now("chuyển kiến nghị của cử tri gửi đến %(session)s") % {"session": letter.session.short_name},
        "session": letter.session.name,
        "sender": sender,
        "recipient": recipient,
        "count": f"{len(petitions):02d}",
        "due": due,
        "petitions": [
            {
                "place": place,
                "number": petition.shown_number,
                "text": petition.text,
                "raised": raised.get(petition.pk, ""),
                "coordinating": _coordinating(others.get(petition.pk, ())),
                "due": due,
            }
            for place, petition in enumerate(petitions, start=1)
        ],
        "recipients": [
            _now("Như trên;"),
            *(_now("%(body)s (để phối hợp);") % {"body": body.full_name} for body in copies),
            _now("%(sender)s;") % {"sender": sender},
            _now("Lưu: VT."),
        ],
        "signature": {"titles": titles_of(letter.signer_title), "name": letter.signer},
    }


def _coordinating(bodies):
    """A line of its own under the words of a petition: who gives the lead body its part."""
    return "\n" + _now("Phối hợp: %(bodies)s.") % {"bodies": "; ".join(body.called for body in bodies)} if bodies else ""


def titles_of(written):
    """The lines above a signature: `TM. THƯỜNG TRỰC … – PHÓ CHỦ TỊCH` stands on two."""
    return [part.strip() for part in re.split(r"\n|\s+[–—-]\s+", text.nfc(written)) if part.strip()]


def raised_at(keys):
    """Where petitions were raised: {petition id: "Xã A, hội nghị ngày 12/10/2026"}, a place a line."""
    places = {}
    for start in range(0, len(keys), 5000):
        found = Origin.objects.filter(petition__in=keys[start : start + 5000]).select_related("commune", "meeting")
        for origin in found.order_by("petition", "pk"):
            words = _now("%(place)s, hội nghị ngày %(day)s") if origin.meeting_id else _now("%(place)s, ngày %(day)s")
            day = origin.meeting.held_on if origin.meeting_id else origin.raised_on
            shown = words % {"place": origin.commune.name, "day": dates.format_date(day)}
            lines = places.setdefault(origin.petition_id, [])
            if shown not in lines:
                lines.append(shown)
    return {key: ";\n".join(lines) for key, lines in places.items()}


def _build():
    document = building.sheet()
    building.heading(document, about="V/v {{ about }}")
    building.addressee(document, "Kính gửi: {{ recipient }}")
    building.body(
        document,
        "Qua tổng hợp ý kiến, kiến nghị của cử tri gửi đến {{ session }}, {{ sender }} chuyển đến {{ recipient }} "
        "{{ count }} kiến nghị thuộc thẩm quyền giải quyết (danh mục tại Phụ lục kèm theo).",
    )
    building.body(
        document,
        "Đề nghị {{ recipient }} xem xét, giải quyết và trả lời bằng văn bản đối với từng kiến nghị; nêu rõ kết quả đã giải quyết, "
        "việc đang giải quyết thì có lộ trình và thời hạn hoàn thành, việc không giải quyết được thì giải trình lý do.",
    )
    building.body(
        document,
        [
            ("Văn bản trả lời gửi về {{ sender }} chậm nhất ", False, False),
            ("ngày {{ due }}", True, False),
            (" để thông báo đến cử tri và giám sát việc giải quyết theo quy định.", False, False),
        ],
    )
    building.body(document, "{{ sender }} đề nghị {{ recipient }} quan tâm thực hiện./.")
    building.signature(document)
    building.annex(document, "DANH MỤC KIẾN NGHỊ CỦA CỬ TRI CHUYỂN {{ recipient|upper }}", of="Công văn")
    building.listing(
        document,
        (1.0, 1.9, 8.5, 2.8, 2.3),
        ("TT", "Số kiến nghị", "Nội dung kiến nghị", "Nơi nêu", "Hạn trả lời"),
        ("{{ row.place }}", "{{ row.number }}", "{{ row.text }}{{ row.coordinating }}", "{{ row.raised }}", "{{ row.due }}"),
        each="row in petitions",
        centred=(0, 1, 4),
        whole_rows=False,
    )
    return document


_SAMPLE = {
    "number": "05/HĐND-VP",
    "day": "ngày 05 tháng 3 năm 2026",
    "about": "chuyển kiến nghị của cử tri gửi đến Kỳ họp thứ 2, HĐND tỉnh An Mẫu",
    "session": "Kỳ họp thứ 2, Hội đồng nhân dân tỉnh An Mẫu khóa II, nhiệm kỳ 2026–2031",
    "sender": "Thường trực Hội đồng nhân dân tỉnh An Mẫu",
    "recipient": "Sở Nông nghiệp và Môi trường tỉnh An Mẫu",
    "count": "02",
    "due": "04/05/2026",
    "petitions": [
        {"place": 1, "number": "12/2026", "text": "Đề nghị nạo vét kênh chính qua thôn Một trước mùa mưa.",
         "raised": "Xã Mẫu Một, hội nghị ngày 12/02/2026;\nXã Mẫu Hai, hội nghị ngày 13/02/2026",
         "coordinating": "\nPhối hợp: Sở Xây dựng tỉnh An Mẫu.", "due": "04/05/2026"},
        {"place": 2, "number": "15/2026", "text": "Đề nghị sửa cầu dân sinh tại thôn Hai, lan can đã gãy.",
         "raised": "Xã Mẫu Ba, hội nghị ngày 14/02/2026", "coordinating": "", "due": "04/05/2026"},
    ],
    "recipients": ["Như trên;", "Sở Xây dựng tỉnh An Mẫu (để phối hợp);", "Thường trực Hội đồng nhân dân tỉnh An Mẫu;",
                   "Lưu: VT."],
}  # fmt: skip

LETTER = papers.issued(
    code=CODE,
    name=_("Công văn chuyển kiến nghị của cử tri"),
    module=_("Kiến nghị cử tri"),
    build=_build,
    sample=_SAMPLE,
    words=(
        ("number", _("số, ký hiệu")),
        ("day", _("ngày ban hành, viết đủ chữ")),
        ("about, session", _("trích yếu; kỳ họp")),
        ("sender, recipient", _("nơi gửi; cơ quan giải quyết")),
        ("count, due", _("số kiến nghị; hạn trả lời")),
        ("petitions", _("các kiến nghị, mỗi dòng có place, number, text, raised, coordinating, due")),
    ),
)
