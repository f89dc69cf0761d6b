"""Seals all second factors with the present SECRET_KEY; the keys before it stand in SECRET_KEY_OLD."""

from django.core.management.base import BaseCommand, CommandError

from hoidong.kernel.people import sealing


class Command(BaseCommand):
    """Run once after SECRET_KEY was changed; then SECRET_KEY_OLD can be forgotten."""

    help = __doc__

    def handle(self, **options):
        """Print what was done; an error when some factors could not be opened with any key."""
        done, lost = sealing.reseal_factors()
        self.stdout.write(f"Sealed anew: {done} second factors.")
        if lost:
            raise CommandError(
                f"{lost} second factors open with neither SECRET_KEY nor SECRET_KEY_OLD: put the old key into SECRET_KEY_OLD and "
                "run this again, or let the administrators reset them on the persons' pages."
            )
