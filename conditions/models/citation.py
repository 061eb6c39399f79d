from typing import Self

from django.db import models
from django.db.models import F, Q, TextChoices

from editorial.models import ReviewedItem, item_triggers
from editorial.models.item import KeyQuerySet


class CitationType(TextChoices):
    """CSL types."""

    ARTICLE_JOURNAL = "article-journal", "Journal article"
    WEBPAGE = "webpage", "Web page"
    CHAPTER = "chapter", "Book chapter"
    BOOK = "book", "Book"
    REPORT = "report", "Report"


class Evidence(TextChoices):
    GUIDELINE = "guideline", "Guideline"
    SYSTEMATIC_REVIEW = "systematic-review", "Systematic review"
    TRIAL = "trial", "Trial"
    COHORT = "cohort", "Cohort or other study of people"
    REGISTRY = "registry", "Registry"
    OFFICIAL_STATISTICS = "official-statistics", "Official statistics"
    REVIEW = "review", "Review article"
    PATIENT_INFORMATION = "patient-information", "Information for patients"
    OTHER = "other", "Other"


class Integrity(TextChoices):
    CURRENT = "current", "Current"
    CORRECTED = "corrected", "Corrected"
    CONCERN = "concern", "Expression of concern"
    RETRACTED = "retracted", "Retracted"
    SUPERSEDED = "superseded", "Superseded"


class CitationQuerySet(KeyQuerySet):
    def live(self) -> Self:
        return self.filter(review__approval__isnull=False)


class Citation(ReviewedItem):
    """A bibliographic record; CSL-JSON in the end."""

    KEY_FIELD = "key"

    key = models.SlugField(max_length=60, unique=True)
    type = models.CharField(max_length=20, choices=CitationType.choices, default=CitationType.ARTICLE_JOURNAL)
    title = models.CharField(max_length=500)
    authors = models.JSONField(default=list, blank=True)
    authors_complete = models.BooleanField("the list of authors is complete", default=True)
    container_title = models.CharField("journal, book or site", max_length=300, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    issued = models.CharField("published", max_length=10, blank=True)
    volume = models.CharField(max_length=30, blank=True)
    issue = models.CharField(max_length=30, blank=True)
    page = models.CharField("pages", max_length=60, blank=True)
    doi = models.CharField("DOI", max_length=200, blank=True)
    pmid = models.CharField("PMID", max_length=20, blank=True)
    pmcid = models.CharField("PMCID", max_length=20, blank=True)
    url = models.URLField("address", max_length=500, blank=True)
    accessed = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=30, choices=Evidence.choices, default=Evidence.OTHER)
    integrity = models.CharField(max_length=20, choices=Integrity.choices, default=Integrity.CURRENT)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="supersedes")

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        indexes = [
            # The few that no text should rest on any more.
            models.Index(
                fields=["integrity"],
                name="conditions_citation_unsound",
                condition=~Q(integrity__in=(Integrity.CURRENT, Integrity.CORRECTED)),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(type__in=CitationType.values), name="conditions_citation_type_known"),
            models.CheckConstraint(
                condition=Q(evidence__in=Evidence.values), name="conditions_citation_evidence_known"
            ),
            models.CheckConstraint(
                condition=Q(integrity__in=Integrity.values), name="conditions_citation_integrity_known"
            ),
            models.CheckConstraint(
                condition=Q(issued="") | Q(issued__regex=r"^\d{4}(-\d{2}(-\d{2})?)?$"),
                name="conditions_citation_issued_is_date",
            ),
            models.CheckConstraint(
                condition=~Q(superseded_by=F("pk")), name="conditions_citation_not_superseded_by_itself"
            ),
        ]
        triggers = item_triggers("key")

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"[:120]

    def get_absolute_url(self) -> str:
        return f"/sources/{self.key}/"
