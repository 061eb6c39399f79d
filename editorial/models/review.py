from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import connections, models
from django.db.models import Q

from editorial.workflow import Status

# What is public hangs on these three keys, so a row written around the code may not borrow another item's approval,
# nor bring back one that was retired.
_OWN_DECISIONS = pgtrigger.Trigger(
    name="own_decisions",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func="""
        IF EXISTS (
            SELECT 1 FROM (
                VALUES (NEW.approval_id, 'approve'), (NEW.confirmation_id, 'confirm'), (NEW.retirement_id, 'retire'),
                (NEW.scheduled_id, 'schedule')
            ) AS pointer (id, action)
            WHERE pointer.id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM editorial_decision AS decision
                WHERE decision.id = pointer.id AND decision.action = pointer.action AND decision.review_id = NEW.id
            )
        ) OR NEW.approval_id < NEW.retirement_id OR NEW.confirmation_id < NEW.approval_id THEN
            RAISE EXCEPTION 'review % points to a decision that is not its own, or that was undone', NEW.id
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


class ReviewQuerySet(models.QuerySet["Review"]):
    def waiting(self) -> Self:
        """Where a reviewer has the next move: submitted, withdrawn by one person, or to be re-checked."""
        return self.filter(
            Q(status=Status.IN_REVIEW) | Q(needs_second_person=True) | Q(needs_recheck=True, status=Status.APPROVED)
        )

    def live(self) -> Self:
        """With an approval that is public."""
        return self.filter(approval__isnull=False)

    def save_all(self, reviews: Sequence["Review"], fields: Iterable[str], *, at: datetime) -> None:
        """Saves these fields of the reviews, as of `at`, in one statement for many of them.

        Not bulk_update, which gives each value of each row an expression of its own: that costs more than the rows.
        """
        columns = [self.model._meta.get_field(name) for name in (*fields, "changed_at")]
        for review in reviews:
            review.changed_at = at
        for start in range(0, len(reviews), 500):
            self._save_some(reviews[start : start + 500], columns)

    def _save_some(self, reviews: Sequence["Review"], columns: Sequence[Any]) -> None:
        connection = connections[self.db]
        keys = [review.pk for review in reviews]
        values = [[c.get_db_prep_save(getattr(r, c.attname), connection) for r in reviews] for c in columns]
        types = ", ".join(f"%s::{column.db_type(connection)}[]" for column in columns)
        names = [connection.ops.quote_name(column.column) for column in columns]
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} AS review SET {', '.join(f'{name} = new.{name}' for name in names)}"
                f" FROM unnest(%s::bigint[], {types}) AS new (id, {', '.join(names)}) WHERE review.id = new.id",
                [keys, *values],
            )

    def get_by_natural_key(self, kind: str, key: str) -> "Review":
        # A fixture names its Review without holding it: on a fresh database that is a new draft.
        return self.get_or_create(kind=kind, key=key)[0]


class Review(models.Model):
    """Where one reviewed item stands. Only `editorial.actions` writes it."""

    kind = models.CharField(max_length=50, editable=False)
    key = models.CharField(max_length=200, editable=False, db_comment="The item's key or slug, kept in step with it.")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    digest = models.CharField(max_length=64, blank=True)
    submitted_digest = models.CharField(max_length=64, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="submitted_reviews"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="assigned_reviews"
    )
    approval = models.ForeignKey(
        "editorial.Decision", models.PROTECT, null=True, blank=True, related_name="live_reviews"
    )
    confirmation = models.ForeignKey(
        "editorial.Decision",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="confirmed_reviews",
        db_comment="The newest 'reviewed, no change' after the approval.",
    )
    retirement = models.ForeignKey(
        "editorial.Decision",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="retired_reviews",
        db_comment="The newest retirement: what was approved before it is withdrawn for good.",
    )
    scheduled = models.ForeignKey(
        "editorial.Decision",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="scheduled_reviews",
        db_comment="The approval that becomes public at its time.",
    )
    schedule_problem = models.TextField(
        blank=True, db_comment="Why the newest approval for later did not become public."
    )
    proposed_materiality = models.CharField(
        max_length=10, blank=True, db_comment="What the author says the submitted change touches."
    )
    due_on = models.DateField(null=True, blank=True, db_comment="When the assigned reviewer should have decided.")
    needs_recheck = models.BooleanField(default=False)
    recheck_reasons = models.JSONField(default=list, blank=True)
    needs_second_person = models.BooleanField(
        default=False, db_comment="Retired by one person alone; another has yet to confirm it."
    )
    review_by = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        permissions = [
            ("submit_item", "Can submit items for review"),
            ("decide_item", "Can approve items, request changes and confirm"),
            ("retire_item", "Can retire items from the public pages"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="editorial_review_kind_key"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="editorial_review_status_known"),
            models.CheckConstraint(
                condition=~Q(status=Status.APPROVED) | Q(approval__isnull=False),
                name="editorial_review_approved_has_approval",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.RETIRED) | Q(approval__isnull=True, retirement__isnull=False),
                name="editorial_review_retired_has_no_approval",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.IN_REVIEW)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False) & ~Q(submitted_digest=""),
                name="editorial_review_submission_paired",
            ),
            models.CheckConstraint(
                condition=Q(scheduled__isnull=True) | Q(status=Status.IN_REVIEW),
                name="editorial_review_scheduled_waits",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "submitted_at"], name="editorial_review_queue"),
            models.Index(fields=["kind", "status"], name="editorial_review_kind_status"),
            # The lists of work, of which most are short and all are counted on each page of the desk.
            models.Index(fields=["needs_recheck"], name="editorial_review_recheck", condition=Q(needs_recheck=True)),
            models.Index(
                fields=["needs_second_person"],
                name="editorial_review_second",
                condition=Q(needs_second_person=True),
            ),
            models.Index(fields=["kind"], name="editorial_review_unpublished", condition=~Q(schedule_problem="")),
            models.Index(fields=["review_by"], name="editorial_review_due", condition=Q(approval__isnull=False)),
        ]
        triggers = [_OWN_DECISIONS]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def natural_key(self) -> tuple[str, str]:
        return (self.kind, self.key)

    @property
    def is_live(self) -> bool:
        """Whether something of the item is public now."""
        return self.approval_id is not None

    @property
    def was_public(self) -> bool:
        """Whether readers have ever seen something of the item."""
        return self.is_live or self.retirement_id is not None

    @property
    def has_pending_change(self) -> bool:
        """Whether the working copy differs from what is public."""
        return self.status != Status.APPROVED and self.status != Status.RETIRED
