"""Wraps the keys of all sealed boxes with the present VAULT_KEY; the keys before it stand in VAULT_KEY_OLD."""

from django.core.management.base import BaseCommand, CommandError

from hoidong.kernel.vault import boxes


class Command(BaseCommand):
    """Run once after VAULT_KEY was changed; then VAULT_KEY_OLD can be forgotten. Nothing that is sealed is opened."""

    help = __doc__

    def handle(self, **options):
        """Print what was done; an error when the keys of some boxes could not be opened with any key."""
        done, lost = boxes.rewrap()
        self.stdout.write(f"Wrapped anew: {done} sealed boxes.")
        if lost:
            raise CommandError(
                f"{lost} sealed boxes open with neither VAULT_KEY nor VAULT_KEY_OLD: put the old key into VAULT_KEY_OLD and run this again."
            )
