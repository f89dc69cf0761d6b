"""Identities that must stay hidden (denouncers, and whoever asks for it): sealed per record, opened by named people with a reason.

    vault.seal(petition, {"full_name": …, "address": …}, unit=inspectorate, readers=[person], by=actor)
    vault.add_scan(petition, content, name="Đơn viết tay.pdf", media_type="application/pdf", by=actor)
    vault.may_open(actor, petition)                                  # a page that asks answers 404 where not
    vault.open_box(petition, reason="Xác minh theo Kế hoạch số …", by=actor)      # the content; an entry, and the head is told
    vault.gives_away(petition, "…")                                  # would this text name what is sealed?
    vault.keep_out("petitions.petition", rule)                       # rule(subject_id, person) -> bool: the person complained of

Only ciphertext reaches the database: no search, list, count, export, log, event, notice or backup holds what was sealed. The key is
the installation's (settings.VAULT_KEY), not the database's. Law on Denunciations 25/2018/QH14, articles 47, 56; Law 91/2025/QH15.
"""

from .boxes import add_scan, amend, destroy, gives_away, open_box, open_scan, seal
from .glass import ask_to_break, confirm_breaking, refuse_breaking
from .readers import keep_out, let_read, may_open, readers_of, stop_reading

__all__ = [
    "add_scan", "amend", "ask_to_break", "confirm_breaking", "destroy", "gives_away", "keep_out", "let_read", "may_open", "open_box",
    "open_scan", "readers_of", "refuse_breaking", "seal", "stop_reading",
]  # fmt: skip
