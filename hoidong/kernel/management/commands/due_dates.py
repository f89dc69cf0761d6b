"""`manage.py due_dates FILE.csv`: for each line the last day of a term, and why."""

import csv
import sys

from django.core.management.base import BaseCommand, CommandError

from hoidong.kernel.deadlines import current, lines


class Command(BaseCommand):
    help = (
        "Print start, days, unit, due date and why for each line of a CSV or TSV file with the columns start, days, unit "
        "(working or calendar, also wd, cd, ngày làm việc, ngày). Lines that cannot be read are reported and skipped."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="the file, or - for standard input")
        parser.add_argument("--on-weekend", choices=["next", "keep"], help="what ends on a day off; else the office's setting")

    def handle(self, *, file, on_weekend=None, **_options):
        text = self._read(file)
        calendar = current()
        out = csv.writer(self.stdout, lineterminator="\n")
        out.writerow(["start", "days", "unit", "due", "why"])
        bad = 0
        for line in lines.read(text):
            try:
                out.writerow(lines.answer(line, calendar, on_weekend))
            except lines.BadLine as error:
                bad += 1
                self.stderr.write(f"line {line.number}: {error}")
        if bad:
            raise SystemExit(1)

    def _read(self, file):
        try:
            if file == "-":
                return sys.stdin.read()
            with open(file, encoding="utf-8-sig", newline="") as opened:
                return opened.read()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read as a UTF-8 text: {error}") from error
