"""`manage.py load_units`: the provinces, communes and national bodies, with their old names."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from hoidong.kernel.units import founding, loading


class Command(BaseCommand):
    help = "Load the provinces, communes and national bodies with official codes, old names and dated changes."

    def add_arguments(self, parser):
        parser.add_argument("--province", metavar="CODE", help="only this province and its communes (for example 79)")

    def handle(self, *, province=None, **_options):
        try:
            counts = loading.load_areas(province=province)
            bodies, other_names = founding.load_national_bodies()
        except (LookupError, FileNotFoundError) as error:
            raise CommandError(str(error)) from error
        # Thousands of rows came at once: with the figures of empty tables the planner goes through all places for each name it looks up.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE kernel_unit, kernel_unitname, kernel_unitalias")
        self.stdout.write(
            f"{counts['units'] + bodies} units, {counts['changes']} changes of name,"
            f" {counts['aliases'] + other_names} other names were added."
        )
