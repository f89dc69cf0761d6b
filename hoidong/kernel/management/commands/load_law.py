"""`manage.py load_law`: the rules and the calendar the platform starts with. May be run again at any time."""

from django.core.management.base import BaseCommand

from hoidong.kernel.deadlines import seed as calendar
from hoidong.kernel.law import seed as law


class Command(BaseCommand):
    help = "Load the rules of the law and the calendar of days off; what an administrator changed stays."

    def handle(self, **_options):
        rules = law.load()
        self.stdout.write(
            "Rules: {added} added, {updated} brought up to date, {kept} kept as changed by people.".format(**rules)
        )
        days = calendar.load()
        self.stdout.write(
            "Calendar: {years} years and {days} days added, {kept} years kept as confirmed or changed.".format(**days)
        )
