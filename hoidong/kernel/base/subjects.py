"""A subject is what an entry, a deadline, a file or a notice is about: a kind and a number, never a foreign key.

So the parts that speak about every module's records know none of them. A module registers its kinds in its AppConfig.
"""

from dataclasses import dataclass

from django.apps import apps
from django.urls import reverse


@dataclass(frozen=True)
class Ref:
    """A pointer to any record: `voters.petition`, 1284."""

    kind: str
    id: int

    def __str__(self):
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True)
class Subject:
    """What is known about a kind of record: its model, its page and its word for people."""

    kind: str
    model: str
    label: str
    url_name: str = ""

    def url(self, pk):
        """The page of one record, or an empty text where the kind has no page."""
        return reverse(self.url_name, args=[pk]) if self.url_name else ""


_subjects: dict[str, Subject] = {}


def register(kind, model, label, url_name=""):
    """Make a kind known; `model` is an app label and model name ("voters.Petition")."""
    _subjects[kind] = Subject(kind=kind, model=model, label=label, url_name=url_name)


def known(kind):
    """The Subject of a kind, or None."""
    return _subjects.get(kind)


def ref(record):
    """The Ref of a model instance, or the Ref itself. The kind is `app label.model name` in lower case."""
    if isinstance(record, Ref):
        return record
    return Ref(record._meta.label_lower, record.pk)


def url_of(kind, pk):
    """The page of a record, or an empty text."""
    subject = _subjects.get(kind)
    return subject.url(pk) if subject else ""


def model_of(kind):
    """The model class behind a registered kind."""
    return apps.get_model(_subjects[kind].model)
