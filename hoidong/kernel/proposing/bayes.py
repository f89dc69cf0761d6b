"""Complement Bayes: a label is likely when the text's words are rare among the decisions for all other labels.

Rennie, Shih, Teevan, Karger: "Tackling the Poor Assumptions of Naive Bayes Text Classifiers" (2003). One pass of sums, so that
it learns as fast as texts can be read, and what was learned from some decisions can be taken out again by subtraction.
"""

import numpy as np

SMOOTHING = 0.3


def sums_of(vectors, labels, label_count, word_count):
    """For each label the summed weights of each word, as a matrix."""
    sums = np.zeros((label_count, word_count), np.float32)
    for (places, values), label in zip(vectors, labels, strict=True):
        sums[label, places] += values
    return sums


def weights_of(sums):
    """How strongly each word speaks for each label."""
    others = sums.sum(axis=0) - sums + SMOOTHING
    return -np.log(others / others.sum(axis=1, keepdims=True))


def scores(weights, places, values):
    """What the words say of each label, with mean 0 and spread 1 over the labels."""
    found = weights[:, places].astype(np.float32) @ values
    found -= found.mean()
    spread = float(found.std())
    return found / spread if spread > 1e-9 else found
