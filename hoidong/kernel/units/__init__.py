"""Units: the places and bodies of the two-tier government, their tree, their names through time and their successors.

A unit is known by its code and never by its name. Names, ranks and parents change on a day and are kept with their
legal basis, so that an old record shows what the place was called then; an old name still finds the unit of today.
Law: Law 72/2025/QH15 (art. 28-31, 39) on local government; Resolution 202/2025/QH15 and those after it on the map.
"""
