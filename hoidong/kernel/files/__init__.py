"""Files people bring: checked by their content, kept once under the name of their content, sent only to who may see them.

    stored = files.save(upload, by=actor, unit=unit)      # errors.Invalid says what is wrong with the file
    files.serve_rule("voters.answer", may_see)            # may_see(actor or None, stored) -> bool
    stored.url                                            # 404 unless a rule allows it

The name of a file is never trusted: what it is follows from its bytes. Law: Decree 30/2020/NĐ-CP on records, Law
91/2025/QH15 on personal data (a file is private until a rule of its module says otherwise).
"""

from .access import may_see, serve_rule
from .saving import by_id, save

__all__ = ["by_id", "may_see", "save", "serve_rule"]
