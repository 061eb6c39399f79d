import pgtrigger
from django.db import models
from django.db.models import Q, TextChoices

from editorial.models.item import no_truncate


class Result(TextChoices):
    CORRECTED = "corrected", "Corrected"
    UNCHANGED = "unchanged", "Checked, no change needed"
    TAKEN_BACK = "taken_back", "Taken back"
    """A report was opened again, or answered anew: what readers were told of it says no more."""


class ReportOutcome(models.Model):
    """What became of reports from readers about a page or a statement on it. Public, append-only, and without words.

    Readers get a fixed sentence with the count and the day: nothing that a reader or an editor typed.
    """

    kind = models.CharField(max_length=50)
    subject_id = models.BigIntegerField(db_comment="As in the editions of the page.")
    part = models.CharField(
        max_length=200, blank=True, db_comment="Key of the statement on the page; empty for the page as a whole."
    )
    result = models.CharField(max_length=10, choices=Result.choices)
    readers = models.PositiveIntegerField(db_comment="How many reports were closed by this act, or are taken back.")
    on = models.DateField(db_comment="The day of the correcting approval, or the day of the check.")
    decision = models.ForeignKey(
        "editorial.Decision",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment="The approval that corrected it.",
    )
    takes_back = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment="The outcome that loses these readers. Rows of before this column took back all of their part.",
    )

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result=Result.CORRECTED, decision__isnull=False)
                | Q(result__in=[Result.UNCHANGED, Result.TAKEN_BACK], decision__isnull=True),
                name="editorial_reportoutcome_correction_has_approval",
            ),
            models.CheckConstraint(
                condition=Q(result=Result.TAKEN_BACK, takes_back__isnull=False)
                | (~Q(result=Result.TAKEN_BACK) & Q(takes_back__isnull=True)),
                name="editorial_reportoutcome_says_what_it_takes_back",
            ),
            models.CheckConstraint(condition=Q(readers__gte=1), name="editorial_reportoutcome_of_somebody"),
        ]
        indexes = [models.Index(fields=["kind", "subject_id"], name="editorial_reportoutcome_page")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            no_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.get_result_display()}, {self.part or self.kind}, {self.on}"
