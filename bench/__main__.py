"""`python -m bench --rows 1000000`: load once, measure, print, keep."""

import argparse
import json
import os
import sys
from pathlib import Path


def main():
    """Run the measurements; the loader is skipped where the database already holds that many rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["HD_DB"] = f"hoidong_bench_{given.rows}"
    import django

    django.setup()
    from bench import loader, measure

    loader.load(given.rows, say=lambda text: print(text, file=sys.stderr, flush=True))
    rows = measure.all_rows(given.rounds)
    result = {"petitions": given.rows, "communes": loader.COMMUNES, "sessions": loader.SESSIONS, "rows": rows}
    path = Path(__file__).parent / "results.json"
    path.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n")
    print(measure.table(rows))
    print(f"\n{given.rows} petitions of {loader.COMMUNES} communes in {loader.SESSIONS} sessions; kept in {path.name}")


if __name__ == "__main__":
    main()
