"""How fast the platform does what it exists for, beside the bare PostgreSQL it needs, in one run.

`make bench` loads a database of its own (1,000,000 petitions, 168 communes, ten sessions), measures, prints ratios and
writes bench/results.json. `make bench ROWS=50000` is a quick look. The loader writes plain SQL, because only reading and
the intake of new petitions are measured; the intake goes through the ordinary action.
"""
