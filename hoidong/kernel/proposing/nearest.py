"""The decisions whose texts are nearest, through an inverted index: for each word the texts it stands in."""

from dataclasses import dataclass

import numpy as np

NEIGHBOURS = 12
FLOOR = 0.02  # a label none of the neighbours has is unlikely, not impossible


@dataclass(frozen=True)
class Nearest:
    """Texts as an inverted index. `starts[word]` to `starts[word + 1]` are its rows and weights."""

    starts: np.ndarray
    rows: np.ndarray
    values: np.ndarray
    labels: np.ndarray

    @classmethod
    def of(cls, vectors, labels, word_count):
        """Index some vectors with their labels."""
        places = np.concatenate([places for places, _values in vectors]) if vectors else np.zeros(0, np.int64)
        rows = np.repeat(np.arange(len(vectors)), [len(places) for places, _values in vectors])
        values = np.concatenate([values for _places, values in vectors]) if vectors else np.zeros(0, np.float32)
        order = np.argsort(places, kind="stable")
        starts = np.searchsorted(places[order], np.arange(word_count + 1))
        return cls(
            starts.astype(np.int32),
            rows[order].astype(np.int32),
            values[order].astype(np.float32),
            np.asarray(labels, np.int32),
        )

    def scores(self, places, values, label_count, without=None):
        """The logarithm of each label's share among the nearest texts; `without` masks rows that must not vote."""
        if not len(self.labels):
            return np.zeros(label_count, np.float32)
        likeness = self._likeness(places, values)
        if without is not None:
            likeness[without] = 0
        count = min(NEIGHBOURS, len(likeness))
        near = np.argpartition(-likeness, count - 1)[:count]
        shares = np.bincount(self.labels[near], weights=likeness[near] ** 2, minlength=label_count)
        return np.log(shares / (shares.sum() + 1e-9) + FLOOR).astype(np.float32)

    def _likeness(self, places, values):
        spans = [slice(self.starts[place], self.starts[place + 1]) for place in places]
        if not spans:
            return np.zeros(len(self.labels))
        rows = np.concatenate([self.rows[span] for span in spans])
        weights = np.concatenate([self.values[span] * value for span, value in zip(spans, values, strict=True)])
        return np.bincount(rows, weights=weights, minlength=len(self.labels))
