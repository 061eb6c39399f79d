from textwrap import shorten

from django.db import models
from django.db.models import Q, TextChoices

from editorial.models import ReviewedItem, item_triggers
from editorial.models.item import KeyQuerySet


class Verdict(TextChoices):
    SAME = "same", "Same"
    DIFFERENT = "different", "Different"
    PARTLY = "partly", "Partly the same"
    UNCLEAR = "unclear", "Unclear"


class PointKind(TextChoices):
    SIMILARITY = "similarity", "What they share"
    DIFFERENCE = "difference", "How they differ"
    CO_OCCURRENCE = "co-occurrence", "Having both"
    CONFUSION = "confusion", "What people confuse"


class Comparison(ReviewedItem):
    """What ties two to four conditions into one page: the answer, the sections' leads and verdicts, the points."""

    slug = models.SlugField(max_length=150, unique=True)
    title = models.CharField(max_length=200)
    answer = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    conditions = models.ManyToManyField("conditions.Condition", through="ComparedCondition", related_name="comparisons")
    picture = models.ForeignKey("editorial.Picture", models.PROTECT, null=True, blank=True, related_name="+")
    picture_alt = models.CharField("picture in words", max_length=300, blank=True)
    picture_credit = models.CharField(max_length=200, blank=True)

    objects = KeyQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(picture__isnull=True) | ~Q(picture_alt=""), name="comparisons_comparison_picture_in_words"
            ),
        ]
        triggers = item_triggers()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/compare/{self.slug}/"


class ComparedConditionQuerySet(models.QuerySet["ComparedCondition"]):
    def get_by_natural_key(self, comparison: str, condition: str) -> "ComparedCondition":
        return self.get(comparison__slug=comparison, condition__slug=condition)


class ComparedCondition(models.Model):
    """A condition of a comparison, in the order of the columns."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="columns")
    condition = models.ForeignKey("conditions.Condition", models.PROTECT, related_name="compared_in")
    position = models.PositiveSmallIntegerField(default=0)

    objects = ComparedConditionQuerySet.as_manager()

    class Meta:
        ordering = ["comparison", "position", "pk"]
        verbose_name = "condition"
        constraints = [
            models.UniqueConstraint(fields=["comparison", "condition"], name="comparisons_comparedcondition_once")
        ]

    def __str__(self) -> str:
        return str(self.condition)

    def natural_key(self) -> tuple[str, str]:
        return (*self.comparison.natural_key(), *self.condition.natural_key())

    natural_key.dependencies = ["comparisons.comparison", "conditions.condition"]  # type: ignore[attr-defined]


class ChildQuerySet(models.QuerySet):
    def get_by_natural_key(self, comparison: str, position: int) -> models.Model:
        return self.get(comparison__slug=comparison, position=position)


class Section(models.Model):
    """A section of a comparison: the lead that ties the sides together, and the verdict."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="sections")
    topic = models.ForeignKey("conditions.Topic", models.PROTECT, null=True, blank=True, related_name="sections")
    heading = models.CharField(max_length=200)
    lead = models.TextField(blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    rests_on = models.ManyToManyField("conditions.Fact", blank=True, related_name="sections")
    position = models.PositiveSmallIntegerField(default=0)

    objects = ChildQuerySet.as_manager()

    class Meta:
        ordering = ["comparison", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comparison", "position"],
                name="comparisons_section_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["comparison", "topic"], condition=Q(topic__isnull=False), name="comparisons_section_topic_once"
            ),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(verdict__in=Verdict.values), name="comparisons_section_verdict_known"
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    def natural_key(self) -> tuple[str, int]:
        return (*self.comparison.natural_key(), self.position)

    natural_key.dependencies = ["comparisons.comparison"]  # type: ignore[attr-defined]


class Point(models.Model):
    """One sentence about the conditions together, resting on facts of both."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="points")
    kind = models.CharField(max_length=15, choices=PointKind.choices)
    topic = models.ForeignKey("conditions.Topic", models.PROTECT, null=True, blank=True, related_name="points")
    text = models.TextField()
    citations = models.ManyToManyField("conditions.Citation", blank=True, related_name="points")
    rests_on = models.ManyToManyField("conditions.Fact", blank=True, related_name="points")
    position = models.PositiveSmallIntegerField(default=0)

    objects = ChildQuerySet.as_manager()

    class Meta:
        ordering = ["comparison", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comparison", "position"],
                name="comparisons_point_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(kind__in=PointKind.values), name="comparisons_point_kind_known"),
        ]

    def __str__(self) -> str:
        return shorten(self.text, 70, placeholder="…")

    def natural_key(self) -> tuple[str, int]:
        return (*self.comparison.natural_key(), self.position)

    natural_key.dependencies = ["comparisons.comparison"]  # type: ignore[attr-defined]
