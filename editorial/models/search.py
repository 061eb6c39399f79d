"""What can be found on the site. Derived from the current editions, written by publishing, and can be built again."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchEntry(models.Model):
    """One findable thing of a current edition. When the edition is superseded, its entries go in the same act."""

    edition = models.ForeignKey("editorial.Edition", on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=20)
    address = models.CharField(max_length=500, db_comment="Path and anchor, without a language in front.")
    title = models.TextField()
    text = models.TextField(blank=True)
    context = models.TextField(blank=True, db_comment="Where it belongs, for a line beside the title.")
    abbreviation = models.CharField(max_length=50, blank=True)
    position = models.IntegerField(default=0)
    names = ArrayField(models.TextField(), default=list, db_comment="Folded: under these it is asked for by name.")
    about = ArrayField(
        models.BigIntegerField(), default=list, db_comment="The Reviews of the subjects that it is about."
    )
    tier = models.PositiveSmallIntegerField(db_comment="0 stands before 1 where both fit equally.")
    vector = SearchVectorField()

    class Meta:
        indexes = [
            # Entries are written seldom and searched often: no list of what is to be sorted in later.
            GinIndex(fields=["vector"], name="editorial_searchentry_vector", fastupdate=False),
            models.Index(fields=["kind"], name="editorial_searchentry_kind"),
        ]

    def __str__(self) -> str:
        return self.address


class SearchStart(models.Model):
    """A title from one of its words on, for suggestions: what begins with what was typed is found by one index."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="starts")
    tier = models.PositiveSmallIntegerField()
    # In the order of bytes, so that one index finds what begins with something and gives it in order.
    key = models.CharField(max_length=80, db_collation="C")

    class Meta:
        indexes = [
            models.Index(fields=["tier", "key"], name="editorial_searchstart_key"),
        ]

    def __str__(self) -> str:
        return self.key


class SearchWord(models.Model):
    """A word that is public, for “did you mean”."""

    word = models.CharField(max_length=40, primary_key=True)
    uses = models.PositiveIntegerField(db_comment="How many current editions hold it; none without any.")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(uses__gt=0), name="editorial_searchword_used")]

    def __str__(self) -> str:
        return self.word
