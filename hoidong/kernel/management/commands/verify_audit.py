"""`manage.py verify_audit`: proves that the audit log is whole."""

from django.core.management.base import BaseCommand, CommandError

from hoidong.kernel.audit import chain
from hoidong.kernel.audit.models import AuditEntry


class Command(BaseCommand):
    help = "Prove that no audit entry was changed, removed or slipped in."

    def handle(self, **_options):
        wrong = chain.broken_places()
        if wrong:
            raise CommandError("The audit log is broken:\n" + "\n".join(wrong))
        self.stdout.write(f"The audit log is whole: {AuditEntry.objects.count()} entries.")
