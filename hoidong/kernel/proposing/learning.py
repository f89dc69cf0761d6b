"""Learning from decisions: one pass for the voices, then their loudness from decisions that were left out."""

from dataclasses import dataclass

import numpy as np

from . import bayes, weighing
from .model import OWN_SIGNALS, Model
from .nearest import Nearest
from .words import Words, hashed, terms_of

FOLDS = 5
MOST_NEAR = 8_000  # texts among which neighbours are looked for
MOST_WEIGHED = 2_500  # decisions from which the loudness is learned
LEAST = 30  # fewer decisions teach nothing that is not chance


@dataclass(frozen=True)
class Example:
    """One decision: a text, the label somebody chose, what is known beforehand (labels × signals), own marks."""

    text: str
    label: str
    evidence: np.ndarray
    extra: tuple = ()


def of_evidence(labels, signals, before):
    """The model that has learned nothing: evidence alone speaks, as loud as `before` says (one number a signal)."""
    count = len(labels)
    nothing = np.zeros(0, np.float32)
    return Model(
        labels=tuple(labels), signals=tuple(signals), words=Words(np.zeros(0, np.uint32), nothing),
        spoken=np.zeros((count, 0), np.float16), near=Nearest.of([], [], 0), prior=np.zeros(count, np.float32),
        weights=np.concatenate([np.zeros(len(OWN_SIGNALS)), before]), bias=np.zeros(count), decisions=0,
    )  # fmt: skip


def learn(examples, *, labels, signals, before, seed=7):
    """Learn from decisions, the newest last. `before`: how loud each signal of the evidence is when nothing is known.

    Labels that nobody chose yet may be among `labels`. With fewer than LEAST decisions only the evidence speaks.
    """
    examples = list(examples)
    if len(examples) < LEAST:
        return of_evidence(labels, signals, before)
    place = {label: number for number, label in enumerate(labels)}
    chosen = np.array([place[example.label] for example in examples])
    counted = [hashed(terms_of(example.text, example.extra)) for example in examples]
    words = Words.of(counted)
    vectors = [words.vector(*pair) for pair in counted]
    del counted
    sums = bayes.sums_of(vectors, chosen, len(labels), len(words.codes))
    first_near = max(0, len(vectors) - MOST_NEAR)
    near = Nearest.of(vectors[first_near:], chosen[first_near:], len(words.codes))
    weights, bias = _loudness(examples, vectors, chosen, sums, near, first_near, before, seed)
    return Model(
        labels=tuple(labels), signals=tuple(signals), words=words, spoken=bayes.weights_of(sums).astype(np.float16), near=near,
        prior=_prior(chosen, len(labels)), weights=weights, bias=bias, decisions=len(examples),
    )  # fmt: skip


def _prior(chosen, label_count):
    counts = np.bincount(chosen, minlength=label_count) + 0.5
    return np.log(counts / counts.sum()).astype(np.float32)


def _loudness(examples, vectors, chosen, sums, near, first_near, before, seed):
    """Weights learned from what each voice says of decisions it has not seen: five times a fifth is left out."""
    order = np.random.default_rng(seed)
    fold_of = order.integers(0, FOLDS, len(examples))
    weighed = order.permutation(len(examples))[:MOST_WEIGHED]
    label_count, rows, decided = len(sums), [], []
    for fold in range(FOLDS):
        left_out = np.flatnonzero(fold_of == fold)
        own = bayes.sums_of([vectors[row] for row in left_out], chosen[left_out], *sums.shape)
        spoken = bayes.weights_of(np.maximum(sums - own, 0))
        prior = _prior(chosen[fold_of != fold], label_count)
        silent = fold_of[first_near:] == fold
        for row in weighed[fold_of[weighed] == fold]:
            places, values = vectors[row]
            heard = [bayes.scores(spoken, places, values), near.scores(places, values, label_count, without=silent), prior]
            rows.append(np.concatenate([np.stack(heard, axis=1), examples[row].evidence], axis=1))
            decided.append(chosen[row])
    start = np.concatenate([np.zeros(len(OWN_SIGNALS)), before])
    return weighing.fit(np.array(rows), np.array(decided), start)
