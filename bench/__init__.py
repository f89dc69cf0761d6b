"""How fast the platform does what it exists for, beside the bare PostgreSQL it needs, in one run. See docs/bench.md.

`make bench` loads a database of its own (1,000,000 petitions, 168 communes, ten sessions), measures, prints ratios and
writes bench/results.json. `make bench ROWS=50000` is a quick look.
"""
