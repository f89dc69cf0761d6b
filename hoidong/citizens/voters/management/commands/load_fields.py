"""`manage.py load_fields`: the fields of petitions."""

from django.core.management.base import BaseCommand

from hoidong.citizens.voters import catalogue


class Command(BaseCommand):
    help = "Load the fields of petitions; running it again changes nothing an office relies on."

    def handle(self, **_options):
        self.stdout.write(f"{catalogue.load_fields()} fields")
