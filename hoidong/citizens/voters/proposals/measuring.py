"""How often proposals are right: a judge compared with decisions it has not seen."""

from collections import Counter
from dataclasses import dataclass, field

from .marking import likeness, marks_of, pairs_of

HELD_BACK_BELOW = 0.4  # a share under which nothing is proposed, only candidates are shown
REPEAT = 0.8


@dataclass
class Tally:
    """Right and wrong for one kind of label. `sure` holds (share, right) of each case."""

    sure: list = field(default_factory=list)
    first: int = 0
    three: int = 0
    proposed: int = 0
    proposed_right: int = 0
    by_label: Counter = field(default_factory=Counter)
    right_by_label: Counter = field(default_factory=Counter)

    def add(self, weighed, chosen):
        """Count one case."""
        right = weighed.first[0] == chosen
        self.first += right
        self.three += chosen in weighed.labels[:3]
        self.sure.append((weighed.first[1], right))
        self.by_label[chosen] += 1
        self.right_by_label[chosen] += right
        if weighed.first[1] >= HELD_BACK_BELOW:
            self.proposed += 1
            self.proposed_right += right

    @property
    def count(self):
        """How many were compared."""
        return len(self.sure)

    @property
    def half(self):
        """How many are right of the half it is surest of."""
        surest = sorted(self.sure, key=lambda pair: -pair[0])[: self.count // 2]
        return sum(right for _share, right in surest), len(surest)

    def as_json(self):
        """The figures as percentages."""
        right, of = self.half
        return {
            "count": self.count, "top1": _percent(self.first, self.count), "top3": _percent(self.three, self.count),
            "surest_half": _percent(right, of), "held_back": _percent(self.count - self.proposed, self.count),
            "top1_when_proposed": _percent(self.proposed_right, self.proposed),
        }  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """The tallies of bodies and of fields."""

    bodies: Tally
    fields: Tally

    def as_json(self):
        """Both as percentages."""
        return {"bodies": self.bodies.as_json(), "fields": self.fields.as_json()}


def compare(judge, cases):
    """Compare a judge with decisions."""
    bodies, fields = Tally(), Tally()
    tally_all([judge.weigh(case.text, usual_level=case.usual_level) for case in cases], cases, bodies, fields)
    return Comparison(bodies, fields)


def tally_all(weighed, cases, bodies, fields):
    """Count what was weighed for each case; a case without a body or a field counts where it has one."""
    for (of_body, of_field, _reading), case in zip(weighed, cases, strict=True):
        if case.body:
            bodies.add(of_body, case.body)
        if case.field:
            fields.add(of_field, case.field)


def repeats(cases, earlier):
    """The places of cases whose words stand nearly alike among earlier ones: they were seen, whatever their number."""
    by_mark, pairs = {}, [pairs_of(case.text) for case in earlier]
    for place, case in enumerate(earlier):
        for mark in marks_of(case.text):
            by_mark.setdefault(mark, set()).add(place)
    found = set()
    for place, case in enumerate(cases):
        mine = pairs_of(case.text)
        near = set().union(*(by_mark.get(mark, ()) for mark in marks_of(case.text)))
        if any(likeness(mine, pairs[other]) >= REPEAT for other in near):
            found.add(place)
    return found


def _percent(part, whole):
    return round(100 * part / whole, 1) if whole else None
