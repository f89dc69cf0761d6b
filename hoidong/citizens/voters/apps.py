"""The voters' petitions as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VotersConfig(AppConfig):
    """Makes known to the kernel what this module prints, imports, finds and tells."""

    name = "hoidong.citizens.voters"
    label = "voters"
    verbose_name = _("kiến nghị cử tri")

    def ready(self):
        from hoidong.kernel import notices, search, workflow

        from . import mirrors, moves, papers, receivers, sheets, states
        from .members import receivers as members
        from .replies import connecting as replies
        from .reports import printing
        from .rounds import connecting
        from .shares import connecting as shares
        from .supervision import connecting as supervision

        papers.connect()
        connecting.connect()
        replies.connect()
        printing.connect()
        shares.connect()
        supervision.connect()
        sheets.connect()
        notices.register(*members.KINDS)
        notices.register(*receivers.KINDS)
        search.register_scope(mirrors.searched_units)
        search.register_provider(mirrors.KIND, _("Kiến nghị cử tri"), mirrors.entries)
        workflow.describe("voters", moves.MOVES, states.S, states.S.NEW)
