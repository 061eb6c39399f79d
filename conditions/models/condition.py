from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from editorial.first_words import FirstWord
from editorial.models import ReviewedItem, item_triggers
from editorial.models.item import KeyQuerySet


class ConditionQuerySet(KeyQuerySet):
    def live(self) -> Self:
        return self.filter(review__approval__isnull=False)


class Condition(ReviewedItem):
    """A disease with a page of its own. May be a form of another."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=150)
    abbreviation = models.CharField(max_length=20, blank=True)
    also_known_as = ArrayField(models.CharField(max_length=150), default=list, blank=True)
    definition = models.TextField(blank=True)
    definition_citations = models.ManyToManyField("conditions.Citation", blank=True, related_name="defined_conditions")
    category = models.CharField(max_length=150, blank=True)
    body_system = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="forms")
    icd10 = models.CharField("ICD-10", max_length=20, blank=True)
    icd10_detail = models.JSONField("ICD-10 subcodes", default=dict, blank=True)
    icd11 = models.CharField("ICD-11", max_length=20, blank=True)
    mesh = models.CharField("MeSH", max_length=20, blank=True)
    omim = models.CharField("OMIM", max_length=20, blank=True)
    codes_citations = models.ManyToManyField("conditions.Citation", blank=True, related_name="coded_conditions")
    evidence_searched_on = models.DateField(null=True, blank=True)
    picture = models.ForeignKey("editorial.Picture", models.PROTECT, null=True, blank=True, related_name="+")
    picture_alt = models.CharField("picture in words", max_length=300, blank=True)
    picture_credit = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ConditionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="conditions_condition_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(picture__isnull=True) | ~Q(picture_alt=""), name="conditions_condition_picture_in_words"
            ),
        ]
        triggers = item_triggers()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/conditions/{self.slug}/"


class SubtypeQuerySet(models.QuerySet["Subtype"]):
    def get_by_natural_key(self, condition: str, slug: str) -> "Subtype":
        return self.get(condition__slug=condition, slug=slug)


class Subtype(models.Model):
    """A form of a condition; or, marked as separate, what is often taken for one and is not."""

    condition = models.ForeignKey(Condition, models.CASCADE, related_name="subtypes")
    slug = models.SlugField(max_length=100)
    name = models.CharField(max_length=150)
    abbreviation = models.CharField(max_length=20, blank=True)
    definition = models.TextField(blank=True)
    citations = models.ManyToManyField("conditions.Citation", blank=True, related_name="subtypes")
    is_separate = models.BooleanField("a separate condition, not a form of this one", default=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects = SubtypeQuerySet.as_manager()

    class Meta:
        ordering = ["condition", "position", "slug"]
        constraints = [models.UniqueConstraint(fields=["condition", "slug"], name="conditions_subtype_slug")]
        indexes = [
            models.Index(FirstWord("name"), name="conditions_subtype_name_word", condition=~Q(name="")),
            models.Index(
                FirstWord("abbreviation"), name="conditions_subtype_short_word", condition=~Q(abbreviation="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        return (*self.condition.natural_key(), self.slug)

    natural_key.dependencies = ["conditions.condition"]  # type: ignore[attr-defined]
