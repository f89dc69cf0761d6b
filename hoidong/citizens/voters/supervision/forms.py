"""The forms of supervision: the team, what it takes up, what it found, what it concludes and asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hoidong.kernel.base import dates
from hoidong.kernel.files.forms import UploadField
from hoidong.kernel.people.actors import people_at
from hoidong.kernel.people.models import Person
from hoidong.kernel.ui.forms import DateField, Suggest, SuggestMany, TextArea, UnitField
from hoidong.kernel.units import queries as units
from hoidong.kernel.units.models import Unit

from .. import rules as petition_rules
from ..models import SupervisionTeam
from . import queries
from .actions import LONGEST
from .rules import MEMBER_ROLES
from .states import Advice, Measure, Pace, Part, Seen

ASKED_KINDS = ("department", "peoples_committee", "commune_division", "fatherland_front", "ministry", "other")


class TeamForm(forms.ModelForm):
    """The facts of a team and who sits in it. People come from the council's own posts and its deputies."""

    decision_date = DateField(label=_("Ngày quyết định"))
    starts_on = DateField(label=_("Từ ngày"))
    ends_on = DateField(label=_("Đến ngày"))
    head = forms.ModelChoiceField(label=_("Trưởng đoàn"), queryset=None, empty_label=_("Chọn người"), widget=Suggest)
    secretary = forms.ModelChoiceField(
        label=_("Thư ký"), queryset=None, required=False, empty_label=_("Không có"), widget=Suggest
    )
    deputy = forms.ModelChoiceField(
        label=_("Phó Trưởng đoàn"), queryset=None, required=False, empty_label=_("Không có"), widget=Suggest
    )  # fmt: skip
    members = forms.ModelMultipleChoiceField(label=_("Thành viên"), queryset=None, required=False, widget=SuggestMany)

    class Meta:
        model = SupervisionTeam
        fields = ("name", "issuer", "decision_number", "decision_date", "content", "starts_on", "ends_on", "others")
        labels = {"issuer": _("Cơ quan lập đoàn")}
        widgets = {"content": TextArea(rows=3), "others": TextArea(rows=2), "issuer": forms.Select}
        help_texts = {
            "name": _("Ví dụ: Đoàn giám sát việc giải quyết kiến nghị về giao thông nông thôn"),
            "decision_number": _("Ví dụ 15/QĐ-HĐND"),
            "others": _("Mỗi người một dòng, kèm chức vụ; in trong kết luận, không xem được ở đây."),
        }

    def __init__(self, *args, actor, **options):
        super().__init__(*args, **options)
        area = self.instance.area if self.instance.area_id else actor.unit.area
        here = Unit.objects.filter(area=area)
        self.fields["issuer"].queryset = here.filter(kind__in=petition_rules.COUNCIL_KINDS).open_on(dates.today()).in_order()
        self.fields["issuer"].empty_label = None
        keys = {person.pk for person, _unit, _role in people_at(here.values("pk"), *MEMBER_ROLES)}
        seated = {one.part: one.person_id for one in self.instance.members.all()} if self.instance.pk else {}
        keys |= {one.person_id for one in self.instance.members.all()} if self.instance.pk else set()
        for name in ("head", "deputy", "secretary", "members"):
            self.fields[name].queryset = Person.objects.filter(pk__in=keys).order_by("sort_key", "pk")
        if self.instance.pk:
            self.fields["head"].initial = seated.get(Part.HEAD)
            self.fields["deputy"].initial = seated.get(Part.DEPUTY)
            self.fields["secretary"].initial = seated.get(Part.SECRETARY)
            self.fields["members"].initial = [one.person_id for one in self.instance.members.all() if one.part == Part.MEMBER]
        else:
            self.initial["issuer"] = _issuer_for(actor).pk

    def clean(self):
        """Days that fit; everybody once."""
        data = super().clean()
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("Ngày kết thúc không thể trước ngày bắt đầu."))
        for name in ("deputy", "secretary"):
            if data.get(name) and data[name] == data.get("head"):
                self.add_error(name, _("Người này đã là trưởng đoàn. Chọn người khác hoặc bỏ trống."))
        return data

    def seats(self):
        """The members as (Person, Part): head, deputy head, secretary, the rest; everybody once."""
        data = self.cleaned_data
        seats = {data["head"]: Part.HEAD}
        for name, part in (("deputy", Part.DEPUTY), ("secretary", Part.SECRETARY)):
            if data[name]:
                seats.setdefault(data[name], part)
        for person in data["members"]:
            seats.setdefault(person, Part.MEMBER)
        return list(seats.items())


def _issuer_for(actor):
    """Whose decision founds a team by default: an office writes for its standing committee, others for themselves."""
    own = units.body_of(actor.unit.area, "standing_committee") if actor.unit.kind == "council_office" else None
    return own or actor.unit


