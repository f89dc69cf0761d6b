"""`manage.py load_demo --size small|large`: load the demo, once."""

import time

from django.core.management.base import BaseCommand

from demo import large, people, story, supervision
from hoidong.kernel.people.models import Account


class Command(BaseCommand):
    help = "Load the demo office where no account exists yet. --size large loads a whole city with 60,000 petitions."

    def add_arguments(self, parser):
        parser.add_argument("--size", choices=["small", "large"], default="small")
        parser.add_argument("--petitions", type=int, default=60_000, help="how many petitions the large demo holds")

    def handle(self, *, size, petitions, **_options):
        if not Account.objects.exists():
            started = time.monotonic()
            story.load(large.SESSIONS if size == "large" else story.SESSIONS)
            supervision.load()
            self.stdout.write(f"    demo loaded in {time.monotonic() - started:.0f} s")
        elif not Account.objects.filter(username=people.PEOPLE[0].username).exists():
            self.stdout.write("    this database belongs to a real office; the demo is not loaded")
            return
        if size == "large":
            large.load(petitions, say=self.stdout.write)
