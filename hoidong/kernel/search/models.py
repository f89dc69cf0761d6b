"""The rows of the index."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..base import sql


class SearchEntry(models.Model):
    """One findable thing. `folded` is title and body without marks; `words` is made from it by a trigger."""

    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    code = models.CharField(max_length=120, blank=True)
    url = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    on = models.DateField(null=True, blank=True)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)
    public = models.BooleanField(default=False)
    folded_title = models.CharField(max_length=300)
    folded = models.TextField()
    words = SearchVectorField(null=True)
    indexed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("mục tìm kiếm")
        constraints = [models.UniqueConstraint(name="one_entry_a_subject", fields=["kind", "subject_id"])]
        indexes = [
            GinIndex(name="search_words", fields=["words"]),
            GinIndex(name="search_units", fields=["unit_ids"]),
            # Beside it, so that "of my units or public" is answered from indexes and not by reading everything.
            models.Index(name="search_public", fields=["kind"], condition=models.Q(public=True)),
            GinIndex(name="search_misspelt", fields=["folded_title"], opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self):
        return self.title


class Reindexing(models.Model):
    """How far `manage.py reindex` came with one kind, so that a run that was stopped goes on where it was."""

    kind = models.CharField(max_length=60, primary_key=True)
    started_at = models.DateTimeField()
    last_id = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("lần lập lại chỉ mục")

    def __str__(self):
        return f"{self.kind} {self.last_id}"


# Words without marks carry weight B, C; the words as written (with marks) weight A, so that a query typed with its
# accents ranks what has the same accents first. Codes are words of their own kind ("ma" before them, see indexing.py),
# so that one index answers for both.
sql.register(
    "search_words",
    """
CREATE OR REPLACE FUNCTION search_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.words := setweight(to_tsvector('simple', lower(NEW.title)), 'A')
            || setweight(to_tsvector('simple', NEW.folded_title), 'B')
            || setweight(to_tsvector('simple', left(NEW.folded, 200000)), 'C')
            || array_to_tsvector(array_remove(string_to_array(NEW.code, ' '), ''));
  RETURN NEW;
END $$;
CREATE TRIGGER search_words BEFORE INSERT OR UPDATE OF title, folded_title, folded, code ON kernel_searchentry
  FOR EACH ROW EXECUTE FUNCTION search_words();
""",
    "DROP TRIGGER IF EXISTS search_words ON kernel_searchentry; DROP FUNCTION IF EXISTS search_words();",
)
