"""A batch of petitions goes to the body competent to answer: letter, number, deadline by law."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from hoidong.kernel import deadlines, numbering, workflow
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid
from hoidong.kernel.base.language import in_vietnamese

from .. import mirrors, moves, papers
from ..models import Petition, TransferItem, TransferLetter
from .office import _make

REGISTER = "voters.transfer_letter"
RULE = "KNCT.ANSWER_COUNCIL"
DUTY = "answer"


@transaction.atomic
def transfer(petitions, *, issuer, issued_on, signer, signer_title, by, complex_matter=False, with_paper=True):
    """Send petitions of one body out with one letter and return it.

    The letter takes the next number of the issuer's register, the deadline comes from the rule in force on the day of
    issue. Raises Invalid for an empty batch or several bodies, NotAllowed when one of them cannot go.
    """
    if issued_on > dates.today():
        raise Invalid(
            _("Ngày %(day)s chưa tới. Ghi ngày phát hành không sau hôm nay.") % {"day": dates.format_date(issued_on)},
            field="issued_on",
        )
    # Locked, so that nobody gives one of them to another body while its letter is written.
    batch = list(petitions.order_by("pk").select_related("session").select_for_update(of=("self",)))
    bodies = {petition.body_id for petition in batch}
    if len(bodies) != 1 or None in bodies:
        raise Invalid(_("Một văn bản chỉ gửi một cơ quan. Chọn các kiến nghị cùng một cơ quan thẩm quyền."))
    office = batch[0].office
    variant = "complex" if complex_matter else None
    due = deadlines.due_by_rule(RULE, issued_on, variant=variant, unit=office)
    number = numbering.draw(REGISTER, unit=issuer, year=issued_on.year)
    letter = TransferLetter.objects.create(
        office=office, issuer=issuer, body=batch[0].body, session=batch[0].session,
        number=number, symbol=papers.symbol(number, issuer), issued_on=issued_on, due_on=due.due_on,
        signer=signer, signer_title=signer_title, complex=complex_matter, count=len(batch),
        made_by=by.person, made_at=dates.now(),
    )  # fmt: skip
    enter_in_book(letter, _lazy("Chuyển kiến nghị của cử tri đến %(body)s"))
    TransferItem.objects.bulk_create([TransferItem(letter=letter, petition=petition) for petition in batch], batch_size=500)
    keys = [petition.pk for petition in batch]
    sent = workflow.make_many(
        moves.SEND, Petition.objects.filter(pk__in=keys), by=by,
        sent_on=issued_on, due_on=due.due_on, letter=letter.symbol, letter_id=letter.pk,
    )  # fmt: skip
    deadlines.open_many(sent, rule=RULE, start=issued_on, variant=variant, duty=DUTY, unit=office, by=by)
    if with_paper:
        letter.paper_id = papers.transfer_letter(letter, sent, by=by).pk
        letter.save(update_fields=["paper_id"])
    mirrors.touch(keys, by=by)
    return letter


@in_vietnamese
def enter_in_book(letter, title, **more):
    """Write into the register's book what the drawn number was given to."""
    numbering.enter(
        REGISTER, unit=letter.issuer, year=letter.issued_on.year, number=letter.number, subject=letter, symbol=letter.symbol,
        title=title % {"body": letter.body.full_name, **more}, issued_on=letter.issued_on,
        signer=letter.signer, recipients=letter.body.full_name,
    )  # fmt: skip


@transaction.atomic
def take(petitions, *, by):
    """The body takes petitions on (tiếp nhận)."""
    taken = _make(moves.TAKE, petitions, by)
    _settle_items(taken, TransferItem.Outcome.TAKEN, "")
    return taken


@transaction.atomic
def give_back(petitions, *, by, reason, proposed=None, on_paper=False):
    """The body returns petitions that are not its own (không thuộc thẩm quyền), with the reason; their clock stops.

    `proposed` is the body it holds to be competent, if it names one: a proposal, the council's office decides. With
    `on_paper` that office writes down a return that came by letter. Raises Invalid where the returning body names itself.
    """
    named = {"proposed": proposed.called} if proposed else {}
    returned = _make(moves.RETURN_ON_PAPER if on_paper else moves.RETURN, petitions, by, reason, due_on=None, **named)
    if proposed is not None and any(petition.body_id == proposed.pk for petition in returned):
        raise Invalid(
            _("%(body)s là cơ quan đang trả lại. Chọn cơ quan khác hoặc để trống.") % {"body": proposed.name}, field="proposed"
        )
    _settle_items(returned, TransferItem.Outcome.RETURNED, reason, proposed)
    deadlines.close_many(returned, duty=DUTY, on=dates.today(), by=by)
    return returned


def _settle_items(petitions, outcome, reason, proposed=None):
    newest = (
        TransferItem.objects.filter(petition__in=[petition.pk for petition in petitions])
        .order_by("petition", "-id")
        .distinct("petition")
        .values("pk")
    )
    TransferItem.objects.filter(pk__in=newest).update(
        outcome=outcome, reason=reason, proposed_body=proposed, decided_on=dates.today()
    )
