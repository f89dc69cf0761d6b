"""`manage.py demo_sign_ins`: who can sign in to the demo, one line per role."""

from django.core.management.base import BaseCommand

from demo import people


class Command(BaseCommand):
    help = "Print the user names of the demo, one per role, and their password."

    def handle(self, **_options):
        rows = list(people.sign_ins())
        if not rows:
            self.stdout.write("No demo is loaded here.")
            return
        self.stdout.write(f"Sign in with one of these names; the password of all of them is {people.PASSWORD}\n")
        for _role, username, name, post in rows:
            self.stdout.write(f"  {username:<14}{name:<24}{post}")
