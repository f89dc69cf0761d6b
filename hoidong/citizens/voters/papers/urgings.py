"""The urging letter (công văn đôn đốc), with the list of what is owed as its annex; its tone follows how often it was asked."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hoidong.kernel import papers
from hoidong.kernel.base import dates
from hoidong.kernel.base.language import in_vietnamese
from hoidong.kernel.papers import building, headings

from ..models import TransferItem
from .letters import sender_of, titles_of

CODE = "voters.urging_letter"


@in_vietnamese
def urging_letter(letter, petitions, by):
    """Print an urging letter with its petitions. Returns the Paper."""
    name = _now("Công văn đôn đốc %(symbol)s") % {"symbol": letter.symbol}
    return papers.make(CODE, _context(letter, petitions), unit=letter.issuer, name=name, subject=letter, by=by)


def _context(letter, petitions):
    sender = sender_of(letter.issuer)
    sent = _sent_with([petition.pk for petition in petitions])
    recipients = [_now("Như trên;"), _now("%(sender)s;") % {"sender": sender}]
    if letter.times > 1 and letter.body.area_id == letter.office_id:
        recipients.insert(1, _now("Ủy ban nhân dân %(area)s (để chỉ đạo);") % {"area": letter.office.name_in_sentence})
    return {
        "heading": papers.heading_for(headings.issuer_of(letter.issuer)).as_context(),
        "number": letter.symbol,
        "day": dates.format_long(letter.issued_on),
        "times": str(letter.times),
        "sender": sender,
        "recipient": letter.body.full_name,
        "count": f"{len(petitions):02d}",
        "due": dates.format_date(letter.due_on),
        "petitions": [
            {
                "place": place,
                "number": petition.shown_number,
                "text": petition.text,
                "sent": sent.get(petition.pk, ""),
                "due": dates.format_date(petition.due_on),
                "late": _now("%(days)s ngày") % {"days": (letter.issued_on - petition.due_on).days},
            }
            for place, petition in enumerate(petitions, start=1)
        ],
        "recipients": [*recipients, _now("Lưu: VT.")],
        "signature": {"titles": titles_of(letter.signer_title), "name": letter.signer},
    }


def _sent_with(keys):
    """The letter each petition went out with last: {petition id: "05/HĐND-VP ngày 05/03/2026"}."""
    found = TransferItem.objects.filter(petition__in=keys).order_by("petition", "-pk").distinct("petition")
    return {
        item.petition_id: f"{item.letter.symbol} {_now('ngày')} {dates.format_date(item.letter.issued_on)}"
        for item in found.select_related("letter")
    }


def _build():
    document = building.sheet()
    building.heading(document, about="V/v đôn đốc giải quyết, trả lời kiến nghị của cử tri (lần {{ times }})")
    building.addressee(document, "Kính gửi: {{ recipient }}")
    building.body(
        document,
        "{{ sender }} đã chuyển đến {{ recipient }} các kiến nghị của cử tri thuộc thẩm quyền giải quyết. Đến nay còn {{ count }} "
        "kiến nghị đã quá thời hạn trả lời (danh mục tại Phụ lục kèm theo).",
    )
    building.control(document, "{%p if times != '1' %}")
    building.body(document, "Đây là lần thứ {{ times }} {{ sender }} đôn đốc.")
    building.control(document, "{%p endif %}")
    building.body(
        document,
        [
            ("Đề nghị {{ recipient }} giải quyết và trả lời bằng văn bản về {{ sender }} trước ", False, False),
            ("ngày {{ due }}", True, False),
            ("; việc chưa giải quyết xong thì báo cáo nguyên nhân, lộ trình và thời hạn hoàn thành; việc vượt thẩm quyền thì nêu rõ "
             "cơ quan có thẩm quyền.", False, False),
        ],
    )  # fmt: skip
    building.control(document, "{%p if times != '1' and times != '2' %}")
    building.body(
        document,
        "Quá thời hạn trên, {{ sender }} xem xét đưa vào nội dung giám sát, chất vấn tại kỳ họp gần nhất theo quy định.",
    )
    building.control(document, "{%p endif %}")
    building.body(document, "{{ sender }} đề nghị {{ recipient }} quan tâm thực hiện./.")
    building.signature(document)
    building.annex(document, "DANH MỤC KIẾN NGHỊ CỦA CỬ TRI QUÁ HẠN TRẢ LỜI", of="Công văn")
    building.listing(
        document,
        (1.0, 1.9, 7.4, 2.6, 2.1, 1.5),
        ("TT", "Số kiến nghị", "Nội dung kiến nghị", "Văn bản chuyển", "Hạn trả lời", "Quá hạn"),
        ("{{ row.place }}", "{{ row.number }}", "{{ row.text }}", "{{ row.sent }}", "{{ row.due }}", "{{ row.late }}"),
        each="row in petitions",
        centred=(0, 1, 4, 5),
        whole_rows=False,
    )
    return document


_SAMPLE = {
    "number": "09/HĐND-VP",
    "day": "ngày 12 tháng 5 năm 2026",
    "times": "3",
    "sender": "Thường trực Hội đồng nhân dân tỉnh An Mẫu",
    "recipient": "Sở Nông nghiệp và Môi trường tỉnh An Mẫu",
    "count": "01",
    "due": "19/05/2026",
    "petitions": [
        {"place": 1, "number": "12/2026", "text": "Đề nghị nạo vét kênh chính qua thôn Một trước mùa mưa.",
         "sent": "05/HĐND-VP ngày 05/03/2026", "due": "04/05/2026", "late": "8 ngày"},
    ],
}  # fmt: skip

URGING = papers.issued(
    code=CODE,
    name=_("Công văn đôn đốc trả lời kiến nghị của cử tri"),
    module=_("Kiến nghị cử tri"),
    build=_build,
    sample=_SAMPLE,
    words=(
        ("number", _("số, ký hiệu")),
        ("day", _("ngày ban hành, viết đủ chữ")),
        ("times", _("lần đôn đốc: 1, 2, 3 …")),
        ("sender, recipient", _("nơi gửi; cơ quan giải quyết")),
        ("count, due", _("số kiến nghị; hạn trả lời")),
        ("petitions", _("các kiến nghị, mỗi dòng có place, number, text, sent, due, late")),
    ),
)
