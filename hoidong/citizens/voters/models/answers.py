"""What the body answered, and how the council's office judged it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..states import Result, Verdict


class Answer(models.Model):
    """A reply (trả lời) to one petition. The letter's number and date may come later; a promise never lacks its date."""

    petition = models.ForeignKey("voters.Petition", models.PROTECT, related_name="answers")
    body = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(_("Nội dung trả lời"))
    result = models.CharField(_("Xếp loại kết quả"), max_length=24, choices=Result)
    road_map = models.TextField(_("Lộ trình"), blank=True)
    promised_on = models.DateField(_("Ngày hứa xong"), null=True, blank=True)
    letter_number = models.CharField(_("Số, ký hiệu văn bản"), max_length=60, blank=True)
    letter_date = models.DateField(_("Ngày ban hành"), null=True, blank=True)
    signer = models.CharField(_("Người ký"), max_length=120, blank=True)
    on_paper = models.BooleanField(_("Văn phòng ghi theo văn bản giấy"), default=False, db_default=False)
    file_id = models.BigIntegerField(null=True, blank=True)
    given_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True, blank=True)
    given_on = models.DateField()
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = _("trả lời")
        constraints = [
            models.UniqueConstraint(name="one_answer_a_round", fields=["petition", "round"]),
            models.CheckConstraint(
                name="road_map_has_a_date", condition=~Q(result="working.road_map") | Q(promised_on__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.petition_id}: {self.get_result_display()}"

    # As for petitions: lists ask it for every row, and Django's own looks through all choices each time.
    def get_result_display(self):
        """The words of the class."""
        return str(Result(self.result).label) if self.result else ""


class Assessment(models.Model):
    """The judgement of one reply (đánh giá): is it what was asked, and did it come on time."""

    answer = models.OneToOneField(Answer, models.PROTECT, related_name="assessment")
    verdict = models.CharField(max_length=8, choices=Verdict)
    on_time = models.BooleanField()
    note = models.TextField(blank=True)
    made_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True, blank=True)
    made_on = models.DateField()

    class Meta:
        verbose_name = _("đánh giá trả lời")

    def __str__(self):
        return f"{self.answer_id}: {self.get_verdict_display()}"
