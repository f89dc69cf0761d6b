"""Builds the search index anew. `manage.py reindex [KIND …]`; a run that was stopped goes on where it was."""

from django.core.management.base import BaseCommand, CommandError

from hoidong.kernel.search import indexing, reindexing


class Command(BaseCommand):
    help = "Builds the search index anew from the records; resumes a run that was stopped."

    def add_arguments(self, parser):
        parser.add_argument("kinds", nargs="*", help="kinds such as voters.petition; all of them where none is named")
        parser.add_argument("--anew", action="store_true", help="begin at the start though a run was stopped")

    def handle(self, *, kinds, anew, **_rest):
        known = indexing.providers()
        if unknown := set(kinds) - set(known):
            raise CommandError(f"No kind {sorted(unknown)[0]}. Known: {', '.join(sorted(known)) or 'none'}.")
        for kind in kinds or sorted(known):
            count = reindexing.reindex(kind, anew=anew)
            self.stdout.write(f"{kind}: {count}")
