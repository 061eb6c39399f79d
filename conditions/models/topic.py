from django.db import models
from django.db.models import F, Q, TextChoices

from editorial.models.item import KeyQuerySet


class Topic(models.Model):
    """A row of every page: one question of readers. Configuration, kept by administrators."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    question = models.CharField(max_length=200)
    aspect = models.CharField(max_length=60, db_comment="schema.org HealthAspect, or a local word.")
    position = models.PositiveSmallIntegerField(default=0)
    in_table = models.BooleanField("in the at-a-glance table", default=False)
    review_months = models.PositiveSmallIntegerField(default=24)

    objects = KeyQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(condition=Q(review_months__range=(1, 120)), name="conditions_topic_review_months")
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Display(TextChoices):
    RANGE = "range", "Range on an axis"
    PERCENT = "percent", "Percent"
    PER_100K = "per_100k", "Per 100,000"
    RATIO = "ratio", "Ratio"
    COUNT = "count", "Count"
    NONE = "none", "Not drawn"


class Measure(models.Model):
    """What a number measures. Only numbers of one measure are ever compared. Configuration."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    unit = models.CharField(max_length=60)
    plausible_low = models.DecimalField(max_digits=16, decimal_places=4)
    plausible_high = models.DecimalField(max_digits=16, decimal_places=4)
    display = models.CharField(max_length=10, choices=Display.choices, default=Display.NONE)

    objects = KeyQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(plausible_low__lte=F("plausible_high")), name="conditions_measure_bounds_in_order"
            ),
            models.CheckConstraint(condition=Q(display__in=Display.values), name="conditions_measure_display_known"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})"

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
