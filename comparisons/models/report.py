from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices


class Channel(TextChoices):
    SITE = "site", "Form on the site"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    PHONE = "phone", "Phone"


class ReportStatus(TextChoices):
    OPEN = "open", "Open"
    CORRECTED = "corrected", "Corrected: readers are told, with the day of the approval"
    UNCHANGED = "unchanged", "Checked, no change needed: readers are told, with the day"
    DISMISSED = "dismissed", "Closed without a note for readers"


class Reason(TextChoices):
    """What readers choose from; the words for readers stand in the form."""

    WRONG = "wrong", "Wrong"
    OLD = "old", "Out of date"
    HARD = "hard", "Hard to understand"
    MISSING = "missing", "Something is missing"
    BROKEN = "broken", "The page does not work"
    OTHER = "other", "Something else"


_IS_OPEN = Q(status=ReportStatus.OPEN, answered_by__isnull=True, answered_at__isnull=True)
_IS_CLOSED = ~Q(status=ReportStatus.OPEN) & Q(answered_by__isnull=False, answered_at__isnull=False)


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> Self:
        return self.filter(status=ReportStatus.OPEN)


class Report(models.Model):
    """What somebody outside says about a fact or a page. Never public, and nothing about who says it."""

    fact = models.ForeignKey("conditions.Fact", models.PROTECT, to_field="key", null=True, blank=True, related_name="+")
    edition = models.ForeignKey(
        "editorial.Edition",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment="What the reader had before them, where that is known.",
    )
    page = models.CharField(
        "page", max_length=300, blank=True, db_comment="Path of the page on the site, such as /compare/a-and-b/."
    )
    section = models.CharField(max_length=120, blank=True, db_comment="Anchor of the part of the page.")
    reason = models.CharField("what is wrong", max_length=10, choices=Reason.choices, blank=True)
    text = models.TextField("what is said", max_length=5000)
    channel = models.CharField("how it came", max_length=10, choices=Channel.choices, default=Channel.SITE)
    received_at = models.DateTimeField("received")
    status = models.CharField(max_length=10, choices=ReportStatus.choices, default=ReportStatus.OPEN)
    answer = models.TextField(max_length=5000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="answered_reports"
    )
    answered_at = models.DateTimeField("answered", null=True, blank=True)
    outcome = models.ForeignKey(
        "editorial.ReportOutcome",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment="What readers were told when it was closed, if they were.",
    )
    fingerprint = models.CharField(
        max_length=64,
        null=True,
        blank=True,
        unique=True,
        db_comment="Of what was sent on which day, to take the same once.",
    )

    read_status: str | None = None
    """The status that was stored when this was read; None for a new one."""

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = "report from a reader"
        verbose_name_plural = "reports from readers"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ReportStatus.values), name="comparisons_report_status_known"),
            models.CheckConstraint(
                condition=Q(reason__in=["", *Reason.values]), name="comparisons_report_reason_known"
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="comparisons_report_channel_known"),
            models.CheckConstraint(condition=_IS_OPEN | _IS_CLOSED, name="comparisons_report_answered_paired"),
            models.CheckConstraint(
                condition=Q(status=ReportStatus.OPEN) | ~Q(answer=""), name="comparisons_report_closed_says_why"
            ),
            models.CheckConstraint(
                condition=Q(fact__isnull=False) | ~Q(page=""), name="comparisons_report_is_about_something"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="comparisons_report_says_something"),
            models.CheckConstraint(
                # One slash: a browser takes two, or one of each sort, for the address of another site.
                condition=Q(page="") | Q(page__regex=r"^/([^/\\]|$)"),
                name="comparisons_report_page_is_ours",
            ),
        ]
        indexes = [models.Index(fields=["status", "received_at"], name="comparisons_report_inbox")]

    def __str__(self) -> str:
        return f"Report on {self.fact_id or self.page}, {self.received_at:%-d %B %Y}"

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        report = super().from_db(*args, **kwargs)
        report.read_status = report.__dict__.get("status")  # Not a question to the database where it is deferred.
        return report

    @property
    def is_open(self) -> bool:
        return self.status == ReportStatus.OPEN
