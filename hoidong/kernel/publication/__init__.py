"""What is public, from when, in which words. Default is not public: the portal and open data read only this.

    publication.publish_many([publication.Item(kind=…, subject_id=…, code=…, unit=…, title=…, …)], by=actor)
    publication.by_code("7f3k 94wd")

An item without `listed` can only be seen by who has its code. Nothing else than what stands in the item leaves the house.
"""

from .codes import CODE, new_codes, tidy
from .publishing import (
    Item,
    by_code,
    counts_of_unit,
    is_listed,
    list_many,
    listed,
    listing_of,
    lists,
    publish_many,
    withdraw_many,
)

__all__ = [
    "CODE", "Item", "by_code", "counts_of_unit", "is_listed", "list_many", "listed", "listing_of", "lists", "new_codes", "publish_many", "tidy",
    "withdraw_many",
]  # fmt: skip
