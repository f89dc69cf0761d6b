"""Proposing a label for a text, from decisions people made before: counts and sums only, no domain word, no text kept.

    model = learn([Example(text, label, evidence), …], labels=…, signals=…)
    model.weigh(text, evidence)      # the share of each label, and why

Three voices speak: the words (complement Bayes), the nearest earlier texts, and what the caller knows beforehand (`evidence`).
How loud each is, is learned from decisions that were left out when the voice was trained. What is kept of a text are hashed
words with their weights: nobody can read a text out of a model.
"""

from .learning import Example, learn, of_evidence
from .model import Model

__all__ = ["Example", "Model", "learn", "of_evidence"]
