"""Classifying many at once: what is proposed for each stands in its row; a person ticks which proposals are taken over."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hoidong.kernel.base.errors import Invalid

from .. import actions, forms
from ..proposals import queries as proposals

MOST = 50  # rows a proposal is worked out for: half a second
NAMES = ("field", "level", "body")


@dataclass(frozen=True)
class Row:
    """What is proposed for one petition, the three values as the form takes them, and whether it is ticked."""

    proposal: object
    value: str
    ticked: bool


def put_rows(request, chosen):
    """Give each of several petitions the row that is proposed for it as `offered`, None where nothing is.

    Returns how many have one, or None where nothing was asked: for one petition, or for more than MOST.
    """
    if not 1 < len(chosen) <= MOST:
        return None
    ticked = set(request.POST.getlist("nhan"))
    found = proposals.propose_many(request.actor, chosen)
    for petition in chosen:
        proposal = found.get(petition.pk)
        petition.offered = Row(proposal, _value(proposal), str(petition.pk) in ticked) if proposal and proposal.offers else None
    return sum(petition.offered is not None for petition in chosen)


def _value(proposal):
    given = dict(proposal.offers)
    return ".".join(given[name].value if name in given else "" for name in NAMES)


def take_over(request, petitions, data):
    """Classify the ticked petitions as was proposed when the page was shown, the others as the form says.

    Others are left alone where the form says nothing. Returns the petitions that were classified. Raises Invalid for a value
    that is no choice of the form.
    """
    done, ticked = set(), {}
    here = {str(petition.pk): petition.pk for petition in petitions}
    for key in request.POST.getlist("nhan"):
        if key in here:
            ticked.setdefault(request.POST.get(f"nhan-{key}", ""), []).append(here[key])
    for value, keys in sorted(ticked.items()):
        form = forms.ClassifyForm(dict(zip(NAMES, value.split("."), strict=False)))
        if not form.is_valid():
            raise Invalid(" ".join(message for messages in form.errors.values() for message in messages))
        actions.classify(petitions.filter(pk__in=keys), by=request.actor, **form.cleaned_data)
        done.update(keys)
    if not done and not any(data.values()) and len(here) > 1:
        raise Invalid(
            _("Chọn ít nhất một trong ba: lĩnh vực, cấp, cơ quan; hoặc đánh dấu đề xuất của từng kiến nghị."), field="field"
        )
    if not done or any(data.values()):
        rest = petitions.exclude(pk__in=done)
        if keys := list(rest.values_list("pk", flat=True)):
            actions.classify(petitions.filter(pk__in=keys), by=request.actor, **data)
            done.update(keys)
    return [petition for petition in petitions if petition.pk in done]
