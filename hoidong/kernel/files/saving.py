"""Taking a file in."""

import re
from pathlib import PurePosixPath

from .. import audit
from ..base import dates, text
from . import judging, store
from .models import StoredFile

NAME_LENGTH = 120


def save(upload, *, name="", by, unit=None, limit=None):
    """Check and keep an uploaded file or bytes; returns the StoredFile. Raises errors.Invalid, in words for people.

    `by` is the Actor who brings it, `unit` the unit it belongs to (the actor's own where none is named).
    """
    content, name = read(upload, name, limit)
    found = judging.judge(content, name, limit)
    stored = StoredFile.objects.create(
        digest=store.put(content),
        size=len(content),
        media_type=found.media_type,
        name=name,
        created_at=dates.now(),
        by=by.account,
        unit=unit or by.unit,
    )
    audit.record("files.save", stored, by, name=name, size=len(content), digest=stored.digest)
    return stored


def read(upload, name="", limit=None):
    """(bytes, tidy name) of an upload; one that is too large is refused before it is read."""
    name = tidy_name(name or getattr(upload, "name", "") or "tep")
    if isinstance(upload, bytes | bytearray | memoryview):
        return bytes(upload), name
    judging.check_size(upload.size, name, limit)
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    return content, name


def tidy_name(name):
    """The name of a file without folders and odd signs, short enough; its extension stays."""
    plain = re.sub(r"[\0-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069<>:\"|?*#%]", "", text.nfc(name).replace("\\", "/"))
    plain = " ".join(PurePosixPath(plain).name.split()).strip(". ") or "tep"
    stem, dot, extension = plain.rpartition(".")
    if not dot or len(extension) > 10:
        return plain[:NAME_LENGTH]
    return f"{(stem or 'tep')[: NAME_LENGTH - len(extension) - 1].rstrip()}.{extension.lower()}"


def by_id(pk):
    """The StoredFile with this number, or None."""
    return StoredFile.objects.filter(pk=pk).first()
