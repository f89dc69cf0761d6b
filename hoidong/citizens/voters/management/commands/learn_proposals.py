"""`manage.py learn_proposals`: learn from this installation's decisions now; the worker does it every night."""

from django.core.management.base import BaseCommand

from hoidong.citizens.voters.proposals import alike, learning


class Command(BaseCommand):
    help = "Learn proposals from the decisions of this installation, and give marks of likeness to petitions that have none."

    def add_arguments(self, parser):
        parser.add_argument("--most", type=int, default=learning.MOST, help="learn from the newest so many decisions")

    def handle(self, *, most, **_options):
        marked = alike.fill(say=lambda done: self.stdout.write(f"{done} petitions marked") if done % 100_000 == 0 else None)
        self.stdout.write(f"{marked} petitions got their marks")
        kept = learning.learn_and_keep(most)
        if kept is None:
            self.stdout.write("Too few decisions to learn from; the written rules speak alone.")
            return
        self.stdout.write(f"learned from {kept.decisions} decisions: {kept.figures}")
