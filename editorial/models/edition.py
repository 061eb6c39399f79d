from collections.abc import Sequence
from datetime import date
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, OuterRef, Q
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import JSONObject

from editorial.models.decision import Materiality
from editorial.models.item import no_truncate
from editorial.models.report_outcome import ReportOutcome

LONG_PARTS = ("facts", "points", "references", "sections", "subtypes")
"""What of a content no list of pages shows."""

IMMUTABLE = (
    *("id", "kind", "slug", "subject_id", "number", "content", "schema", "digest", "manifest", "published_at"),
    *("content_changed_at", "last_reviewed_on", "review_due_on", "change_note", "materiality", "corrects", "tags"),
    "is_withdrawn",
)
"""The columns of an edition that never change: all but `is_current`, and the summary, which follows the content."""


def find_path(path: str) -> KeyTransform:
    """Where an edition has it: in the summary, so that no whole page is read, but for the long parts.

    Not F("summary__name"): Django first looks for such a column, and the error that it meets, and keeps in a circle,
    holds all that the callers had in their hands until Python looks for circles.
    """
    keys = path.split("__")
    found: Any = "content" if keys[0] in LONG_PARTS else "summary"
    for key in keys:
        found = KeyTransform(key, found)
    return found


class EditionQuerySet(models.QuerySet["Edition"]):
    def current(self) -> Self:
        return self.filter(is_current=True)

    def public(self) -> Self:
        """Current and not withdrawn."""
        return self.filter(is_current=True, is_withdrawn=False)

    def tagged(self, *tags: str) -> Self:
        """With at least one of the tags."""
        return self.filter(tags__overlap=list(tags))

    def with_report_outcomes(self) -> Self:
        """Each with `report_outcomes`, what became of reports from readers about the page, in the same query."""
        ours = ReportOutcome.objects.filter(kind=OuterRef("kind"), subject_id=OuterRef("subject_id")).order_by("pk")
        names = ("id", "part", "result", "readers", "on", "takes_back")
        told = JSONObject(**{name: name for name in names})
        return self.annotate(report_outcomes=ArraySubquery(ours.values(told=told)))

    def as_of(self, day: date) -> Self:
        """Of each subject the newest edition that was public at the end of that day (UTC)."""
        published = self.filter(published_at__date__lte=day)
        return published.order_by("kind", "subject_id", "-number").distinct("kind", "subject_id")


class Edition(models.Model):
    """Numbered, immutable, published content of one subject: all that the public side reads.

    Append-only: the one change that the database allows is that a newer edition takes over `is_current`.
    """

    kind = models.CharField(max_length=50)
    slug = models.CharField(max_length=200)
    subject_id = models.BigIntegerField(
        default=0, db_comment="The Review of the subject, which stays when a slug changes; 0 where there is none."
    )
    number = models.PositiveIntegerField()
    content = models.JSONField()
    schema = models.PositiveSmallIntegerField(default=1)
    summary = models.GeneratedField(
        expression=Func(F("content"), template=f"%(expressions)s - '{{{','.join(LONG_PARTS)}}}'::text[]"),
        output_field=models.JSONField(),
        db_persist=True,
        db_comment="The content without its long parts, kept by the database: lists need not read whole pages.",
    )
    digest = models.CharField(max_length=64)
    manifest = models.JSONField()
    published_at = models.DateTimeField()
    content_changed_at = models.DateTimeField(
        db_comment="When the words last changed: earlier than published_at where only the reviews are new."
    )
    last_reviewed_on = models.DateField(null=True)
    review_due_on = models.DateField(null=True)
    change_note = models.TextField(blank=True)
    materiality = models.CharField(
        max_length=10,
        choices=Materiality.choices,
        blank=True,
        db_comment="Whether what is new was medically reviewed or only mended; empty where it is a removal.",
    )
    corrects = ArrayField(
        models.CharField(max_length=120),
        default=list,
        blank=True,
        db_comment="Errors that readers had seen and that are corrected here, as kind:key; signed by their approvers.",
    )
    tags = ArrayField(models.CharField(max_length=250), default=list)
    is_current = models.BooleanField(default=True)
    is_withdrawn = models.BooleanField(default=False)

    report_outcomes: Sequence[dict[str, Any]] = ()
    """Only where `with_report_outcomes` asked for them: a page as it was once says nothing of later reports."""

    part: str | None = None
    live: dict[str, Any] | None = None
    """Only where `preparing.list_newest_for` asked for them: what is kept ready of it, or else its content."""

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "slug", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id", "number"], name="editorial_edition_number"),
            models.UniqueConstraint(
                fields=["kind", "subject_id"], condition=Q(is_current=True), name="editorial_edition_one_current"
            ),
            models.UniqueConstraint(
                fields=["kind", "slug"],
                condition=Q(is_current=True, is_withdrawn=False),
                name="editorial_edition_current_slug",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "slug"], name="editorial_edition_slug"),
            models.Index(fields=["-published_at"], name="editorial_edition_newest"),
            GinIndex(fields=["tags"], name="editorial_edition_tags", condition=Q(is_current=True)),
            models.Index(
                fields=["kind"],
                name="editorial_edition_demonstrated",
                condition=Q(is_current=True, is_withdrawn=False, summary__is_demonstration=True),
            ),
            # Few, and every search leaves out what stands on them.
            models.Index(
                fields=["kind", "subject_id"],
                name="editorial_edition_withdrawn",
                condition=Q(is_current=True, is_withdrawn=True),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            no_truncate(),
            # Only where a statement names one of these columns: what it does not name it cannot change, and to compare
            # a whole page with itself takes longer than to supersede it.
            pgtrigger.ReadOnly(name="immutable", fields=list(IMMUTABLE), operation=pgtrigger.UpdateOf(*IMMUTABLE)),
            pgtrigger.Protect(
                name="superseded_stays", operation=pgtrigger.Update, condition=pgtrigger.Q(old__is_current=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}, edition {self.number}"

    def read_content(self) -> dict[str, Any]:
        """The content, however it was asked for."""
        return self.live if self.live is not None else self.content
