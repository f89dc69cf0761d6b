"""Makes known to the kernel what coordinating bodies send along and are told. Called once, when the app is ready."""

from hoidong.kernel import files, notices

from . import queries, receivers


def connect():
    """Register the readers of their papers, and the notices."""
    files.serve_rule("voters.share", queries.may_see_file)
    notices.register(*receivers.KINDS)