class TakeUpForm(forms.Form):
    """Which team takes the chosen petitions into its group."""

    team = forms.ModelChoiceField(
        label=_("Đoàn giám sát"), queryset=SupervisionTeam.objects.none(), empty_label=None,
        help_text=_("Cơ quan giải quyết được báo kiến nghị nào đoàn xem xét."),
    )  # fmt: skip

    def __init__(self, *args, actor, **options):
        super().__init__(*args, **options)
        self.fields["team"].queryset = queries.takes_up(actor)
        if not self.fields["team"].queryset.exists():
            self.fields["team"].help_text = _("Chưa có đoàn nào đang giám sát. Lập đoàn ở mục Giám sát, rồi chọn kiến nghị.")


class FindingForm(forms.Form):
    """What the team found of one petition."""

    words = forms.CharField(
        label=_("Nhận xét của đoàn"), max_length=LONGEST, widget=TextArea(rows=5),
        help_text=_("Cơ quan giải quyết đọc được khi đoàn đã kết luận."),
    )  # fmt: skip
    seen = forms.ChoiceField(label=_("Kết quả đoàn thấy"), choices=[("", _("Chọn")), *Seen.choices])
    pace = forms.ChoiceField(label=_("Tiến độ"), choices=[("", _("Chọn")), *Pace.choices])
    advice = forms.ChoiceField(label=_("Đề nghị với văn phòng"), required=False, choices=[("", _("Không")), *Advice.choices])
    mark = forms.CharField(required=False, widget=forms.HiddenInput)


class DemandForm(forms.Form):
    """What a body is asked for: by whom there, by when."""

    body = UnitField(label=_("Cơ quan thực hiện"), kinds=ASKED_KINDS)
    words = forms.CharField(label=_("Việc phải làm"), max_length=LONGEST, widget=TextArea(rows=3))
    person = forms.CharField(
        label=_("Người chịu trách nhiệm"), max_length=160, help_text=_("Họ tên hoặc chức danh, ví dụ Giám đốc Sở.")
    )
    due_on = DateField(label=_("Thời hạn"))

    def __init__(self, *args, area, **options):
        super().__init__(*args, **options)
        self.fields["body"].within = area


class ConcludeForm(forms.Form):
    """The conclusion as it is issued."""

    words = forms.CharField(
        label=_("Kết luận"), max_length=LONGEST, widget=TextArea(rows=8), help_text=_("Mỗi đoạn một dòng, in nguyên như gõ.")
    )
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60, required=False, help_text=_("Ví dụ 03/KL-ĐGS"))
    day = DateField(label=_("Ngày kết luận"))
    signer = forms.CharField(label=_("Người ký"), max_length=120)
    signer_title = forms.CharField(
        label=_("Quyền hạn, chức vụ"), max_length=160, help_text=_("Ví dụ: TM. ĐOÀN GIÁM SÁT – TRƯỞNG ĐOÀN")
    )


class ReportForm(forms.Form):
    """What a body did of what it was asked for."""

    words = forms.CharField(label=_("Kết quả thực hiện"), max_length=LONGEST, widget=TextArea(rows=6))
    file = UploadField(label=_("Văn bản kèm theo"), required=False, help_text=_("PDF, DOCX, XLSX hoặc ảnh, đến 20 MB."))


class ExplainForm(ReportForm):
    """Why a body did not carry something out."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["words"].label = _("Nội dung giải trình")
        self.fields["words"].help_text = _("Lý do chưa thực hiện, trách nhiệm của ai, việc sẽ làm và ngày xong.")


class MeasureForm(forms.Form):
    """Which rung of the ladder the council takes."""

    measure = forms.ChoiceField(label=_("Biện pháp"), choices=Measure)
    reason = forms.CharField(label=_("Căn cứ, yêu cầu"), max_length=LONGEST, widget=TextArea(rows=3))


class JudgeForm(forms.Form):
    """How the council's side sees a report: the words are needed where it goes on, is dropped, or is to be explained."""

    words = forms.CharField(
        label=_("Nhận xét, lý do"), max_length=LONGEST, required=False, widget=TextArea(rows=3),
        help_text=_("Bắt buộc khi yêu cầu thực hiện tiếp, yêu cầu giải trình hoặc thôi theo dõi."),
    )  # fmt: skip
    due_on = DateField(label=_("Hạn mới, khi yêu cầu thực hiện tiếp"), required=False)
    complex_matter = forms.BooleanField(label=_("Việc phức tạp: hạn giải trình dài hơn"), required=False)

    def __init__(self, *args, offers, **options):
        super().__init__(*args, **options)
        for name, move in (("due_on", "send_back_demand"), ("complex_matter", "ask_why")):
            if move not in offers:
                del self.fields[name]
