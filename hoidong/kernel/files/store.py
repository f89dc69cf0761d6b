"""The store on disk: bytes under the SHA-256 of themselves, `ab/cdef…`. Written whole or not at all, once only."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def path_of(digest):
    """Where the bytes with this digest lie."""
    return Path(settings.FILES_ROOT) / digest[:2] / digest[2:]


def put(content):
    """Keep bytes and return their digest. When the call returns they are on the disk, also after a loss of power."""
    digest = hashlib.sha256(content).hexdigest()
    target = path_of(digest)
    if target.exists() and target.stat().st_size == len(content):
        return digest
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)
    return digest


def read(digest):
    """The bytes with this digest."""
    return path_of(digest).read_bytes()


def _sync_folder(folder):
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
