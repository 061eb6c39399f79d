"""What can be found on the site. Derived from the current editions, written by publishing, and can be built again."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left, Right

BEGINNING, END = 2, 3
"""So many letters at the ends of a word find those that are like it."""


class SearchEntry(models.Model):
    """One findable thing of a subject's current edition; a new one takes away in the same act what it says no more.

    The rest stays untouched, so that one approved fact costs one entry and not all of its page.
    """

    subject_kind = models.CharField(max_length=50)
    subject_id = models.BigIntegerField(db_comment="As in the editions.")
    digest = models.CharField(max_length=32, db_comment="Of all that the entry was made of.")
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
            GinIndex(fields=["about"], name="editorial_searchentry_about", fastupdate=False),
            # Few entries have names.
            GinIndex(fields=["names"], name="editorial_searchentry_names", fastupdate=False, condition=~Q(names=[])),
            models.Index(fields=["kind", "position"], name="editorial_searchentry_kind"),
            models.Index(fields=["subject_id", "tier"], name="editorial_searchentry_subject"),
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
        # Of a mistyped word either the beginning or the end is right, mostly. Not indexed is `uses`: a word that is
        # everywhere is counted anew all the time.
        indexes = [
            models.Index(Left("word", BEGINNING), name="editorial_searchword_beginning"),
            models.Index(Right("word", END), name="editorial_searchword_end"),
        ]
        constraints = [models.CheckConstraint(condition=Q(uses__gt=0), name="editorial_searchword_used")]

    def __str__(self) -> str:
        return self.word
