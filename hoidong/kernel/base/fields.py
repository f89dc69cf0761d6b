"""Column types of PostgreSQL that Django does not bring."""

from django.contrib.postgres.fields import DateRangeField, RangeBoundary
from django.db import models


class LtreeField(models.Field):
    """A path in a tree (`vn.p31.c11300`), of PostgreSQL's type ltree. Index it with GiST (see `LtreeIndex`)."""

    description = "ltree path"

    def db_type(self, connection):
        return "ltree"

    def get_prep_value(self, value):
        return None if value is None else str(value)


class _TreeLookup(models.Lookup):
    operator = ""

    def as_sql(self, compiler, connection):
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        if self.rhs_is_direct_value():
            right += "::ltree"
        return f"{left} {self.operator} {right}", [*left_params, *right_params]


@LtreeField.register_lookup
class DescendantOf(_TreeLookup):
    """`path__descendant_of="vn.p31"`: the node itself and everything below it."""

    lookup_name = "descendant_of"
    operator = "<@"


@LtreeField.register_lookup
class AncestorOf(_TreeLookup):
    """`path__ancestor_of="vn.p31.c11300"`: the node itself and everything above it."""

    lookup_name = "ancestor_of"
    operator = "@>"


class Days(models.Func):
    """`Days("starts_on", "ends_on")`: the days from one date to another, both included; open where there is none."""

    function = "DATERANGE"
    output_field = DateRangeField()

    def __init__(self, first, last, **extra):
        super().__init__(first, last, RangeBoundary(inclusive_lower=True, inclusive_upper=True), **extra)
