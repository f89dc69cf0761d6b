"""`manage.py measure_proposals --learn past.csv --test new.csv`: how often the proposals would have been right."""

import csv
import random
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from hoidong.citizens.voters import catalogue
from hoidong.citizens.voters.proposals import judge, measuring, schemes

COLUMNS = ("text", "agency_code")


class Command(BaseCommand):
    help = (
        "Learn from decided petitions (CSV: text, province, agency_code, field_code) and compare with others that were not seen. "
        "Without --learn the written rules speak alone; with --learn alone and --folds it compares each part with the rest."
    )

    def add_arguments(self, parser):
        parser.add_argument("--learn", help="decided petitions to learn from")
        parser.add_argument("--test", help="decided petitions to compare with")
        parser.add_argument("--folds", type=int, default=5, help="without --test: into how many parts --learn is cut (5)")
        parser.add_argument("--seed", type=int, default=1, help="of the cut; 0 leaves the order of the sheet")
        parser.add_argument("--each", action="store_true", help="a line for each body, too")

    def handle(self, *, learn, test, folds, seed, each, **_options):
        if not learn and not test:
            raise CommandError("Name a sheet: --learn past.csv --test new.csv")
        if folds < 2:
            raise CommandError("--folds must be 2 or more.")
        known, new = (cases_of(path) if path else [] for path in (learn, test))
        if test:
            self.compare(known, new, each)
        else:
            self.compare_parts(known, folds, seed, each)

    def compare(self, known, new, each):
        bodies, fields = measuring.Tally(), measuring.Tally()
        weighed = weigh(known, new)
        measuring.tally_all(weighed, new, bodies, fields)
        self.say(f"learned from {len(known)} decisions, compared with {len(new)}")
        self.show(bodies, fields, each)
        seen = measuring.repeats(new, known)
        if seen:
            rest = [place for place in range(len(new)) if place not in seen]
            self.say(f"without {len(seen)} whose words stand nearly alike among the learned ones:")
            bodies, fields = measuring.Tally(), measuring.Tally()
            measuring.tally_all([weighed[place] for place in rest], [new[place] for place in rest], bodies, fields)
            self.show(bodies, fields, each=False)

    def compare_parts(self, known, folds, seed, each):
        order = list(range(len(known)))
        if seed:
            random.Random(seed).shuffle(order)  # nosec B311: a cut, no secret
        bodies, fields = measuring.Tally(), measuring.Tally()
        for part in range(folds):
            chosen = set(order[len(order) * part // folds : len(order) * (part + 1) // folds])
            new = [known[place] for place in sorted(chosen)]
            past = [case for place, case in enumerate(known) if place not in chosen]
            measuring.tally_all(weigh(past, new), new, bodies, fields)
        self.say(f"{len(known)} decisions in {folds} parts, each compared with what was learned from the others")
        self.show(bodies, fields, each)

    def show(self, bodies, fields, each):
        for name, tally in (("agency", bodies), ("field", fields)):
            if not tally.count:
                continue
            figures = tally.as_json()
            self.say(
                f"{name:6}  top-1 {figures['top1']} %  top-3 {figures['top3']} %  surest half {figures['surest_half']} %  "
                f"held back {figures['held_back']} %  top-1 where proposed {figures['top1_when_proposed']} %  ({tally.count} rows)"
            )
        for label, count in bodies.by_label.most_common() if each else ():
            self.say(f"  {label:10} {count:5}  {100 * bodies.right_by_label[label] / count:5.1f} %")

    def say(self, line):
        self.stdout.write(line)


def weigh(known, new):
    """What is proposed for each new case when the known ones were learned."""
    codes = {case.body for case in known if case.body} or set(schemes.sheet_codes())
    fields = {case.field for case in known if case.field} or {case.field for case in new if case.field}
    learned = judge.learn(
        known, body_scheme=schemes.of_sheet(codes), field_scheme=schemes.of_fields(fields, catalogue.field_of_aliases(fields))
    )
    return [learned.weigh(case.text) for case in new]


def cases_of(path):
    """The decided rows of a sheet; rows without a text or without an agency teach nothing and are left out."""
    if not Path(path).is_file():
        raise CommandError(f"There is no file {path}.")
    with open(path, encoding="utf-8-sig", newline="") as sheet:
        rows = csv.DictReader(sheet)
        missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
        if missing:
            raise CommandError(
                f"{path} has no column {', '.join(missing)}; needed are text, province, agency_code, field_code."
            )
        return [
            judge.Case(row["text"], schemes.usual(row["agency_code"]), (row.get("field_code") or "").strip())
            for row in rows
            if (row["text"] or "").strip() and (row["agency_code"] or "").strip()
        ]
