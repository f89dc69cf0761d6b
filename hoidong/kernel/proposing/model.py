"""What was learned: asked for the share of each label of a text, kept as bytes, read back."""

import io
import json
from dataclasses import dataclass

import numpy as np

from . import bayes, weighing
from .nearest import Nearest
from .words import Words, hashed, terms_of

OWN_SIGNALS = ("bayes", "near", "prior")
FORM = 1  # of the bytes; a model of another form is learned anew


@dataclass(frozen=True)
class Model:
    """Labels, what the voices know, and how loud each speaks. `decisions` is how many it learned from."""

    labels: tuple
    signals: tuple
    words: Words
    spoken: np.ndarray
    near: Nearest
    prior: np.ndarray
    weights: np.ndarray
    bias: np.ndarray
    decisions: int

    def weigh(self, text, evidence, extra=()):
        """The share of each label, in the order of `labels`; they sum to 1. `evidence` is labels × own signals."""
        places, values = self.words.vector(*hashed(terms_of(text, extra)))
        own = self.own_signals(places, values)
        return weighing.shares(np.concatenate([own, evidence], axis=1), self.weights, self.bias)

    def own_signals(self, places, values):
        """What the learned voices say of each label: labels × 3. Nothing learned says nothing."""
        if not self.decisions:
            return np.zeros((len(self.labels), len(OWN_SIGNALS)))
        return np.stack(
            [
                bayes.scores(self.spoken, places, values),
                self.near.scores(places, values, len(self.labels)),
                self.prior,
            ],
            axis=1,
        )

    def words_for(self, text, label, most=4):
        """The words of this text that speak most for a label, as pairs or single words without marks."""
        if not self.decisions:
            return []
        at, said = self.labels.index(label), []
        for term in dict.fromkeys(terms_of(text)):
            places, values = self.words.vector(*hashed([term]))
            if len(places):
                column = self.spoken[:, places[0]].astype(np.float32)
                said.append((float(column[at] - column.mean()) * float(values[0]) * self.words.rarity[places[0]], term))
        return [term for strength, term in sorted(said, reverse=True)[:most] if strength > 0]

    def to_bytes(self):
        """As it is kept."""
        held = io.BytesIO()
        head = {"form": FORM, "labels": self.labels, "signals": self.signals, "decisions": self.decisions}
        np.savez_compressed(
            held, head=np.frombuffer(json.dumps(head).encode(), np.uint8), codes=self.words.codes, rarity=self.words.rarity,
            spoken=self.spoken, starts=self.near.starts, rows=self.near.rows, values=self.near.values.astype(np.float16), of=self.near.labels,
            prior=self.prior, weights=self.weights, bias=self.bias,
        )  # fmt: skip
        return held.getvalue()

    @classmethod
    def from_bytes(cls, kept):
        """Read back; ValueError for the bytes of another form."""
        with np.load(io.BytesIO(kept), allow_pickle=False) as held:
            head = json.loads(bytes(held["head"]))
            if head["form"] != FORM:
                raise ValueError(f"a model of form {head['form']}, not {FORM}")
            return cls(
                labels=tuple(head["labels"]), signals=tuple(head["signals"]), words=Words(held["codes"], held["rarity"]),
                spoken=held["spoken"], near=Nearest(held["starts"], held["rows"], held["values"].astype(np.float32), held["of"]),
                prior=held["prior"], weights=held["weights"], bias=held["bias"], decisions=head["decisions"],
            )  # fmt: skip
