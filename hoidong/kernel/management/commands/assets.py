"""`manage.py assets`: bring the front-end files from node_modules into var/assets."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hoidong.kernel.ui import assets


class Command(BaseCommand):
    """Run after `npm ci`, and again after a change of icons.py, shapes.svg or a sheet of ui."""

    help = "Copies front-end files from node_modules and makes the icon sprite, into var/assets."
    requires_system_checks = ()

    def add_arguments(self, parser):
        """`--node-modules` and `--target` are for unusual places."""
        parser.add_argument(
            "--node-modules",
            type=Path,
            default=Path(settings.BASE_DIR) / "node_modules",
        )
        parser.add_argument(
            "--target",
            type=Path,
            default=Path(getattr(settings, "VAR_DIR", settings.BASE_DIR / "var")) / "assets",
        )

    def handle(self, *args, node_modules, target, **options):
        """Says how many files lie ready; fails with what to run where something is missing."""
        try:
            written = assets.build(node_modules, target)
        except assets.Missing as missing:
            raise CommandError(str(missing)) from missing
        self.stdout.write(f"{len(written)} files in {target}")
