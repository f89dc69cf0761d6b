"""Body and field of a text together: two learned models over the same reading, the field hearing what the body says."""

from dataclasses import dataclass

import numpy as np

from hoidong.kernel import proposing

from . import evidence, knowledge
from .evidence import Scheme

FIELD_SIGNALS = ("rule", "by_body")
FIELD_BEFORE = np.array([1.8, 0.0])


@dataclass(frozen=True)
class Case:
    """A decision to learn from, or to compare a proposal with: the text and what was chosen, "" where nothing was.

    `usual_level` is the level most petitions of the place where it was raised belong to, as for a proposal.
    """

    text: str
    body: str = ""
    field: str = ""
    usual_level: str = ""


@dataclass(frozen=True)
class Weighed:
    """Labels with their shares, the likeliest first."""

    labels: tuple
    shares: tuple

    @property
    def first(self):
        """The likeliest label and its share; ("", 0) where there is none."""
        return (self.labels[0], self.shares[0]) if self.labels else ("", 0.0)


@dataclass(frozen=True)
class Judge:
    """Two models with the schemes they were made for. `shares_by_body`: fields among the decisions of each body."""

    bodies: proposing.Model
    body_scheme: Scheme
    fields: proposing.Model
    field_scheme: Scheme
    shares_by_body: np.ndarray

    def weigh(self, text, *, usual_level=""):
        """(Weighed bodies, Weighed fields, the reading) for a text."""
        reading = knowledge.read(text)
        marks = marks_of(reading)
        shares = self.bodies.weigh(text, evidence.of(reading, self.body_scheme, usual_level), marks)
        field_shares = self.fields.weigh(text, _field_evidence(reading, self.field_scheme, shares, self.shares_by_body), marks)
        return _ranked(self.bodies.labels, shares), _ranked(self.fields.labels, field_shares), reading


def learn(cases, *, body_scheme, field_scheme):
    """Learn bodies and fields from cases, the newest last. Few or no cases: the written knowledge speaks alone."""
    readings = [knowledge.read(case.text) for case in cases]
    marks = [marks_of(reading) for reading in readings]
    chosen = [row for row, case in enumerate(cases) if case.body]
    bodies = proposing.learn(
        [
            proposing.Example(
                cases[row].text, cases[row].body, evidence.of(readings[row], body_scheme, cases[row].usual_level), marks[row]
            )
            for row in chosen
        ],
        labels=body_scheme.labels, signals=evidence.SIGNALS, before=evidence.BEFORE,
    )  # fmt: skip
    shares_by_body = _shares_by_body(cases, body_scheme, field_scheme)
    body_places = body_scheme.places
    examples = []
    for case, reading, extra in zip(cases, readings, marks, strict=True):
        if not case.field:
            continue
        # What the body is, is known when the field is learned; when it is proposed, only its shares are.
        body = np.zeros(len(body_places))
        if case.body:
            body[body_places[case.body]] = 1
        given = _field_evidence(reading, field_scheme, body, shares_by_body)
        examples.append(proposing.Example(case.text, case.field, given, extra))
    fields = proposing.learn(examples, labels=field_scheme.labels, signals=FIELD_SIGNALS, before=FIELD_BEFORE)
    return Judge(bodies, body_scheme, fields, field_scheme, shares_by_body)


def marks_of(reading):
    """The phrases of the knowledge in a text, as words of their own for what is learned."""
    return tuple(sorted({f"{found.owner.code}:{found.phrase}" for found in reading.competences}))


def _shares_by_body(cases, body_scheme, field_scheme):
    counts = np.full((len(body_scheme.labels), len(field_scheme.labels)), 0.1)
    bodies, fields = body_scheme.places, field_scheme.places
    for case in cases:
        if case.body and case.field:
            counts[bodies[case.body], fields[case.field]] += 1
    return counts / counts.sum(axis=1, keepdims=True) if counts.size else counts


def _field_evidence(reading, scheme, body_shares, shares_by_body):
    rules = evidence.of_field(reading, scheme)
    total = body_shares.sum()
    by_body = np.log((body_shares @ shares_by_body) / total + 0.01) if total else np.zeros(len(scheme.labels))
    return np.column_stack([rules, by_body])


def _ranked(labels, shares):
    order = np.argsort(-shares, kind="stable")
    return Weighed(tuple(labels[place] for place in order), tuple(float(shares[place]) for place in order))
