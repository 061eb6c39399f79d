from django.db import models

from editorial.models import ReviewedItem, item_triggers
from editorial.models.item import KeyQuerySet


class FAQ(ReviewedItem):
    """A question of readers with its answer, about one condition or about several."""

    slug = models.SlugField(max_length=150, unique=True)
    question = models.CharField(max_length=250)
    answer = models.TextField(blank=True)
    conditions = models.ManyToManyField("conditions.Condition", blank=True, related_name="faqs")
    comparisons = models.ManyToManyField("comparisons.Comparison", blank=True, related_name="faqs")
    citations = models.ManyToManyField("conditions.Citation", blank=True, related_name="faqs")
    position = models.PositiveSmallIntegerField(default=0)

    objects = KeyQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]
        indexes = [models.Index(fields=["position", "slug"], name="comparisons_faq_order")]
        verbose_name = "FAQ"
        triggers = item_triggers()

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return f"/faqs/{self.slug}/"
