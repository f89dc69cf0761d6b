"""What the platform could not find out and asks its administrators. Parts above this one add theirs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """One open question: what is asked, what happens meanwhile, and where it is answered (`door`: the word of the link)."""

    title: str
    text: str
    url: str
    door: str = ""


_askers = []


def ask(find):
    """Register `find(actor)`, which gives a list of open Questions."""
    _askers.append(find)
    return find


def open_questions(actor):
    """All open questions for an administrator."""
    return [question for find in _askers for question in find(actor)]
