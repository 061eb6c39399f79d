from django.db import models

from editorial.models import ReviewedItem, item_triggers
from editorial.models.item import KeyQuerySet


class Term(ReviewedItem):
    """A word of the glossary, and the words that must not stand for it."""

    slug = models.SlugField(max_length=100, unique=True)
    preferred = models.CharField(max_length=150)
    abbreviation = models.CharField(max_length=20, blank=True)
    definition = models.TextField(blank=True)
    citations = models.ManyToManyField("conditions.Citation", blank=True, related_name="terms")
    avoid = models.JSONField(
        "words to avoid", default=list, blank=True, db_comment='[{"text": "…", "reason": "…"}], for editors only.'
    )

    objects = KeyQuerySet.as_manager()

    class Meta:
        ordering = ["preferred"]
        triggers = item_triggers()

    def __str__(self) -> str:
        return self.preferred
