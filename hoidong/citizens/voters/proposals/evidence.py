"""What the knowledge says of each label, before anything is learned: one row a label, one column a signal."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

SIGNALS = ("rule", "called", "asked", "asked_first", "named", "named_alone", "wide_named", "level")
# How loud each signal is while nothing is learned; what is learned begins from here.
BEFORE = np.array([2.0, 0.5, 0.5, 1.8, 0.1, 1.2, -0.2, 1.0])
STRONG, WEAK = 2.0, 0.7
SHARED = 0.3  # of a second competence of the same body
NOTHING = 0.5


@dataclass(frozen=True)
class Scheme:
    """Which labels stand for a competence ({code: labels}) and for a body that is named ({Addressee: label}).

    `level_of` gives the level of a label; a label without one is not touched by words that speak of levels.
    """

    labels: tuple
    of_competence: dict
    of_addressee: dict
    level_of: dict

    @property
    def places(self):
        """{label: its row}."""
        return {label: place for place, label in enumerate(self.labels)}


def of(reading, scheme, usual_level=""):
    """The evidence of a reading for the labels of a scheme, as labels × signals.

    `usual_level`: the level most petitions of the place belong to; it decides where the text says nothing.
    """
    places = scheme.places
    columns = np.zeros((len(scheme.labels), len(SIGNALS)))
    columns[:, 0] = _rules(reading, scheme, places)
    _addressed(reading, scheme, places, columns)
    columns[:, 7] = _levels(reading, scheme, usual_level)
    return columns


def of_field(reading, scheme):
    """The evidence for fields: rules alone, a text names no field."""
    columns = np.zeros((len(scheme.labels), 1))
    columns[:, 0] = _rules(reading, scheme, scheme.places)
    return columns


def _rules(reading, scheme, places):
    """The logarithm of how much the phrases say for each label, 0 for the one they say most for."""
    said = strengths(reading)
    scores = np.zeros(len(places))
    for code, strength in said.items():
        for label in scheme.of_competence.get(code, ()):
            at = places[label]
            scores[at] = max(scores[at], strength) + SHARED * min(scores[at], strength)
    spoken = np.log(scores + NOTHING)
    return spoken - spoken.max() if len(spoken) else spoken


def strengths(reading):
    """{code of a competence: how much the phrases say for it}: a phrase counts once, and a little more when it comes again."""
    counts = Counter((found.owner.code, found.phrase, found.strong) for found in reading.competences)
    shared = Counter(phrase for _code, phrase, _strong in counts)
    said = Counter()
    for (code, phrase, strong), count in counts.items():
        said[code] += (1 + np.log(count)) * (STRONG if strong else WEAK) / shared[phrase]
    return said


def _addressed(reading, scheme, places, columns):
    """Bodies that are asked or named. A wide one ("Chính phủ") says less, for everybody calls upon it."""

    def label_of(found):
        return scheme.of_addressee.get(found.owner)

    asked = [found for found in reading.asked if label_of(found)]
    own = [label_of(found) for found in asked if not found.owner.wide]
    for found in asked:
        if found.owner.wide:
            columns[places[label_of(found)], 1] = 1 / (1 + len(set(own)))
    for label in own:
        columns[places[label], 2] = 1 / len(set(own))
    if own:
        columns[places[own[0]], 3] = 1
    named = [label_of(found) for found in reading.named if label_of(found) and not found.owner.wide]
    for label, count in Counter(named).items():
        columns[places[label], 4] = count / len(named)
    if len(set(named)) == 1:
        columns[places[named[0]], 5] = 1
    for label, count in Counter(label_of(found) for found in reading.named if found.owner.wide).items():
        if label:
            columns[places[label], 6] = count / len(reading.named)


def _levels(reading, scheme, usual_level):
    """The logarithm of each level's share among the level words, for each label."""
    levels = {level for level in scheme.level_of.values() if level}
    if not levels:
        return np.zeros(len(scheme.labels))
    counts = Counter({level: NOTHING for level in levels})
    for level, _phrase in {(found.owner, found.phrase) for found in reading.levels}:
        if level in counts:
            counts[level] += 1
    if usual_level in counts:
        counts[usual_level] += 1
    total = sum(counts.values())
    shares = {level: np.log(count / total) for level, count in counts.items()}
    return np.array([shares.get(scheme.level_of.get(label, ""), 0.0) for label in scheme.labels])
