from textwrap import shorten
from typing import Self

from django.db import models
from django.db.models import F, Q, TextChoices

from conditions.models.fact_choices import (
    Bound,
    Certainty,
    CountedFrom,
    FactKind,
    Prominence,
    Rule,
    Sex,
    Statistic,
)
from editorial.first_words import FirstWord
from editorial.models import ReviewedItem, item_triggers
from editorial.models.item import KeyQuerySet


class FactQuerySet(KeyQuerySet):
    def live(self) -> Self:
        return self.filter(review__approval__isnull=False)


def _number() -> models.DecimalField:
    return models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)


class Fact(ReviewedItem):
    """One claim about one condition, in plain words. The unit of review."""

    KEY_FIELD = "key"

    key = models.SlugField(max_length=100, unique=True)
    condition = models.ForeignKey("conditions.Condition", models.PROTECT, related_name="facts")
    subtype = models.ForeignKey("conditions.Subtype", models.PROTECT, null=True, blank=True, related_name="facts")
    topic = models.ForeignKey("conditions.Topic", models.PROTECT, related_name="facts")
    group = models.CharField("sub-heading", max_length=100, blank=True)
    kind = models.CharField(max_length=10, choices=FactKind.choices, default=FactKind.STATEMENT)
    label = models.CharField(max_length=100, blank=True)
    text = models.TextField(blank=True)
    short = models.CharField("short form for the table", max_length=70, blank=True)
    prominence = models.CharField(max_length=10, choices=Prominence.choices, default=Prominence.DETAIL)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    rule = models.CharField(max_length=10, choices=Rule.choices, blank=True)
    rule_count = models.PositiveSmallIntegerField("N of the rule", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    certainty = models.CharField(max_length=10, choices=Certainty.choices, default=Certainty.MODERATE)
    citations = models.ManyToManyField("conditions.Citation", through="FactCitation", related_name="facts")

    measure = models.ForeignKey("conditions.Measure", models.PROTECT, null=True, blank=True, related_name="facts")
    feature = models.CharField("what is counted", max_length=100, blank=True)
    value = _number()
    low = _number()
    high = _number()
    interval_low = _number()
    interval_high = _number()
    bound = models.CharField(max_length=10, choices=Bound.choices, blank=True)
    unit = models.CharField(max_length=100, blank=True)
    population = models.CharField(max_length=300, blank=True)
    sex = models.CharField(max_length=10, choices=Sex.choices, blank=True)
    region = models.CharField(max_length=150, blank=True)
    period = models.CharField(max_length=60, blank=True)
    counted_from = models.CharField(max_length=10, choices=CountedFrom.choices, blank=True)
    comparator_label = models.CharField("compared with", max_length=200, blank=True)
    comparator_value = _number()
    statistic = models.CharField(max_length=10, choices=Statistic.choices, blank=True)
    method = models.CharField(max_length=200, blank=True)
    is_derived = models.BooleanField("calculated by us from the source", default=False)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ["condition", "topic__position", "position", "key"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="conditions_fact_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True)
                | Q(low__isnull=False, high__isnull=False, low__lte=F("high")),
                name="conditions_fact_range_in_order",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(low__isnull=True), name="conditions_fact_value_or_range"
            ),
            models.CheckConstraint(
                condition=Q(interval_low__isnull=True, interval_high__isnull=True)
                | Q(interval_low__lte=F("interval_high")),
                name="conditions_fact_interval_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(rule=Rule.AT_LEAST) | Q(rule_count__gte=1), name="conditions_fact_rule_has_count"
            ),
            models.CheckConstraint(condition=Q(kind__in=FactKind.values), name="conditions_fact_kind_known"),
            models.CheckConstraint(
                condition=Q(prominence__in=Prominence.values), name="conditions_fact_prominence_known"
            ),
            models.CheckConstraint(condition=Q(certainty__in=Certainty.values), name="conditions_fact_certainty_known"),
        ]
        indexes = [
            models.Index(fields=["condition", "topic", "position"], name="conditions_fact_order"),
            models.Index(FirstWord("label"), "topic", name="conditions_fact_label_word", condition=~Q(label="")),
        ]
        triggers = item_triggers("key", "condition")

    def __str__(self) -> str:
        return self.label or self.short or shorten(self.text, 70, placeholder="…") or self.key

    @property
    def has_quantity(self) -> bool:
        return self.value is not None or self.low is not None


class Bearing(TextChoices):
    SUPPORTS = "supports", "Supports"
    CONTRADICTS = "contradicts", "Contradicts"
    SUPERSEDED = "superseded", "Superseded"


class FactCitationQuerySet(models.QuerySet["FactCitation"]):
    def get_by_natural_key(self, fact: str, citation: str) -> "FactCitation":
        return self.get(fact__key=fact, citation__key=citation)


class FactCitation(models.Model):
    """A source of a fact: where in it, and the passage that bears on the claim (for the reviewer, never public)."""

    fact = models.ForeignKey(Fact, models.CASCADE, related_name="sources")
    citation = models.ForeignKey("conditions.Citation", models.PROTECT, related_name="uses")
    locator = models.CharField(max_length=200, blank=True)
    quote = models.TextField("supporting passage", blank=True)
    bearing = models.CharField(max_length=12, choices=Bearing.choices, default=Bearing.SUPPORTS)
    position = models.PositiveSmallIntegerField(default=0)

    objects = FactCitationQuerySet.as_manager()

    class Meta:
        ordering = ["fact", "position", "pk"]
        verbose_name = "source"
        constraints = [
            models.UniqueConstraint(fields=["fact", "citation"], name="conditions_factcitation_once"),
            models.CheckConstraint(
                condition=Q(bearing__in=Bearing.values), name="conditions_factcitation_bearing_known"
            ),
        ]

    def __str__(self) -> str:
        return self.citation.key if self.citation_id else "source"

    def natural_key(self) -> tuple[str, str]:
        return (*self.fact.natural_key(), *self.citation.natural_key())

    natural_key.dependencies = ["conditions.fact", "conditions.citation"]  # type: ignore[attr-defined]
